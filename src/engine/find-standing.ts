import type { Forge } from "../forge/port.ts";
import type { State } from "../workflow/state.ts";
import type { Standing } from "../workflow/trigger.ts";

/**
 * Proves every live approval again from the person's own comment and their permission now (plan, section 4):
 * what the ledger says is never enough to start a build. A forge that cannot tell answers `none`.
 */
export async function findStanding(forge: Forge, issue: number, state: State): Promise<Standing[]> {
  const proofs = state.approvals.map(async (approval) => {
    const { comment, actorId, planHash } = approval;
    const answer = await forge.standing(issue, { comment, actorId, planHash });
    return { comment, actorId, ...answer };
  });
  return await Promise.all(proofs);
}
