import { fail, type Result, succeed } from "../../shared/result.ts";
import { eventsFile } from "../check-document-name.ts";
import { type ParsedLines, parseEventLines } from "../event-lines.ts";
import type { TreeEntry } from "../objects.ts";
import { findForgery } from "./check-commit.ts";
import { readBlobs, readCommit, readTree } from "./read-objects.ts";
import type { Remote } from "./remote.ts";
import { takeIn } from "./take-in.ts";

/** A ledger's commit with all that it holds, proved to be ours. */
export type StoredLedger = {
  commit: string;
  events: Buffer;
  lines: ParsedLines;
  files: ReadonlyMap<string, TreeEntry>;
  documents: Record<string, string>;
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads and checks one commit of an issue's ledger; null when GitHub does not have it (yet). */
export async function readStored(
  remote: Remote,
  issue: number,
  id: string,
): Promise<Result<StoredLedger | null>> {
  const corrupt = (detail: string, line = 0): Result<never> =>
    fail({ reason: "ledger-corrupt", issue, line, detail: `commit ${id.slice(0, 12)}: ${detail}` });
  await takeIn(remote, id);
  const commit = await readCommit(remote, id);
  if (!commit.ok) return commit;
  if (commit.value === null) return succeed(null);
  const tree = await readTree(remote, commit.value.tree);
  if (!tree.ok)
    return tree.failure.reason === "damaged" ? corrupt(tree.failure.detail) : fail(tree.failure);
  const files = tree.value;
  const blobs = await readBlobs(
    remote,
    [...files.values()].map((entry) => entry.id),
  );
  if (!blobs.ok)
    return blobs.failure.reason === "damaged" ? corrupt(blobs.failure.detail) : fail(blobs.failure);
  const bytesOf = (name: string) => blobs.value.get(files.get(name)?.id ?? "");
  const events = bytesOf(eventsFile);
  if (events === undefined) return corrupt(`it holds no ${eventsFile}`);
  const forgery = await findForgery(remote, commit.value, `issues/${issue}`, events);
  if (!forgery.ok) return forgery;
  if (forgery.value !== null) return corrupt(forgery.value);
  const lines = parseEventLines(events);
  if (lines.fault) return corrupt(lines.fault.detail, lines.fault.line);
  const documents: [string, string][] = [];
  for (const name of files.keys()) {
    if (name === eventsFile) continue;
    const text = decode(bytesOf(name));
    if (text === null) return corrupt(`${name} is not valid UTF-8`);
    documents.push([name, text]);
  }
  return succeed({ commit: id, events, lines, files, documents: Object.fromEntries(documents) });
}

function decode(bytes: Buffer | undefined): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
