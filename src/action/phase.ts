import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describeProgress } from "../cli/show-progress.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import { openApiRefs } from "../door/open-api-refs.ts";
import { writeHandOver } from "../door/write-hand-over.ts";
import type { Work } from "../engine/hand-over.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { type LeaseResult, runLease } from "../engine/run-lease.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import type { Failure } from "../shared/failure.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { atLeast } from "../workflow/check-actor.ts";
import { nameWork } from "../workflow/name-work.ts";
import type { Lease } from "../workflow/phase.ts";
import { detectIsolation, runnerRoutes } from "../workspace/git/detect-isolation.ts";
import { readWorkRefs } from "../workspace/git/fetch-issue-refs.ts";
import { parseRecording, recordingFile } from "../workspace/parse-recording.ts";
import type { Workspace } from "../workspace/port.ts";
import { replayRuns } from "../workspace/replay-runs.ts";
import { endWith, type JobEnd } from "./ending.ts";
import { findLease } from "./find-lease.ts";
import type { JobContext } from "./job-context.ts";
import { type EndSignal, listenForEnd } from "./listen-for-end.ts";
import { loadActionModels, takeKeys } from "./load-action-models.ts";
import { openActionDoor } from "./open-action-door.ts";
import { openApis } from "./open-apis.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { type Place, readPlace } from "./read-place.ts";
import { readWork } from "./read-work.ts";

type Phase = {
  context: JobContext;
  place: Place;
  door: GitHubDoor;
  feature: Feature;
  lease: Lease;
};

const failedResult = (failure: Failure): LeaseResult => ({
  outcome: { kind: "failed", reason: failure.reason, failure, step: null, work: null },
  documents: {},
  spent: [],
});

/** Only a build runs commands here, and only in isolation, unless the default branch says otherwise in so many words. */
async function chooseIsolation({
  lease,
  door,
  context,
}: Phase): Promise<Result<"namespaces" | "none" | "never">> {
  if (lease.phase !== "build") return succeed("never");
  if (door.origin.config.isolation === "none") return succeed("none");
  const { available, detail } = await detectIsolation(context.environment.PATH, runnerRoutes());
  return available ? succeed("namespaces") : fail({ reason: "isolation-unavailable", detail });
}

/** What a review runs was run by another job; what a design or a validation runs is nothing. */
async function limitRuns(phase: Phase, workspace: Workspace): Promise<Result<Workspace>> {
  if (phase.lease.phase !== "review") return succeed(workspace);
  const { inputs } = phase.context;
  const file = join(inputs.outcomes, recordingFile);
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) {
    const result = `the job checks (${inputs.checksResult ?? "not run"}) left no outcomes`;
    return fail({ reason: "run-lost", result, link: phase.place.link });
  }
  const recording = parseRecording(text);
  return recording.ok ? succeed(replayRuns(workspace, recording.value)) : recording;
}

/** A house with a checkout and models, for the one phase. */
async function equip(phase: Phase, clone: Clone): Promise<Result<GitHubDoor["house"]>> {
  const { context, door } = phase;
  const { config } = door.origin;
  const workspace = await limitRuns(phase, clone.workspace);
  if (!workspace.ok) return workspace;
  const loaded = await loadActionModels(context, config);
  if (!loaded.ok) return loaded;
  return succeed({ ...door.house, workspace: workspace.value, ...loaded.value });
}

type Ran = { result: LeaseResult; clone: Clone | null; before: Record<string, string> };

async function carryOut(phase: Phase): Promise<Ran> {
  const { context, place, door, feature, lease } = phase;
  const isolation = await chooseIsolation(phase);
  if (!isolation.ok) return { result: failedResult(isolation.failure), clone: null, before: {} };
  const { origin } = door;
  const { issue } = feature;
  const clone = await openClone(context, place, { origin, issue, isolation: isolation.value });
  if (!clone.ok) return { result: failedResult(clone.failure), clone: null, before: {} };
  const before = await readWorkRefs(clone.value.remote, issue);
  if (!before.ok) return { result: failedResult(before.failure), clone: null, before: {} };
  const house = await equip(phase, clone.value);
  const result = house.ok
    ? await runLease(house.value, feature, lease)
    : failedResult(house.failure);
  return { result, clone: clone.value, before: before.value };
}

