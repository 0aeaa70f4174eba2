import { chooseAllCheckpoints } from "../../codebase/commands/choose-checkpoint.ts";
import { actOn } from "./act-on.ts";
import { addNote, type BuildRun } from "./build-run.ts";
import { commitWork, workChanges } from "./commit-work.ts";
import { renderFix, renderRepair } from "./render-build-prompt.ts";
import { passCheckpoint } from "./run-checkpoint.ts";

/** Bytes of the diff that a fix round shows; the files themselves can be read with the tools. */
const DIFF_LIMIT = 120_000;

/** A fix round: a fresh context with the spec, the findings and the diff; all checkpoints; one commit. */
export async function runFixRound(run: BuildRun): Promise<void> {
  const { facts, worktree, tools } = run;
  run.step = "fix";
  tools.progress({ kind: "step", index: 1, of: 1, title: `fix round ${facts.round}` });
  const head = await worktree.head();
  const diff = await facts.workspace.diff(facts.base, head, { limit: DIFF_LIMIT });
  await actOn(run, "fix", renderFix(facts.round, facts.findings, diff));
  await passAllCheckpoints(run, "fix");
  const changed = await workChanges(run);
  if (changed.length > 0) addNote(run, `fix round ${facts.round}: ${changed.join(", ")}`);
  await commitWork(run, `Fix round ${facts.round}: ${facts.spec.title}`);
}

/** After the last step: everything that is configured, once more on the whole. Repairs are a commit of their own. */
export async function runFinalCheckpoints(run: BuildRun): Promise<void> {
  run.step = "final";
  await passAllCheckpoints(run, "final");
  const changed = await workChanges(run);
  if (changed.length > 0) addNote(run, `repaired after the last step: ${changed.join(", ")}`);
  await commitWork(run, `Make all checkpoints pass: ${run.facts.spec.title}`);
}

async function passAllCheckpoints(run: BuildRun, name: "fix" | "final"): Promise<void> {
  const commands = chooseAllCheckpoints(run.facts.commands);
  if (commands.length === 0)
    addNote(run, "no command is configured: nothing was compiled or tested");
  await passCheckpoint(run, commands, async (failed, number) => {
    const changed = await workChanges(run);
    const user = renderRepair("all checkpoints", failed, {
      changed,
      excerpts: [],
      outputBytes: run.facts.limits.outputBytes,
    });
    await actOn(run, `${name}.repair-${number}`, user);
  });
}
