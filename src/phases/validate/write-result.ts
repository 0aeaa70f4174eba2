import { documentNames } from "../../documents/name-document.ts";
import { renderProjectContext } from "../../documents/render-project-context.ts";
import { renderValidationReport } from "../../documents/render-validation-report.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { ValidationReport } from "../../documents/schema-validation-report.ts";
import type { PhaseResult } from "../phase.ts";
import { writePlan } from "../write-plan.ts";
import { type Finding, numberClaims } from "./claim.ts";
import type { ConfirmedFinding } from "./confirm-findings.ts";
import type { ValidateFacts } from "./facts.ts";
import { readContext } from "./read-plan.ts";

export type Judged = {
  design: Design;
  /** Specs with every correction in place. */
  specs: readonly BuildSpec[];
  verdict: ValidationReport["verdict"];
  claims: readonly Finding[];
  findings: readonly ConfirmedFinding[];
  summary: string;
  changes: readonly string[];
  refused: readonly string[];
};

/** The outcome and documents of a validation. A refined plan only where the canonical plan really differs. */
export function writeResult(facts: ValidateFacts, judged: Judged): PhaseResult {
  const { design, specs, claims, verdict } = judged;
  const written = writePlan({ ...facts, design, specs, revision: facts.plan.revision + 1 });
  const isRefined = written.plan.hash !== facts.plan.hash;
  const report = documentNames.validation(facts.validations + 1);
  const count = (wanted: Finding["verdict"]): number =>
    claims.filter((claim) => claim.verdict === wanted).length;
  return {
    outcome: {
      kind: "validated",
      validated: facts.plan.hash,
      verdict,
      report,
      checked: count("true") + count("false"),
      unproven: count("unproven"),
      refuted: count("false"),
      refined: isRefined ? written.plan : null,
    },
    documents: {
      ...(isRefined ? written.documents : {}),
      [report]: renderValidationReport(writeReport(facts, judged)),
      [documentNames.context]: writeContext(facts, judged),
    },
  };
}

const writeReport = (facts: ValidateFacts, judged: Judged): ValidationReport => ({
  verdict: judged.verdict,
  summary: [judged.summary, ...judged.refused].join("\n\n"),
  planHash: facts.plan.hash,
  claims: numberClaims(judged.claims),
  findings: judged.findings.map(
    ({ aboutDirection: _direction, resolvedBy: _spec, ...finding }) => finding,
  ),
  changes: [...judged.changes],
  extraSections: [],
});

/** What the next phases should know; said once, however often the plan is validated. */
function writeContext(facts: ValidateFacts, judged: Judged): string {
  const context = readContext(facts.contextText);
  const discoveries = new Set([
    ...context.discoveries,
    ...judged.changes,
    ...judged.findings
      .filter(({ proven }) => proven)
      .map(({ title, evidence }) => {
        const place = evidence[0];
        return place === undefined ? title : `${title} (\`${place.path}:${place.startLine}\`)`;
      }),
    ...judged.claims
      .filter(({ verdict }) => verdict === "false")
      .map(({ text, source, note }) => `${source} is wrong that ${text}: ${note}`),
  ]);
  return renderProjectContext({ ...context, discoveries: [...discoveries] });
}
