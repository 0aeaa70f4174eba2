import { Stop } from "../shared/stop.ts";
import { countStanding } from "../workflow/approvals.ts";
import { findStanding } from "./find-standing.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";

/**
 * Proves the approvals once more where the build begins: between taking the lease and running it a comment may have been
 * edited or deleted, or its author may have lost the role. Throws `approval-lost`.
 */
export async function checkStillApproved(house: House, feature: Feature): Promise<void> {
  const standing = await findStanding(house.forge, feature.issue, feature.state);
  const have = countStanding(feature.state, standing, house.policy);
  const needs = Math.max(1, house.policy.approval.quorum);
  if (have < needs) throw new Stop({ reason: "approval-lost", have, needs });
}
