import { acceptTrigger } from "../engine/accept-trigger.ts";
import { isOwnWork } from "../engine/is-own-work.ts";
import type { Feature } from "../engine/load-feature.ts";
import { reserveLeases } from "../engine/reserve-leases.ts";
import { findDispatchedRun } from "../forge/github/find-dispatched-run.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Trigger } from "../workflow/trigger.ts";
import { findPusher } from "./find-pusher.ts";
import type { GitHubDoor } from "./github-door.ts";
import { isUnclaimed, parseRun } from "./name-run.ts";

/** What was found while nobody watched: the feature as it stands now, and leases whose run has to be started. */
export type Recovered = { feature: Feature; waiting: readonly Lease[]; notes: readonly string[] };

type Leases = { dead: Lease[]; waiting: Lease[] };

/** A lease that waits for its run and has none is to be dispatched again; one whose run is gone is over. */
async function sortLeases(
  door: GitHubDoor,
  leases: readonly Lease[],
  own: string | null,
): Promise<Result<Leases>> {
  const sorted: Leases = { dead: [], waiting: [] };
  for (const lease of leases) {
    if (own !== null && parseRun(lease.runId)?.id === own) continue;
    const state = await door.house.forge.isRunAlive(lease);
    if (state === "gone") sorted.dead.push(lease);
    if (state !== "unknown" || !isUnclaimed(lease.runId)) continue;
    // Unknown may also mean that GitHub could not be asked: nothing is started twice on a guess.
    const run = await findDispatchedRun(door.api, lease, door.own);
    if (!run.ok) return run;
    if (run.value === null) sorted.waiting.push(lease);
  }
  return succeed(sorted);
}

/** Branches that somebody else moved since the build. A crash between moving one and saying so in the ledger is no push. */
async function findPushes({ house, api }: GitHubDoor, feature: Feature): Promise<Trigger[]> {
  const found: Trigger[] = [];
  for (const { id: spec, build, result, attempts } of Object.values(feature.state.specs)) {
    if (!build || result !== "open") continue;
    const head = await house.workspace.branchHead(build.branch);
    if (head === null || head === build.head) continue;
    const work = { issue: feature.issue, spec, attempts: attempts.build };
    if (await isOwnWork(house.workspace, work, head)) continue;
    const { branch } = build;
    const source = `push:${branch}:${head}`;
    if (feature.state.sources.has(source)) continue;
    const at = house.now().toISOString();
    const actor = await findPusher(api, head);
    found.push({ kind: "person-push", source, at, runId: house.runId, actor, spec, branch, head });
  }
  return found;
}

function clockOf(door: GitHubDoor, feature: Feature, dead: readonly Lease[]): Trigger[] {
  const { house } = door;
  const at = house.now().toISOString();
  const overdue = feature.state.leases.filter((lease) => lease.expiresAt <= at);
  if (dead.length === 0 && overdue.length === 0) return [];
  const nonces = [...new Set([...dead, ...overdue].map(({ nonce }) => nonce))].sort();
  // Named by what it ends, so that two doors that find the same do it once.
  const source = `clock:${nonces.map((nonce) => nonce.slice(0, 16)).join(",")}`;
  return [{ kind: "clock", source, at, runId: house.runId, dead: dead.map(({ nonce }) => nonce) }];
}

const wordsOf = (trigger: Trigger): string => {
  if (trigger.kind !== "person-push") return "A run that was lost, or took too long, was ended.";
  const { branch, actor } = trigger;
  return `${actor.login} pushed to \`${branch}\`; the work is paused until \`/continue\`.`;
};

/**
 * Takes note of what happened while nobody watched: runs that are gone lose their lease, and what is likely to pass is tried again; runs
 * that were never dispatched are to be dispatched; a branch that a person moved pauses the feature. Doing it twice changes nothing.
 * `own`: id of the run that asks; leases of its earlier attempts are left to it.
 */
export async function recoverFeature(
  door: GitHubDoor,
  feature: Feature,
  own: string | null = null,
): Promise<Result<Recovered>> {
  const sorted = await sortLeases(door, feature.state.leases, own);
  if (!sorted.ok) return sorted;
  const { dead, waiting } = sorted.value;
  const triggers = [...clockOf(door, feature, dead), ...(await findPushes(door, feature))];
  // Who took them may have died before the day's money was reserved. Reserving it again changes nothing.
  const reserved = await reserveLeases(door.house, { feature, refusal: null, started: waiting });
  if (!reserved.ok) return reserved;
  const all: Lease[] = [...reserved.value.started];
  const notes: string[] = [];
  let current = reserved.value.feature;
  for (const trigger of triggers) {
    const accepted = await acceptTrigger(
      door.house,
      feature.issue,
      trigger,
      {},
      current.head ?? undefined,
    );
    if (!accepted.ok) return fail(accepted.failure);
    const { refusal, started } = accepted.value;
    current = accepted.value.feature;
    if (refusal === null) notes.push(wordsOf(trigger), ...accepted.value.notes);
    all.push(...started);
  }
  const live = new Set(current.state.leases.map(({ nonce }) => nonce));
  return succeed({ feature: current, waiting: all.filter(({ nonce }) => live.has(nonce)), notes });
}
