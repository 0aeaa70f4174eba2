import type { GitHubDoor } from "../door/github-door.ts";
import { recoverFeature } from "../door/recover-feature.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { showFeature } from "../engine/show-feature.ts";
import { type Result, succeed } from "../shared/result.ts";
import { endOf } from "./end-job.ts";
import { findEndedRun } from "./find-ended-run.ts";
import type { Place } from "./job.ts";
import type { Office } from "./office.ts";
import { type JobContext, openWorkerApis, openWorkerDoor } from "./open-worker-door.ts";
import { publishRun } from "./publish-run.ts";
import type { JobEnd } from "./run-workers.ts";
import { startLeases } from "./start-leases.ts";

const isOpen = ({ state }: Feature): boolean =>
  state.status === "open" || state.status === "paused";

/** Publishes what runs left that ended while nobody listened. */
async function publishEnded(
  office: Office,
  place: Place,
  door: GitHubDoor,
  { feature, context }: { feature: Feature; context: JobContext },
): Promise<Result<Feature>> {
  let current = feature;
  for (const lease of feature.state.leases.filter(({ phase }) => phase !== "design")) {
    const run = await findEndedRun(door.api, lease, office.own.ids);
    if (!run.ok) return run;
    if (run.value === null) continue;
    const { phase, nonce } = lease;
    const work = { issue: feature.issue, phase, nonce, head: current.head ?? "" };
    const published = await publishRun(office, place, { work, run: run.value, context });
    if (!published.ok) return published;
    const again = await loadFeature(door.house.ledger, feature.issue, current.head ?? undefined);
    if (!again.ok) return again;
    current = again.value;
  }
  return succeed(current);
}

/** Recovers one feature, starts what waits, and makes its thread as the ledger tells it. */
async function lookAfter(
  office: Office,
  place: Place,
  door: GitHubDoor,
  { feature, context }: { feature: Feature; context: JobContext },
): Promise<Result<void>> {
  const ended = await publishEnded(office, place, door, { feature, context });
  if (!ended.ok) return ended;
  const recovered = await recoverFeature(door, ended.value);
  if (!recovered.ok) return recovered;
  const { feature: after, waiting, notes } = recovered.value;
  for (const note of notes) context.log.info({ issue: feature.issue }, note);
  const begun = await startLeases(office, place, door, {
    feature: after,
    leases: waiting,
    context,
  });
  if (!begun.ok) return begun;
  const shown = await showFeature(door.house, after);
  return shown.ok ? succeed(undefined) : shown;
}

/** Looks after every open feature of a repository: what was missed, lost or half shown is mended. */
export async function workSweep(
  office: Office,
  place: Place,
  context: JobContext,
): Promise<JobEnd> {
  const apis = openWorkerApis(office, place, context);
  const listed = await apis.api.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
    ref: "archwright/issues/",
  });
  if (!listed.ok) return endOf(listed.failure);
  // Most repositories where the App is installed have nothing open: one call is enough for them.
  if (listed.data.length === 0) return { kind: "done" };
  const door = await openWorkerDoor(office, place, { apis, context });
  if (!door.ok) return endOf(door.failure);
  const issues = await door.value.house.ledger.list();
  if (!issues.ok) return endOf(issues.failure);
  for (const issue of issues.value) {
    if (context.signal.aborted) return { kind: "interrupted" };
    const loaded = await loadFeature(door.value.house.ledger, issue);
    if (loaded.ok && !isOpen(loaded.value)) continue;
    const feature = loaded.ok ? loaded.value : null;
    const looked = feature
      ? await lookAfter(office, place, door.value, { feature, context })
      : loaded;
    // One that is broken does not keep the others from being looked after.
    if (!looked.ok)
      context.log.warn({ issue, failure: looked.failure }, "could not be looked after");
  }
  return { kind: "done" };
}
