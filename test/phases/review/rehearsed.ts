import { expect } from "@jest/globals";
import type { ReviewFacts } from "../../../src/phases/review/facts.ts";
import { rehearseReview } from "../../../src/phases/review/rehearse-review.ts";
import { review } from "../../../src/phases/review/review.ts";
import { parseRecording, type Recording } from "../../../src/workspace/parse-recording.ts";
import type { Workspace } from "../../../src/workspace/port.ts";
import { recordRuns } from "../../../src/workspace/record-runs.ts";
import { replayRuns } from "../../../src/workspace/replay-runs.ts";
import { demand } from "../../workspace/repository.ts";
import { phaseTools, scriptModel } from "../stage.ts";

/** A workspace in which no command can be run. */
export const inert = (workspace: Workspace): Workspace => ({
  ...workspace,
  open: async (commit, options) => {
    const tree = demand(await workspace.open(commit, options));
    const run = async () => {
      throw new Error("a command was run beside the model");
    };
    return { ok: true, value: { ...tree, run } };
  },
});

/** What a job without a key hands over, as text. */
export async function rehearse(facts: ReviewFacts): Promise<string> {
  const { workspace, recording } = recordRuns(facts.workspace);
  const { progress, signal } = phaseTools(scriptModel({}));
  demand(await rehearseReview({ ...facts, workspace }, { progress, signal }));
  return JSON.stringify(recording());
}

export const replayed = (facts: ReviewFacts, recording: Recording): ReviewFacts => ({
  ...facts,
  workspace: replayRuns(inert(facts.workspace), recording),
});

/** Times and the names of worktrees differ from run to run, in outputs too; nothing else may. */
const timeless = (text: unknown): string =>
  JSON.stringify(text)
    .replace(/\d+\.\d+(?=\s?m?s\b)/g, "0.0")
    .replace(/(duration_ms:? )[\d.]+/g, "$10")
    .replace(/(?<="seconds\\?":)[\d.]+/g, "0")
    .replace(/(?<=\| (?:yes|no) \| )[\d.]+(?= \|)/g, "0")
    .replace(/(?<=worktrees\/)[0-9a-f-]{36}/g, "one");

/** Reviews once more with commands that ran before, in another job, and expects the same to the letter. */
export async function expectSameWhenRehearsed(
  facts: ReviewFacts,
  words: Record<string, unknown>,
  result: Awaited<ReturnType<typeof review>>,
): Promise<void> {
  const recording = demand(parseRecording(await rehearse(facts)));
  const tools = phaseTools(scriptModel({ generate: words }));
  const again = await review(replayed(facts, recording), tools);
  expect(timeless(again)).toBe(timeless(result));
}
