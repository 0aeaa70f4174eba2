import { renderProjectContext } from "../../documents/render-project-context.ts";
import type { Result } from "../../shared/result.ts";
import { Stop } from "../../shared/stop.ts";
import { findUndeclared } from "../find-undeclared.ts";
import { addNote, type BuildRun, currentContext } from "./build-run.ts";

/** Paths that the harness writes itself. The path policy lets it, and what a model wrote there is undone. */
export const ownedPaths = (facts: BuildRun["facts"]): string[] => [
  ...Object.keys(facts.designDocuments),
  facts.contextPath,
];

/** Unwraps a result; a failure ends the build, with the work kept. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Stop(result.failure);
  return result.value;
}

/** What changed since the last commit, the harness's own documents and what the set-up left behind not counted. */
export async function workChanges(run: BuildRun): Promise<string[]> {
  const owned = new Set([...ownedPaths(run.facts), ...run.leftBehind]);
  return (await run.worktree.changes()).filter((path) => !owned.has(path));
}

/** Puts the approved documents back as they are, and `context.md` as it stands now. */
export async function writeDocuments(run: BuildRun): Promise<void> {
  for (const [path, text] of Object.entries(run.facts.designDocuments)) {
    must(await run.worktree.write(path, text));
  }
  const context = currentContext(run);
  must(await run.worktree.write(run.facts.contextPath, renderProjectContext(context)));
}

/** Name below `refs/archwright/work/` of what this attempt did, finished or not. */
export const workName = (facts: BuildRun["facts"]): string =>
  `${facts.issue}/${facts.spec.id}-${facts.attempt}`;

/** Makes what is committed so far reachable: a run that is killed loses no finished step. */
export async function keepFinished({ facts, worktree }: BuildRun): Promise<void> {
  must(await facts.workspace.keep(workName(facts), await worktree.head()));
}

/** One commit of everything that changed, the documents with it. False when nothing but documents would be in it. */
export async function commitWork(run: BuildRun, subject: string): Promise<boolean> {
  const changed = await workChanges(run);
  if (changed.length === 0) return false;
  const undeclared = findUndeclared(changed, run.facts.spec, run.deviations);
  if (undeclared.length > 0) {
    addNote(run, `changed without the spec or a deviation naming it: ${undeclared.join(", ")}`);
  }
  await writeDocuments(run);
  must(await commitAll(run, subject));
  await keepFinished(run);
  return true;
}

/** Commits everything but what the set-up left behind. */
export const commitAll = (
  run: BuildRun,
  subject: string,
  options: { whatCan?: boolean } = {},
): Promise<Result<string | null>> =>
  run.worktree.commit(withTrailers(run, subject), { except: run.leftBehind, ...options });

/** A subject of one line, and the trailers by which commits are found again. */
function withTrailers(run: BuildRun, subject: string): string {
  const line = subject.replace(/\s+/g, " ").trim().slice(0, 100);
  const step = run.step === null ? [] : [`Archwright-Step: ${run.step}`];
  return [line, "", `Archwright-Spec: ${run.facts.spec.id}`, ...step].join("\n");
}