/** Says how the phase ended; the thread is told by publish. */
function tell({ lease }: Phase, { outcome }: LeaseResult): JobEnd {
  const name = nameWork(lease);
  if (outcome.kind !== "failed") {
    return succeed(
      endWith(
        "handed-over",
        `The ${name} is handed over (${outcome.kind}); the job publish takes it from here`,
      ),
    );
  }
  const { what, remedy } = explainFailure(outcome.failure);
  const isolated = outcome.reason !== "isolation-unavailable";
  const ending = isolated ? ("phase-failed" as const) : ("no-isolation" as const);
  const words = isolated
    ? { what: `The ${name} failed: ${what}`, remedy }
    : {
        what: `Nothing was run: ${what}`,
        remedy:
          "Use a runner with namespaces (ubuntu-24.04 of GitHub has them), or say `isolation: none` in the configuration of the default branch.",
      };
  return succeed(endWith(ending, words.what, { remedy: words.remedy, red: true }));
}

async function handOver(phase: Phase, { result, clone, before }: Ran): Promise<JobEnd> {
  const { context, door, feature, lease } = phase;
  const { origin } = door;
  const bases = Object.values(feature.state.specs).flatMap(({ build }) =>
    build ? [build.head] : [],
  );
  const known = [origin.commit, feature.state.plan?.base ?? origin.commit, ...bases];
  const written = await writeHandOver({
    repository: origin.repository.name,
    issue: feature.issue,
    lease,
    result,
    folder: context.inputs.handOver,
    clone: clone ? { remote: clone.remote, storage: clone.storage, known } : null,
    before,
  });
  return written.ok ? tell(phase, result) : written;
}

/** A second attempt is a person's press: their own rights count, not those of who started the first one. */
async function checkPresser({ people, house }: GitHubDoor, place: Place): Promise<string | null> {
  if (place.run.attempt === 1) return null;
  const least = house.policy.commandRoles.retry ?? "write";
  const role = await people.roleOf(place.triggeringActor);
  if (atLeast(least).includes(role)) return null;
  return `${place.triggeringActor} has the role ${role}, and a re-run needs ${least}`;
}

async function runWork(
  context: JobContext,
  place: Place,
  work: Work,
  { signal }: EndSignal,
): Promise<JobEnd> {
  const apis = openApis(context, place, signal);
  const { runner } = context;
  const opened = await openActionDoor(context, {
    apis,
    place,
    signal,
    workspace: async () => succeed(openApiRefs(apis.api)),
    progress: (event) => {
      const line = describeProgress(event);
      if (line !== null) runner.log(line);
    },
  });
  if (!opened.ok) return opened;
  const door = opened.value;
  takeKeys(context, door.origin.config);
  const loaded = await loadFeature(door.house.ledger, work.issue, work.head);
  if (!loaded.ok) return loaded;
  const refused = await checkPresser(door, place);
  if (refused) return succeed(endWith("refused", `Nothing was run: ${refused}`, { red: true }));
  const found = findLease(loaded.value, work, place);
  if (found.kind === "superseded") {
    return succeed(endWith("superseded", `Nothing was run: ${found.why}`));
  }
  const phase = { context, place, door, feature: loaded.value, lease: found.lease };
  return await handOver(phase, await carryOut(phase));
}

/**
 * The job that works: carries out the phase of one lease with the model's key and a token that can only read, and hands over what came
 * of it. It moves no branch and writes to no thread. Cancelled or out of time, it hands over what there is.
 */
export async function runPhaseJob(context: JobContext): Promise<JobEnd> {
  const place = readPlace(context.environment);
  if (!place.ok) return place;
  const work = readWork(context.inputs.work ?? "");
  if (!work.ok) return work;
  const end = listenForEnd(context.inputs.minutes);
  try {
    return await runWork(context, place.value, work.value, end);
  } finally {
    end.done();
  }
}
