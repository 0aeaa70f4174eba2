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
  if (hashPlan({ design, specs, base, policyVersion }) === plan.hash) return;
  throw new Stop({ reason: "plan-altered", issue: feature.issue, hash: plan.hash });
}
