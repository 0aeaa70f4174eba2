import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GitHubDoor } from "../door/github-door.ts";
import { parseRun } from "../door/name-run.ts";
import { presume, publishHandOver } from "../door/publish-hand-over.ts";
import { type DefaultBranch, readDefaultBranch } from "../door/read-default-branch.ts";
import type { Work } from "../engine/hand-over.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { publishResult } from "../engine/publish-result.ts";
import { classifyPushRefusal } from "../forge/github/classify-push-refusal.ts";
import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { fetchIssueRefs } from "../workspace/git/fetch-issue-refs.ts";
import { withRemote } from "../workspace/git/with-remote.ts";
import { fetchHandOver } from "./fetch-hand-over.ts";
import type { EndedRun } from "./find-ended-run.ts";
import type { Place } from "./job.ts";
import type { Office } from "./office.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { type JobContext, openWorkerApis, openWorkerDoor } from "./open-worker-door.ts";
import { startLeases } from "./start-leases.ts";

export type RunToPublish = { work: Work; run: EndedRun; context: JobContext };

/** What is known of how the run's work came to be published. */
type Settled = { feature: Feature; started: readonly Lease[]; notes: readonly string[] };

/** A push that a rule of GitHub refuses is that rule; everything else is git's own fault. */
const classify = (words: string) => {
  const failure = classifyPushRefusal(words);
  return failure.reason === "forge-refused"
    ? { rule: failure.rule, detail: failure.detail, link: failure.link }
    : null;
};

/** Ends the lease with a failure; what the run spent is not known, so all that was reserved counts. */
async function refuse(
  door: GitHubDoor,
  { feature, lease }: { feature: Feature; lease: Lease },
  failure: Failure,
): Promise<Result<Settled>> {
  const { reason } = failure;
  const outcome = { kind: "failed" as const, reason, failure, step: null, work: null };
  const result = { outcome, documents: {}, spent: presume(lease) };
  return await publishResult(door.house, feature, lease, result);
}

/** Takes the artifact in as anybody's, and publishes what stands up to the checks. */
async function publishArtifact(
  { door, clone, link }: { door: GitHubDoor; clone: Clone; link: string },
  facts: { feature: Feature; lease: Lease },
  { work, run }: RunToPublish,
): Promise<Result<Settled>> {
  const fetched = await fetchHandOver(door.api, run.id);
  if (!fetched.ok) {
    const { failure } = fetched;
    return failure.reason === "hand-over-refused" ? await refuse(door, facts, failure) : fetched;
  }
  for (const [name, bytes] of fetched.value ?? []) {
    await writeFile(join(clone.scratch, name), bytes);
  }
  const builder = await door.builder.identity();
  if (!builder.ok) return builder;
  const { id, login } = builder.data;
  return await publishHandOver(door, work, {
    folder: clone.scratch,
    remote: clone.remote,
    storage: clone.storage,
    identity: { name: login, email: `${id}+${login}@users.noreply.github.com` },
    lost: { result: `the run ended as ${run.conclusion}`, link },
  });
}

/** The lease that the run was to carry out, while it is live and nobody else's. */
async function findHeld(
  { house }: GitHubDoor,
  { work, run }: RunToPublish,
): Promise<Result<{ feature: Feature; lease: Lease } | null>> {
  const loaded = await loadFeature(house.ledger, work.issue, work.head);
  if (!loaded.ok) return loaded;
  const feature = loaded.value;
  const lease = feature.state.leases.find(({ nonce }) => nonce === work.nonce);
  const holder = lease ? parseRun(lease.runId) : null;
  if (!lease || (holder && holder.id !== String(run.id))) return succeed(null);
  return succeed({ feature, lease });
}

async function publishOn(
  office: Office,
  place: Place,
  published: RunToPublish,
  { clone, origin }: { clone: Clone; origin: DefaultBranch },
): Promise<Result<void>> {
  const { context, run, work } = published;
  const fetched = await fetchIssueRefs(clone.remote, work.issue);
  if (!fetched.ok) return fetched;
  const apis = openWorkerApis(office, place, context);
  const workspace = () => withRemote(clone.workspace, { ...clone.remote, classify });
  const door = await openWorkerDoor(office, place, { apis, context, origin, workspace });
  if (!door.ok) return door;
  const held = await findHeld(door.value, published);
  if (!held.ok) return held;
  if (held.value === null) {
    context.log.info({ issue: work.issue, run: run.id }, "the run holds no lease; nothing is done");
    return succeed(undefined);
  }
  const { owner, name } = place.repository;
  const link = `${office.settings.serverUrl}/${owner}/${name}/actions/runs/${run.id}`;
  const desk = { door: door.value, clone, link };
  const settled = await publishArtifact(desk, held.value, published);
  if (!settled.ok) return settled;
  const { feature, started, notes } = settled.value;
  context.log.info({ issue: work.issue, run: run.id, notes }, "settled what the run left");
  return await startLeases(office, place, door.value, { feature, leases: started, context });
}

/** Publishes the work of a run that has ended, or settles its lease where there is none. A lease that is over is left alone. */
export async function publishRun(
  office: Office,
  place: Place,
  published: RunToPublish,
): Promise<Result<void>> {
  const { api } = openWorkerApis(office, place, published.context);
  const origin = await readDefaultBranch(api);
  if (!origin.ok) return origin;
  const clone = await openClone(office, place, origin.value, { whole: true });
  if (!clone.ok) return clone;
  try {
    return await publishOn(office, place, published, { clone: clone.value, origin: origin.value });
  } finally {
    await clone.value.close();
  }
}
