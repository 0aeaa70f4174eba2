import type { BoundRule } from "./bind-rule.ts";
import type { Ground, PlanDocuments } from "./claim-rule.ts";
import type { Finding } from "./finding.ts";
import { rules } from "./rules.ts";

/**
 * Everything a program can say of a plan without a model: the claims of every rule, in the order of the rules and then of the
 * documents. What two places say alike is one claim that names both documents. The caller numbers them.
 */
export async function checkPlanClaims(
  plan: PlanDocuments,
  ground: Ground,
  chosen: readonly BoundRule[] = rules,
): Promise<Finding[]> {
  const found = await Promise.all(chosen.map((rule) => rule(plan, ground)));
  return mergeFindings(found.flat());
}

/** Where judgements differ, the words were the same but what they were said of was not: such claims stay apart. */
function mergeFindings(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { kind, text, verdict, note } = finding;
    const key = JSON.stringify([kind, text, verdict, note]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, finding);
    else if (!known.source.split(", ").includes(finding.source))
      merged.set(key, { ...known, source: `${known.source}, ${finding.source}` });
  }
  return [...merged.values()];
}
