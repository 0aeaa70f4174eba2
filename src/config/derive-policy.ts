import { createHash } from "node:crypto";
import { toMicros } from "../shared/money.ts";
import { type PhaseName, phases } from "../workflow/phase.ts";
import type { Policy } from "../workflow/policy.ts";
import type { Config } from "./schema.ts";

/**
 * The rules of the workflow that a configuration sets. Dollars become micro-dollars; a phase's tokens (for models
 * whose price is unknown) are the part of the issue's that its dollars are of the issue's dollars. `version` is a hash
 * of what an approver relies on, so that a change of it asks for a new approval. Models, prices and limits of time are not
 * in it, nor are budgets: they bind at every start, and raising one is how work goes on that ran out of money.
 */
export function derivePolicy(config: Config): Policy {
  const { approval, budget, review } = config;
  const rules = {
    label: config.label,
    approval: {
      roles: [...approval.roles],
      quorum: approval.quorum,
      requesterMayApprove: approval.requesterMayApprove,
      requireValidation: approval.requireValidation,
    },
    commandRoles: { ...config.commandRoles },
    review: { threshold: review.threshold, maxRounds: review.maxRounds },
  };
  return {
    ...rules,
    cap: { micros: toMicros(budget.issue), tokens: budget.tokens },
    allowance: byPhase((phase) => allowanceOf(config, phase)),
    version: hashOf({
      ...rules,
      weights: review.weights,
      commands: config.commands,
      paths: config.paths,
      isolation: config.isolation,
      documents: config.documents,
    }),
    leaseMinutes: config.limits.leaseMinutes,
    // A question is leased where it is put: nothing else starts an answer.
    automatic: { ...config.automatic, ask: false },
    maxAutomaticRetries: config.limits.automaticRetries,
  };
}

function allowanceOf(config: Config, phase: PhaseName): { micros: number; tokens: number } {
  const { issue, tokens, phases: usd } = config.budget;
  const share = issue > 0 ? Math.min(1, usd[phase] / issue) : 0;
  return { micros: toMicros(Math.min(usd[phase], issue)), tokens: Math.floor(tokens * share) };
}

const byPhase = <T>(value: (phase: PhaseName) => T): Record<PhaseName, T> => {
  const [design, validate, build, review, ask] = phases;
  return {
    design: value(design),
    validate: value(validate),
    build: value(build),
    review: value(review),
    ask: value(ask),
  };
};

const hashOf = (value: unknown): string =>
  createHash("sha256").update(canonical(value)).digest("hex");

/** JSON with sorted keys, so that the order in a file does not count. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
