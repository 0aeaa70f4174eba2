import type { ProjectContext } from "../../documents/schema-project-context.ts";
import type { CheckpointResult } from "../../workflow/phase.ts";
import type { Worktree } from "../../workspace/port.ts";
import type { PhaseTools } from "../phase.ts";
import type { BuildFacts } from "./facts.ts";

/** One build under way: what is given, and what has been recorded so far. */
export type BuildRun = {
  readonly facts: BuildFacts;
  readonly tools: PhaseTools;
  readonly worktree: Worktree;
  /** Step under way: a step's id, `fix` or `final`; null before the first and after the last. */
  step: string | null;
  readonly notes: string[];
  readonly deviations: ProjectContext["deviations"];
  /** Paths that the set-up left behind and git does not ignore: never part of a commit. */
  leftBehind: readonly string[];
  /** Results of the commands, as the harness saw them. */
  readonly checkpoints: CheckpointResult[];
};

export const startRun = (facts: BuildFacts, tools: PhaseTools, worktree: Worktree): BuildRun => ({
  facts,
  tools,
  worktree,
  step: null,
  notes: [],
  deviations: [...facts.context.deviations],
  leftBehind: [],
  checkpoints: [],
});

/** Notes for `context.md` are said once, to the people who watch and to those who read later. */
export function addNote(run: BuildRun, text: string): void {
  const line = `${run.facts.spec.id} ${run.step ?? "start"}: ${text}`;
  if (run.facts.context.notes.includes(line) || run.notes.includes(line)) return;
  run.notes.push(line);
  run.tools.progress({ kind: "note", text: line });
}

/** The context as it stands now: what came in, with this build's notes and deviations. */
export const currentContext = (run: BuildRun): ProjectContext => ({
  ...run.facts.context,
  notes: [...run.facts.context.notes, ...run.notes],
  deviations: [...run.deviations],
});
