import { type CommandOutcome, passed } from "../../workspace/port.ts";
import type { ReviewFacts } from "./facts.ts";
import { findChangedRunners, runnerManifests } from "./find-changed-runners.ts";
import type { ReviewedFile } from "./read-changes.ts";
import { type RunTools, runAll, runSetup, withWorktree } from "./run-at-head.ts";

/**
 * Commands that pass at the head only because the change altered how they are run. The commands are the base's, but what
 * they call is part of the change: a builder could make `npm test` do nothing. So where it touched that, unapproved, what passed is
 * run once more with the former scripts and settings put back. One sentence for each command that is red then.
 */
export async function tryFormerRunner(
  facts: ReviewFacts,
  tools: RunTools,
  files: readonly ReviewedFile[],
  outcomes: readonly CommandOutcome[],
): Promise<string[]> {
  const formerly = await readFormerly(facts);
  const laid = findChangedRunners(files, facts.spec, facts.specText, formerly);
  const green = outcomes.filter(passed);
  if (laid.length === 0 || green.length === 0) return [];
  const quiet = { ...tools, progress: () => {} };
  const again = await withWorktree(facts, facts.head, async (worktree) => {
    for (const { path, text } of laid) {
      if (text === null) await worktree.remove(path);
      else await worktree.write(path, text);
    }
    const setup = await runSetup(worktree, facts, quiet);
    return setup && !passed(setup) ? [setup] : await runAll(worktree, green, facts, quiet);
  });
  const paths = laid.map(({ path }) => path).join(", ");
  return again
    .filter((outcome) => !passed(outcome))
    .map(
      ({ name }) =>
        `\`${name}\` passes only because ${paths} was changed, which the spec does not say; with its former scripts and settings it fails`,
    );
}

/** The commands, and what the base's manifests make of them. */
async function readFormerly({ workspace, base, commands }: ReviewFacts): Promise<string[]> {
  const snapshot = workspace.snapshot(base);
  const texts = await Promise.all(runnerManifests.map((path) => snapshot.read(path)));
  const known = texts.flatMap((content) => (content?.kind === "text" ? [content.text] : []));
  return [...Object.values(commands), ...known];
}
