import type { Effort } from "../../model/port.ts";
import type { BuildRun } from "./build-run.ts";
import { recordDeviation } from "./record-deviation.ts";
import { type Excerpt, renderSystem } from "./render-build-prompt.ts";

/** Characters of one file that are put before the model; it can read the rest with its tools. */
const EXCERPT_LIMIT = 40_000;

const EFFORT: Readonly<Record<string, Effort>> = {
  careful: "high",
  standard: "medium",
  fast: "low",
};

/** Lets the model work once, with a fresh context and nothing but confined file tools. Its closing words are not used. */
export async function actOn(run: BuildRun, step: string, user: string): Promise<void> {
  const { facts, tools, worktree } = run;
  const call = {
    purpose: {
      role: "builder" as const,
      phase: "build",
      spec: facts.spec.id,
      attempt: facts.attempt,
      step,
    },
    system: renderSystem(facts),
    user,
    effort: EFFORT[facts.spec.parameters.mode] ?? "medium",
  };
  await tools.model.act(call, [...worktree.tools(), recordDeviation(run)], facts.limits.turns);
}

/** The named files as they stand in the worktree, cut at a limit (said in the text). */
export async function readExcerpts(run: BuildRun, paths: readonly string[]): Promise<Excerpt[]> {
  return await Promise.all(
    paths.map(async (path): Promise<Excerpt> => {
      const content = await run.worktree.read(path);
      if (!content.ok || content.value?.kind !== "text") return { path, text: null };
      const { text } = content.value;
      if (text.length <= EXCERPT_LIMIT) return { path, text };
      const left = text.length - EXCERPT_LIMIT;
      return { path, text: `${text.slice(0, EXCERPT_LIMIT)}\n… ${left} more characters` };
    }),
  );
}
