import { redact } from "../../shared/redact.ts";
import { checkIdentities } from "./check-identities.ts";
import { checkCheckpoints, checkIsolation, checkModels, checkPrices } from "./check-models.ts";
import {
  checkActionsEnabled,
  checkLabels,
  checkPullRequestsByActions,
  checkSecret,
} from "./check-settings.ts";
import { checkToken } from "./check-token.ts";
import { checkBranchRules, checkWorkflow } from "./check-workflow.ts";
import { type Check, type Finding, type Patient, unknown } from "./finding.ts";

/** Every check, in the order of the lines. */
const checks: readonly Check[] = [
  checkToken,
  checkActionsEnabled,
  checkWorkflow,
  checkPullRequestsByActions,
  checkBranchRules,
  checkLabels,
  checkSecret,
  checkModels,
  checkPrices,
  checkCheckpoints,
  checkIsolation,
  checkIdentities,
];

/** Looks at everything that a feature will need. A check that breaks is a line too, so that the others are still seen. */
export async function runDoctor(patient: Patient): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      try {
        return await check(patient);
      } catch (error) {
        const detail = redact((error as Error).message ?? String(error)).slice(0, 300);
        const about = check.name.replace(/^check/, "").toLowerCase();
        return [
          unknown(
            about,
            `This could not be checked: ${detail}`,
            "It is a fault of the program; please report it.",
          ),
        ];
      }
    }),
  );
  return found.flat();
}

/** True when nothing stands in the way; what is weak or cannot be seen does not. */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  findings.every(({ state }) => state !== "wrong");
