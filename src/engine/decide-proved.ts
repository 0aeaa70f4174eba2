import { type Decision, decide } from "../workflow/decide.ts";
import type { Standing, Trigger } from "../workflow/trigger.ts";
import { findStanding } from "./find-standing.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";

/**
 * Decides a trigger, with every live approval proved again at this moment where the decision asks after proofs. Most do not, and
 * a proof costs calls: so it is decided without any first, and whatever asks for one is decided anew with all of them.
 */
export async function decideProved(
  { forge, policy }: Pick<House, "forge" | "policy">,
  { issue, state }: Pick<Feature, "issue" | "state">,
  trigger: Trigger,
): Promise<Decision> {
  let asked = false;
  const unproved: Trigger = {
    ...trigger,
    get standing(): readonly Standing[] {
      asked = true;
      return [];
    },
  };
  const decision = decide(state, unproved, policy);
  if (!asked) return decision;
  const standing = await findStanding(forge, issue, state);
  return decide(state, { ...trigger, standing }, policy);
}
