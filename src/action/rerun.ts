import { claimLease } from "../door/claim-lease.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import { isUnclaimed, nameRun, parseRun } from "../door/name-run.ts";
import { recoverFeature } from "../door/recover-feature.ts";
import { retryByPerson } from "../door/retry-by-person.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { reserveLeases } from "../engine/reserve-leases.ts";
import { type Result, succeed } from "../shared/result.ts";
import { atLeast } from "../workflow/check-actor.ts";
import { explainRefusal } from "../workflow/explain-refusal.ts";
import type { Lease } from "../workflow/phase.ts";
import { endWith, type JobEnd } from "./ending.ts";
import { finishRoute } from "./finish-route.ts";
import type { Place } from "./read-place.ts";

/** What is run again: an issue, the lease that the run was dispatched for if it was, and leases of before that wait for a run. */
export type Rerun = { issue: number; nonce: string | null; waiting: readonly Lease[] };

type Job = { name: string; run_attempt?: number; status: string; conclusion: string | null };
const MOST_JOBS = 300;

/** Whether the phase of an earlier attempt got as far as spending money. In doubt it did. */
async function phaseHasBegun({ api }: GitHubDoor, { run }: Place): Promise<boolean> {
  const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs";
  const listed = await api.list<Job>(route, { run_id: Number(run.id), filter: "all" }, MOST_JOBS);
  if (!listed.ok || !listed.data.complete) return true;
  return listed.data.items.some(
    ({ name, run_attempt: attempt = 1, status, conclusion }) =>
      /(^|\/ )phase$/.test(name) &&
      attempt < run.attempt &&
      status !== "queued" &&
      conclusion !== "skipped",
  );
}

const findOwn = (feature: Feature, { run }: Place, nonce: string | null): Lease | undefined =>
  feature.state.leases.find(
    (lease) =>
      parseRun(lease.runId)?.id === run.id || (lease.nonce === nonce && isUnclaimed(lease.runId)),
  );

async function mayRetry({ house, people }: GitHubDoor, login: string): Promise<boolean> {
  const least = house.policy.commandRoles.retry ?? "write";
  return atLeast(least).includes(await people.roleOf(login));
}

/** The lease of an earlier attempt that died before its phase began: this attempt carries it out, and nothing was spent. */
async function takeOver(
  door: GitHubDoor,
  place: Place,
  feature: Feature,
  own: Lease,
): Promise<Result<Feature | null>> {
  if (!(await mayRetry(door, place.triggeringActor))) return succeed(null);
  if (await phaseHasBegun(door, place)) return succeed(null);
  // The attempt may have died before the day's money was reserved. Reserving it again changes nothing.
  const taken = { feature, refusal: null, started: [own] };
  const reserved = await reserveLeases(door.house, taken);
  if (!reserved.ok) return reserved;
  if (reserved.value.started.length === 0) return succeed(null);
  return await claimLease(door, reserved.value.feature, own, place.run);
}

async function retry(
  door: GitHubDoor,
  place: Place,
  feature: Feature,
  waiting: readonly Lease[],
): Promise<JobEnd> {
  const login = place.triggeringActor;
  const runId = nameRun(place.run);
  const retried = await retryByPerson(door, feature, { login, run: place.run, runId });
  if (!retried.ok) return retried;
  const { refusal, started, notes } = retried.value;
  const [here = null, ...others] = started;
  const words = refusal ? explainRefusal(refusal) : null;
  const ending = words
    ? endWith("refused", `The re-run by ${login} means \`/retry\`. ${words.what}`, {
        remedy: words.remedy,
        notes,
      })
    : endWith("retried", `The re-run by ${login} means \`/retry\`, and was accepted`, { notes });
  const routed = {
    ending,
    feature: retried.value.feature,
    here,
    elsewhere: [...others, ...waiting],
  };
  return succeed(await finishRoute(door, routed));
}

/**
 * A person pressed "Re-run" on the Actions page, and what the run was for was decided before. A lease that no phase has begun to work on is
 * carried out now; everything else means `/retry`, with the rights of whoever pressed.
 */
export async function rerun(door: GitHubDoor, place: Place, about: Rerun): Promise<JobEnd> {
  const loaded = await loadFeature(door.house.ledger, about.issue);
  if (!loaded.ok) return loaded;
  const own = findOwn(loaded.value, place, about.nonce);
  if (own) {
    const taken = await takeOver(door, place, loaded.value, own);
    if (!taken.ok) return taken;
    if (taken.value !== null) {
      const what = `The ${own.phase} was not begun before; this attempt carries it out`;
      const routed = { ending: endWith("started", what), feature: taken.value, here: own };
      return succeed(await finishRoute(door, { ...routed, elsewhere: about.waiting }));
    }
  }
  const recovered = await recoverFeature(door, loaded.value);
  if (!recovered.ok) return recovered;
  const { feature, waiting } = recovered.value;
  const all = new Map([...about.waiting, ...waiting].map((lease) => [lease.nonce, lease]));
  return await retry(door, place, feature, [...all.values()]);
}
