import { hashPlan } from "../documents/hash-plan.ts";
import { documentNames } from "../documents/name-document.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import { Stop } from "../shared/stop.ts";
import { readDocument } from "./gather-common.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";

/**
 * Proves again that the documents of the ledger are those of the plan in force, because what people approved is its
 * hash: a document that was swapped by hand is not what they read. Throws `plan-altered`.
 */
export function checkPlan(feature: Feature): void {
  const { plan, selected } = feature.state;
  if (!plan) return;
  const own = documentsOf(feature.documents, selected);
  const design = readDocument(own, documentNames.design, parseDesign);
  const specs = plan.specs.map(({ document }) => readDocument(own, document, parseBuildSpec));
  const { base, policyVersion } = plan;
  // The phases find a spec by its id: what the event calls its document or its id must be the very same.
  const named = plan.specs.every(
    ({ id, document }, index) => document === documentNames.spec(id) && specs[index]?.id === id,
  );
  if (named && hashPlan({ design, specs, base, policyVersion }) === plan.hash) return;
  throw new Stop({ reason: "plan-altered", issue: feature.issue, hash: plan.hash });
}
