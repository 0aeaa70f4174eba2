import type { Reconciled } from "../forge/port.ts";
import type { Result } from "../shared/result.ts";
import { renderView } from "../view/render-view.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";

/** Makes the thread show a feature as its ledger tells it. Showing it again changes nothing. */
export async function showFeature(house: House, feature: Feature): Promise<Result<Reconciled>> {
  const { events, documents, state, issue } = feature;
  return await house.forge.reconcile(
    renderView({ issue, state, events, documents, policy: house.policy }),
  );
}
