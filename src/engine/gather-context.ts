import { emptyProjectContext } from "../documents/empty-project-context.ts";
import { documentNames } from "../documents/name-document.ts";
import { parseProjectContext } from "../documents/parse-project-context.ts";
import type { ProjectContext } from "../documents/schema-project-context.ts";
import type { Workspace } from "../workspace/port.ts";
import { readDocument } from "./gather-common.ts";

/** What the second list has beyond the first, after it. */
function join<T>(first: readonly T[], second: readonly T[]): T[] {
  const known = new Set(first.map((each) => JSON.stringify(each)));
  return [...first, ...second.filter((each) => !known.has(JSON.stringify(each)))];
}

async function readKept(
  workspace: Workspace,
  commit: string,
  path: string,
): Promise<ProjectContext | null> {
  const content = await workspace.snapshot(commit).read(path);
  if (content?.kind !== "text") return null;
  const parsed = parseProjectContext(content.text);
  return parsed.ok ? parsed.value : null;
}

/**
 * The context of a build: the ledger's, and what unfinished work that it goes on from has noted. An attempt that died told the ledger
 * nothing, and its notes and deviations stand in its commits alone: without them its changes would look like nobody's decision.
 */
export async function gatherContext(
  workspace: Workspace,
  documents: Readonly<Record<string, string>>,
  { path, unfinished }: { path: string; unfinished: string | null },
): Promise<ProjectContext> {
  const told =
    documents[documentNames.context] === undefined
      ? emptyProjectContext()
      : readDocument(documents, documentNames.context, parseProjectContext);
  const kept = unfinished === null ? null : await readKept(workspace, unfinished, path);
  if (kept === null) return told;
  return {
    ...told,
    notes: join(told.notes, kept.notes),
    deviations: join(told.deviations, kept.deviations),
  };
}
