import type { FileContent } from "../../workspace/port.ts";
import type { ReviewFacts } from "./facts.ts";
import type { ChangedText } from "./find-weakened-tests.ts";

/** A changed file as it is put before the reviewer. `unread` says why it could not be. */
export type ReviewedFile = {
  path: string;
  from: string | null;
  status: "added" | "modified" | "deleted" | "renamed";
  /** Text at the base and at the head; null where there is none, or none that can be read. */
  before: string | null;
  after: string | null;
  diff: string;
  unread: string | null;
};

/**
 * Every file that differs between base and head, the design documents left out: they are the harness's, and `context.md`
 * holds the builder's own summary.
 */
export async function readChanges(facts: ReviewFacts): Promise<ReviewedFile[]> {
  const { workspace, base, head, designFolder, limits } = facts;
  const changed = await workspace.changed(base, head);
  const [old, now] = [workspace.snapshot(base), workspace.snapshot(head)];
  const files: ReviewedFile[] = [];
  for (const { path, from, status } of changed) {
    if (path.startsWith(`${designFolder}/`)) continue;
    const before = status === "added" ? null : await old.read(from ?? path);
    const after = status === "deleted" ? null : await now.read(path);
    const paths = from === null ? [path] : [from, path];
    files.push({
      path,
      from,
      status,
      before: textOf(before),
      after: textOf(after),
      diff: await workspace.diff(base, head, { paths, limit: limits.fileBytes }),
      unread: whyUnread(status, after, limits.fileBytes),
    });
  }
  return files;
}

const textOf = (content: FileContent | null): string | null =>
  content?.kind === "text" ? content.text : null;

function whyUnread(status: string, after: FileContent | null, limit: number): string | null {
  // That a file is gone can be read from the list, whatever was in it.
  if (status === "deleted") return null;
  if (after === null) return "it is no regular file";
  if (after.kind === "binary") return `it is binary or too large (${after.bytes} bytes)`;
  const bytes = Buffer.byteLength(after.text);
  return bytes > limit ? `it is too large to read (${bytes} bytes)` : null;
}

/** Both texts of each file, for the program's own comparisons. A renamed file is compared with what it was. */
export const toChangedTexts = (files: readonly ReviewedFile[]): ChangedText[] =>
  files.map(({ path, before, after }) => ({ path, before, after }));
