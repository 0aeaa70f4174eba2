import { dispatchLeases } from "../door/dispatch-leases.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import { recoverFeature } from "../door/recover-feature.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { showFeature } from "../engine/show-feature.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import { endWith, type JobEnd } from "./ending.ts";
import type { Place } from "./read-place.ts";

/** Calls that one sweep may make: the thousand of an hour are those of the whole repository. */
const MOST_CALLS = 400;

/** What ended lately is looked after too: the last write of all may be the one that a crash cost. */
const LATELY = 2 * 24 * 60 * 60_000;

const isOpen = ({ state, events }: Feature, now: Date): boolean =>
  state.status === "open" ||
  state.status === "paused" ||
  now.getTime() - Date.parse(events.at(-1)?.at ?? "1970-01-01") < LATELY;

const count = (door: GitHubDoor): number =>
  [...door.api.calls()].reduce((sum, [route, calls]) => (route === "304" ? sum : sum + calls), 0);

type Swept = { waiting: number; notes: string[]; red: boolean };

/** Recovers one feature, starts what waits, and makes its thread as the ledger tells it. */
async function look(door: GitHubDoor, feature: Feature): Promise<Result<Swept>> {
  const recovered = await recoverFeature(door, feature);
  if (!recovered.ok) return recovered;
  const { waiting, notes } = recovered.value;
  const dispatched = await dispatchLeases(door, recovered.value.feature, waiting);
  const shown = await showFeature(door.house, dispatched.feature);
  const failures = [...dispatched.failures, ...(shown.ok ? [] : [shown.failure])];
  const said = failures.map(explainFailure).map(({ what, remedy }) => `${what} ${remedy}`);
  const all = [...notes, ...said, ...(shown.ok ? shown.value.notes : [])];
  const named = all.map((note) => `issue ${feature.issue}: ${note}`);
  return succeed({ waiting: dispatched.leases.length, notes: named, red: failures.length > 0 });
}

/** Issues in an order that begins elsewhere each time, so that a budget of calls leaves none out for ever. */
function rotate(issues: readonly number[], { run }: Place): number[] {
  if (issues.length === 0) return [];
  const start = Number(BigInt(run.id) % BigInt(issues.length));
  return [...issues.slice(start), ...issues.slice(0, start)];
}

/** Looks after every open feature: what was missed, lost or half shown is mended. */
export async function sweep(door: GitHubDoor, place: Place): Promise<JobEnd> {
  const listed = await door.house.ledger.list();
  if (!listed.ok) return listed;
  const notes: string[] = [];
  const total = { open: 0, started: 0, left: 0, red: false };
  for (const issue of rotate(listed.value, place)) {
    if (count(door) > MOST_CALLS) {
      total.left += 1;
      continue;
    }
    const loaded = await loadFeature(door.house.ledger, issue);
    if (loaded.ok && !isOpen(loaded.value, door.house.now())) continue;
    const looked = loaded.ok ? await look(door, loaded.value) : loaded;
    total.open += 1;
    if (looked.ok) {
      total.started += looked.value.waiting;
      total.red ||= looked.value.red;
      notes.push(...looked.value.notes);
    } else {
      const { what, remedy } = explainFailure(looked.failure);
      notes.push(`issue ${issue}: ${what} ${remedy}`);
      total.red = true;
    }
  }
  const left = total.left > 0 ? `; ${total.left} are left for the next sweep` : "";
  const what = `${total.open} features were looked after, ${total.started} runs started${left}`;
  return succeed(endWith("swept", what, { notes, red: total.red }));
}
