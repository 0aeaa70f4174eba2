import type { BuildSpec } from "../documents/schema-build-spec.ts";
import { estimateCost } from "../phases/design/estimate-cost.ts";
import type { Estimate } from "../workflow/phase.ts";
import type { House } from "./house.ts";

/** What the rest of the way may cost, by the sizes of the files at the base commit and the price of each role's model. */
export async function estimateRest(
  house: House,
  base: string,
): Promise<(specs: readonly BuildSpec[]) => Estimate> {
  const sizes = new Map(
    (await house.workspace.snapshot(base).list()).map((f) => [f.path, f.bytes]),
  );
  return (specs) =>
    estimateCost(specs, {
      bytes: (path) => sizes.get(path) ?? null,
      price: (role, usage) => house.price(house.models(role).id, usage),
      maxRounds: house.policy.review.maxRounds,
    });
}
