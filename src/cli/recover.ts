import { randomUUID } from "node:crypto";
import { conduct } from "../engine/conduct.ts";
import { isOwnWork } from "../engine/is-own-work.ts";
import type { Feature } from "../engine/load-feature.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Trigger } from "../workflow/trigger.ts";
import type { LocalHouse } from "./open-local-house.ts";

async function goneLeases(local: LocalHouse, feature: Feature): Promise<string[]> {
  const answers = feature.state.leases.map(async (lease) => {
    const state = await local.house.forge.isRunAlive(lease);
    return state === "gone" ? [lease.nonce] : [];
  });
  return (await Promise.all(answers)).flat();
}

/** Branches that somebody else moved since the build: the machine stops and asks (plan, section 10). */
async function pushes(local: LocalHouse, feature: Feature): Promise<Trigger[]> {
  const found: Trigger[] = [];
  for (const spec of Object.values(feature.state.specs)) {
    if (!spec.build || spec.result !== "open") continue;
    const head = await local.house.workspace.branchHead(spec.build.branch);
    if (head === null || head === spec.build.head) continue;
    // A crash between moving the branch and saying so in the ledger is no push.
    const work = { issue: feature.issue, spec: spec.id, attempts: spec.attempts.build };
    if (await isOwnWork(local.house.workspace, work, head)) continue;
    found.push({
      kind: "person-push",
      source: `push:${spec.build.branch}:${head}`,
      at: local.house.now().toISOString(),
      runId: local.house.runId,
      actor: local.person,
      spec: spec.id,
      branch: spec.build.branch,
      head,
    });
  }
  return found;
}

/**
 * Takes note of what happened while nobody watched: runs that are gone lose their lease, and branches that a
 * person moved pause the feature. Nothing is started: what the person has come to say comes first, and may be
 * `/cancel`; `run` tries again by itself.
 */
export async function recover(local: LocalHouse, feature: Feature): Promise<Result<Feature>> {
  const dead = await goneLeases(local, feature);
  const at = local.house.now().toISOString();
  const overdue = feature.state.leases.some((lease) => lease.expiresAt <= at);
  const clock: Trigger = {
    kind: "clock",
    source: `clock:${randomUUID()}`,
    at,
    runId: local.house.runId,
    dead,
  };
  const triggers = [
    ...(dead.length > 0 || overdue ? [clock] : []),
    ...(await pushes(local, feature)),
  ];
  const house = { ...local.house, policy: { ...local.house.policy, maxAutomaticRetries: 0 } };
  let current = feature;
  for (const trigger of triggers) {
    const conducted = await conduct(house, feature.issue, trigger);
    if (!conducted.ok) return conducted;
    current = conducted.value.feature;
  }
  return succeed(current);
}
