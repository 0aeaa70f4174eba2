import { documentNames } from "../../documents/name-document.ts";
import { renderProjectContext } from "../../documents/render-project-context.ts";
import { renderValidationReport } from "../../documents/render-validation-report.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";
import type { PhaseResult } from "../phase.ts";
import { writePlan } from "../write-plan.ts";
import type { CheckResult } from "./checks/run-checks.ts";
import type { ValidateFacts } from "./facts.ts";
import { readContext } from "./read-plan.ts";
import { renderDifference } from "./render-difference.ts";
import { type Found, writeReport } from "./write-report.ts";

export type Judged = Found & {
  design: Design;
  /** Specs with every correction in place. */
  specs: readonly BuildSpec[];
  results: readonly CheckResult[];
};

/** The outcome and documents of a validation. A refined plan only where the canonical plan really differs. */
export function writeResult(facts: ValidateFacts, judged: Judged): PhaseResult {
  const { design, specs, claims, verdict } = judged;
  const written = writePlan({ ...facts, design, specs, revision: facts.plan.revision + 1 });
  const isRefined = written.plan.hash !== facts.plan.hash;
  const difference = isRefined ? renderDifference(formerOf(facts), written.documents) : "";
  const report = documentNames.validation(facts.validations + 1);
  const count = (wanted: Claim["verdict"]): number =>
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
      [report]: renderValidationReport(
        writeReport({ ...judged, planHash: facts.plan.hash, difference }),
      ),
      [documentNames.context]: writeContext(facts, judged),
    },
  };
}

/** The specs as they were posted, by their names in the ledger. */
const formerOf = ({ specs }: ValidateFacts): Record<string, string> =>
  Object.fromEntries(Object.entries(specs).map(([id, text]) => [documentNames.spec(id), text]));

/** What the next phases should know; said once, however often the plan is validated. */
function writeContext(facts: ValidateFacts, judged: Judged): string {
  const context = readContext(facts.contextText);
  const discoveries = new Set([
    ...context.discoveries,
    ...judged.changes,
    ...listKnown(judged.results),
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

/** Integration points, patterns, what to reuse and risks, as the checks found them and code read them again. */
const listKnown = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ reply }) => {
    if (reply === null) return [];
    const at = (how: string, places: typeof reply.follow): string[] =>
      places.map(({ what, path, line }) => `${how} \`${path}:${line}\`: ${what}`);
    return [
      ...at("Integration point", reply.integrationPoints),
      ...at("Pattern to follow", reply.follow),
      ...at("To reuse", reply.reuse),
      ...reply.risks.map(({ risk, mitigation }) => `Risk: ${risk}. ${mitigation}`),
      ...(reply.rollback.trim() === "" ? [] : [`Way back: ${reply.rollback.replace(/\s+/g, " ")}`]),
    ];
  });
