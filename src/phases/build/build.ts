import { documentNames } from "../../documents/name-document.ts";
import { renderProjectContext } from "../../documents/render-project-context.ts";
import type { Failure } from "../../shared/failure.ts";
import { Stop } from "../../shared/stop.ts";
import { passed } from "../../workspace/port.ts";
import { describeEnding, excerptOutput } from "../describe-outcome.ts";
import type { PhaseResult, PhaseTools } from "../phase.ts";
import { runCommands } from "../run-commands.ts";
import { type BuildRun, currentContext, startRun } from "./build-run.ts";
import {
  commitAll,
  keepFinished,
  must,
  ownedPaths,
  workName,
  writeDocuments,
} from "./commit-work.ts";
import type { BuildFacts } from "./facts.ts";
import { runFinalCheckpoints, runFixRound } from "./run-fix-round.ts";
import { runSteps } from "./run-steps.ts";

/** Subject of a commit of unfinished work: a later attempt must not take it for a step that is done. */
const UNFINISHED = "Unfinished";
const MOST_REFUSALS = 50;

/**
 * Builds one spec, or one fix round of it, in a worktree of its own: step by step, a commit each, judged by commands that the
 * harness runs. The branch is not moved. Whatever happens, the work so far is kept at `refs/archwright/work/<issue>/<spec>-<attempt>`,
 * and a failure names the step it happened in.
 */
export async function build(facts: BuildFacts, tools: PhaseTools): Promise<PhaseResult> {
  const opened = await facts.workspace.open(facts.from, { allow: ownedPaths(facts) });
  if (!opened.ok) return failed(opened.failure, null, null, {});
  const run = startRun(facts, tools, opened.value);
  try {
    // What is resumed stays reachable under this attempt too, should it be killed before its first commit.
    if (facts.from !== facts.base) await keepFinished(run);
    await setUp(run);
    if (facts.round === 0) {
      await runSteps(run);
      await runFinalCheckpoints(run);
    } else {
      await runFixRound(run);
    }
    return await finish(run);
  } catch (error) {
    const work = await keepWork(run);
    // A bug is not a failure of the build: it is thrown on, but the work is kept first.
    const failure = error instanceof Stop ? error.failure : interruption(tools.signal);
    if (failure === null) throw error;
    return failed(failure, run.step, work, contextDocument(run));
  } finally {
    await run.worktree.close();
  }
}

/** Commits the approved documents and installs dependencies, before any model touches a file. */
async function setUp(run: BuildRun): Promise<void> {
  const { facts, tools, worktree } = run;
  await writeDocuments(run);
  must(await commitAll(run, `Design of issue ${facts.issue}: ${facts.slug}`));
  if (facts.setup !== null) {
    const [outcome] = await runCommands(worktree, [{ name: "setup", command: facts.setup }], {
      limits: { seconds: facts.limits.commandSeconds, outputBytes: facts.limits.outputBytes },
      signal: tools.signal,
      progress: tools.progress,
      stopAtFailure: true,
    });
    if (outcome && !passed(outcome)) {
      const detail = `${describeEnding(outcome)}\n${excerptOutput(outcome, 2000)}`;
      throw new Stop({ reason: "setup-failed", command: facts.setup, detail });
    }
    run.leftBehind = await findLeftBehind(run);
  }
}

/** New files of an install that git does not ignore. Committed files that it rewrote are put back. */
async function findLeftBehind(run: BuildRun): Promise<string[]> {
  const snapshot = run.facts.workspace.snapshot(await run.worktree.head());
  const left: string[] = [];
  for (const path of await run.worktree.changes()) {
    const committed = await snapshot.read(path);
    if (committed?.kind === "text") must(await run.worktree.write(path, committed.text));
    else left.push(path);
  }
  return left;
}

async function finish(run: BuildRun): Promise<PhaseResult> {
  const { facts, worktree } = run;
  await refuseNothing(run);
  run.step = null;
  await writeDocuments(run);
  must(await commitAll(run, `Record notes of ${facts.spec.id}`));
  const head = await worktree.head();
  await keepFinished(run);
  const own = run.deviations.filter(({ spec }) => spec === facts.spec.id);
  return {
    outcome: {
      kind: "built",
      branch: facts.branch,
      base: facts.base,
      head,
      commits: (await facts.workspace.commits(facts.base, head)).length,
      checkpoints: run.checkpoints,
      deviations: own.length,
    },
    documents: contextDocument(run),
  };
}

/** A round that changed no file beside its own documents built nothing, whatever the commands say. What a lost attempt of it did counts. */
async function refuseNothing(run: BuildRun): Promise<void> {
  const { facts, worktree } = run;
  const changed = await facts.workspace.changed(facts.before, await worktree.head());
  const owned = ownedPaths(facts);
  if (changed.every(({ path }) => owned.includes(path))) {
    throw new Stop({ reason: "nothing-built", spec: facts.spec.id });
  }
}

/** A cancelled run may surface as anybody's exception. */
const interruption = (signal: AbortSignal): Failure | null =>
  signal.aborted ? { reason: "interrupted", detail: String(signal.reason) } : null;

const contextDocument = (run: BuildRun): Record<string, string> => ({
  [documentNames.context]: renderProjectContext(currentContext(run)),
});

/** Commits what is there and makes it reachable. It must not hide the failure that led here, so it has none of its own. */
async function keepWork(run: BuildRun): Promise<{ ref: string; head: string } | null> {
  const { facts, worktree } = run;
  await commitUnfinished(run);
  const head = await worktree.head();
  if (head === facts.base) return null;
  const kept = await facts.workspace.keep(workName(facts), head);
  return kept.ok ? { ref: `refs/archwright/work/${workName(facts)}`, head } : null;
}

/** A path that may not be committed (too large, a secret in it) must not cost the rest of the work. */
async function commitUnfinished(run: BuildRun): Promise<void> {
  const left = [...run.leftBehind];
  for (let refusals = 0; refusals < MOST_REFUSALS; refusals += 1) {
    run.leftBehind = left;
    const made = await commitAll(run, `${UNFINISHED}: ${run.step ?? "start"}`, { whatCan: true });
    if (made.ok) return;
    const { failure } = made;
    if (failure.reason !== "path-refused" && failure.reason !== "secret-in-change") return;
    left.push(failure.path);
  }
}

function failed(
  failure: Failure,
  step: string | null,
  work: { ref: string; head: string } | null,
  documents: Record<string, string>,
): PhaseResult {
  return { outcome: { kind: "failed", reason: failure.reason, failure, step, work }, documents };
}
