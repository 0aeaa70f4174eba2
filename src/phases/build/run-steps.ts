import { chooseCheckpoint } from "../../codebase/commands/choose-checkpoint.ts";
import type { Step } from "../../documents/schema-build-spec.ts";
import type { CommandOutcome } from "../../workspace/port.ts";
import { actOn, readExcerpts } from "./act-on.ts";
import { addNote, type BuildRun } from "./build-run.ts";
import { commitWork, must, workChanges } from "./commit-work.ts";
import { type Operation, planMechanicalStep } from "./plan-mechanical-step.ts";
import { addDeviation } from "./record-deviation.ts";
import { renderRepair, renderStep } from "./render-build-prompt.ts";
import { passCheckpoint } from "./run-checkpoint.ts";

/** Neighbours shown with a step: enough to see how things are done here, little beside the files of the step. */
const relatedTokens = 4_000;

/** Every step that is not done yet, in order: work, checkpoint, one commit. */
export async function runSteps(run: BuildRun): Promise<void> {
  const { steps } = run.facts.spec;
  const done: string[] = [];
  for (const [index, step] of steps.entries()) {
    run.step = step.id;
    run.tools.progress({ kind: "step", index: index + 1, of: steps.length, title: step.title });
    if (run.facts.resumeSteps.includes(step.id)) {
      done.push(`- ${step.id}: ${step.title} (in an earlier attempt)`);
      continue;
    }
    done.push(await runStep(run, step, done));
  }
}

async function runStep(run: BuildRun, step: Step, earlier: readonly string[]): Promise<string> {
  const byProgram = step.mode === "mechanical" && (await applyMechanically(run, step));
  if (!byProgram) await workOnStep(run, step, earlier);
  const checkpoint = chooseCheckpoint(step.checkpoint, run.facts.commands);
  if (checkpoint.note !== null) addNote(run, checkpoint.note);
  await passCheckpoint(run, checkpoint.commands, (failed, number) =>
    repairStep(run, step, failed, number),
  );
  const changed = await workChanges(run);
  const how = byProgram ? "by the program" : "by the model";
  if (changed.length > 0) addNote(run, `${step.title} (${how}): ${changed.join(", ")}`);
  const committed = await commitWork(run, `${step.id}: ${step.title}`);
  if (!committed) addNote(run, `${step.title}: nothing had to change`);
  return `- ${step.id}: ${step.title} (${committed ? changed.join(", ") : "no change"})`;
}

/** Applies a mechanical step without a model. Where it does not apply as written, that is a deviation and false. */
async function applyMechanically(run: BuildRun, step: Step): Promise<boolean> {
  const { worktree, facts } = run;
  const planned = await planMechanicalStep(step, facts.spec.files, async (path) =>
    must(await worktree.read(path)),
  );
  if (planned.ok) {
    for (const operation of planned.value) await applyOperation(run, operation);
    return true;
  }
  const { path, detail } = planned.failure;
  addDeviation(run, {
    what: `The mechanical step ${step.id} did not apply as written and was given to the model`,
    why: path === "" ? detail : `${path}: ${detail}`,
    paths: [],
  });
  return false;
}

async function applyOperation({ worktree }: BuildRun, operation: Operation): Promise<void> {
  const { kind, path } = operation;
  if (kind === "write") must(await worktree.write(path, operation.text));
  else if (kind === "remove") must(await worktree.remove(path));
  else must(await worktree.move(path, operation.to));
}

async function workOnStep(run: BuildRun, step: Step, earlier: readonly string[]): Promise<void> {
  const note =
    step.mode === "mechanical"
      ? "The spec gives the exact edits, but they do not apply as written. Do what they mean."
      : null;
  const excerpts = await readExcerpts(run, step.files);
  const related = await run.facts.related(`${step.title}\n\n${step.details}`, {
    tokens: relatedTokens,
    // What the spec changes may no longer be what it was at the base.
    except: new Set([...step.files, ...run.facts.spec.files.map(({ path }) => path)]),
  });
  await actOn(run, step.id, renderStep(step, { earlier, excerpts, related, note }));
}

async function repairStep(
  run: BuildRun,
  step: Step,
  failed: CommandOutcome,
  number: number,
): Promise<void> {
  const changed = await workChanges(run);
  const user = renderRepair(`${step.id}: ${step.title}`, failed, {
    changed,
    excerpts: await readExcerpts(run, step.files),
    outputBytes: run.facts.limits.outputBytes,
  });
  await actOn(run, `${step.id}.repair-${number}`, user);
}
