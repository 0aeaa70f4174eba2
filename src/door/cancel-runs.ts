import type { Feature } from "../engine/load-feature.ts";
import { findDispatchedRun } from "../forge/github/find-dispatched-run.ts";
import type { Lease } from "../workflow/phase.ts";
import type { GitHubDoor } from "./github-door.ts";
import { isUnclaimed, parseRun } from "./name-run.ts";

/** Leases that this source ended before their time, each with the run that it had last. */
function findEnded({ events }: Feature, source: string): Lease[] {
  const ended = new Set<string>();
  const leases = new Map<string, Lease>();
  for (const event of events) {
    if (event.type === "PhaseStarted") leases.set(event.lease.nonce, event.lease);
    const known = event.type === "LeaseClaimed" ? leases.get(event.nonce) : undefined;
    if (known && event.type === "LeaseClaimed")
      leases.set(event.nonce, { ...known, runId: event.runId });
    if (event.type === "LeaseExpired" && event.why === "cancelled" && event.source === source)
      ended.add(event.nonce);
  }
  return [...leases.values()].filter(({ nonce }) => ended.has(nonce));
}

async function findRun({ api }: GitHubDoor, lease: Lease): Promise<string | null> {
  if (!isUnclaimed(lease.runId)) return parseRun(lease.runId)?.id ?? null;
  const found = await findDispatchedRun(api, lease);
  return found.ok && found.value?.alive ? found.value.id : null;
}

/**
 * Ends the runs of what was cancelled, so that no model is paid for what nobody wants. A run that cannot be ended does no harm: what it hands
 * over is kept as late and applied to nothing. Returns a sentence for each that goes on.
 */
export async function cancelRuns(
  door: GitHubDoor,
  feature: Feature,
  { source, own }: { source: string; own: string | null },
): Promise<string[]> {
  const notes: string[] = [];
  for (const lease of findEnded(feature, source)) {
    const run = await findRun(door, lease);
    if (run === null || run === own) continue;
    const route = "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel";
    const answer = await door.api.request(route, { run_id: Number(run) });
    // 409: it has ended already, or GitHub ends no run at the moment.
    if (answer.ok || answer.status === 404) continue;
    const why = `${answer.status || "no answer"} ${answer.message}`.trim();
    notes.push(
      `Run ${run} could not be cancelled (${why}): cancel it on the Actions page, or leave it; its result changes nothing.`,
    );
  }
  return notes;
}
