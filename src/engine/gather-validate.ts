import { documentNames } from "../documents/name-document.ts";
import type { ValidateFacts } from "../phases/validate/facts.ts";
import { Stop } from "../shared/stop.ts";
import type { Lease } from "../workflow/phase.ts";
import { codebaseAt } from "./codebase-at.ts";
import { readRule, requestText, survey } from "./gather-common.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";

/** Everything a validation may know: the plan as posted, and the base commit it speaks of. */
export async function gatherValidate(
  house: House,
  feature: Feature,
  lease: Lease,
): Promise<ValidateFacts> {
  const { plan, validations } = feature.state;
  if (!plan)
    throw new Stop({ reason: "evidence-missing", detail: "There is no plan to validate." });
  const own = documentsOf(feature.documents, feature.state.selected);
  const specs = plan.specs.map((spec) => [spec.id, own[spec.document] ?? ""] as const);
  const codebase = await codebaseAt(house, plan.base);
  return {
    designText: own[documentNames.design] ?? "",
    specs: Object.fromEntries(specs),
    contextText: own[documentNames.context] ?? null,
    plan,
    snapshot: house.workspace.snapshot(plan.base),
    codebase,
    repository: await survey(house, codebase, requestText(feature)),
    validations: validations - 1,
    attempt: lease.attempt,
    constraints: await readRule(house, plan.base, house.config.documents.constraints),
    constraintsPath: house.config.documents.constraints,
    coaching: await readRule(house, plan.base, house.config.documents.coaching),
    base: plan.base,
    policyVersion: house.policy.version,
    validation: house.config.validation,
    requestText: requestText(feature),
  };
}
