import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeProgress } from "../cli/show-progress.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import { openApiRefs } from "../door/open-api-refs.ts";
import { gatherReview } from "../engine/gather-review.ts";
import type { Work } from "../engine/hand-over.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { rehearseReview } from "../phases/review/rehearse-review.ts";
import { fail, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { detectIsolation, runnerRoutes } from "../workspace/git/detect-isolation.ts";
import { recordingFile } from "../workspace/parse-recording.ts";
import { recordRuns } from "../workspace/record-runs.ts";
import { endWith, type JobEnd } from "./ending.ts";
import { findLease } from "./find-lease.ts";
import type { JobContext } from "./job-context.ts";
import { listenForEnd } from "./listen-for-end.ts";
import { openActionDoor, openGit } from "./open-action-door.ts";
import { openApis } from "./open-apis.ts";
import { openClone } from "./open-clone.ts";
import { type Place, readPlace } from "./read-place.ts";
import { readWork } from "./read-work.ts";
import { findSecret } from "./refuse-secrets.ts";

async function openDoor(context: JobContext, place: Place, signal: AbortSignal) {
  const { runner } = context;
  const apis = openApis(context, place, signal);
  return await openActionDoor(context, {
    apis,
    place,
    signal,
    workspace: async () => succeed(openApiRefs(apis.api)),
    progress: (event) => {
      const line = describeProgress(event);
      if (line !== null) runner.log(line);
    },
  });
}

/** Runs the commands on a workspace that remembers how each ended, and leaves that for the job with the model. */
async function record(
  context: JobContext,
  place: Place,
  door: GitHubDoor,
  { feature, lease }: { feature: Feature; lease: Lease },
): Promise<JobEnd> {
  const { house, origin } = door;
  const isolation = origin.config.isolation === "none" ? "none" : "namespaces";
  if (isolation === "namespaces") {
    const { available, detail } = await detectIsolation(context.environment.PATH, runnerRoutes());
    if (!available) return fail({ reason: "isolation-unavailable", detail });
  }
  const { issue } = feature;
  const clone = await openClone(context, place, { origin, issue, isolation });
  if (!clone.ok) return clone;
  const { workspace, recording } = recordRuns(clone.value.workspace);
  const facts = await gatherReview({ ...house, workspace }, feature, lease);
  const { progress, signal } = house;
  const rehearsed = await rehearseReview(facts, { progress, signal });
  if (!rehearsed.ok) return rehearsed;
  const folder = context.inputs.outcomes;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { runs } = recording();
  await writeFile(join(folder, recordingFile), JSON.stringify(recording()));
  const what = `${Object.keys(runs).length} commands were run at \`${facts.head.slice(0, 12)}\` and on its base`;
  return succeed(endWith("recorded", `${what}; what they say is judged by the review`));
}

async function runWork(
  context: JobContext,
  place: Place,
  work: Work,
  signal: AbortSignal,
): Promise<JobEnd> {
  const opened = await openDoor(context, place, signal);
  if (!opened.ok) return opened;
  const door = opened.value;
  const secret = await findSecret(context, door.origin.config, openGit(context, place));
  if (secret !== null) {
    const what = `Nothing was run: this job holds ${secret}, and it runs code that a model wrote`;
    const remedy = "Give the job `checks` nothing but a token with `contents: read`.";
    return succeed(endWith("refused", what, { remedy, red: true }));
  }
  const loaded = await loadFeature(door.house.ledger, work.issue, work.head);
  if (!loaded.ok) return loaded;
  const found = findLease(loaded.value, work, place);
  if (found.kind === "superseded") {
    return succeed(endWith("superseded", `Nothing was run: ${found.why}`));
  }
  return await record(context, place, door, { feature: loaded.value, lease: found.lease });
}

/** The job that runs the repository's commands on what is under review, without any key and without any right but to read. */
export async function runChecks(context: JobContext): Promise<JobEnd> {
  const place = readPlace(context.environment);
  if (!place.ok) return place;
  const work = readWork(context.inputs.work ?? "");
  if (!work.ok) return work;
  if (work.value.phase !== "review") {
    return succeed(endWith("not-needed", `A ${work.value.phase} needs no checks beforehand`));
  }
  const { signal, done } = listenForEnd();
  try {
    return await runWork(context, place.value, work.value, signal);
  } finally {
    done();
  }
}
