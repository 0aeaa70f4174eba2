import { documentNames } from "../documents/name-document.ts";
import { parseValidationReport } from "../documents/parse-validation-report.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { PhaseOutcome } from "../workflow/phase.ts";
import { checkPlanned } from "./check-planned.ts";
import { type HandOverFacts, refuse } from "./hand-over-facts.ts";

type Validated = Extract<PhaseOutcome, { kind: "validated" }>;

/** What the outcome counts is counted again from the report. */
export async function checkValidated(
  facts: HandOverFacts,
  outcome: Validated,
): Promise<Result<void>> {
  const { feature, handOver } = facts;
  const name = documentNames.validation(feature.state.validations);
  if (outcome.report !== name) return refuse(`the report must be called ${name}`, outcome.report);
  const parsed = parseValidationReport(handOver.documents[name] ?? "");
  if (!parsed.ok) {
    const [first] = parsed.faults;
    return refuse(`line ${first?.line ?? 1}: ${first?.message ?? "it does not parse"}`, name);
  }
  const { claims, verdict, planHash } = parsed.value;
  const count = (wanted: string): number =>
    claims.filter((claim) => claim.verdict === wanted).length;
  const counted = {
    checked: count("true") + count("false"),
    unproven: count("unproven"),
    refuted: count("false"),
  };
  const { checked, unproven, refuted } = outcome;
  const same =
    verdict === outcome.verdict &&
    planHash === outcome.validated &&
    checked === counted.checked &&
    unproven === counted.unproven &&
    refuted === counted.refuted;
  if (!same) return refuse("the outcome is not what the report says", name);
  const others = [name, documentNames.context];
  if (outcome.refined) return await checkPlanned(facts, outcome.refined, others);
  const other = Object.keys(handOver.documents).find((each) => !others.includes(each));
  return other === undefined ? succeed(undefined) : refuse("no such document is expected", other);
}
