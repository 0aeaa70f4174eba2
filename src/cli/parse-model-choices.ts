import type { ModelRole } from "../model/port.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

export type ModelChoice = Partial<Record<ModelRole, string>>;

const roles: readonly ModelRole[] = ["architect", "validator", "builder", "reviewer", "coach"];

/** `--model builder=ollama:qwen3 --model anthropic:claude-…`: of one role, or of all that are not named. */
export function parseModelChoices(choices: readonly string[]): Result<ModelChoice> {
  const chosen: ModelChoice = {};
  for (const choice of choices) {
    const match = /^(?:([a-z]+)=)?([\w-]+:.+)$/.exec(choice);
    const role = match?.[1];
    const model = match?.[2];
    if (!model || (role !== undefined && !roles.includes(role as ModelRole))) {
      const detail = `--model takes [ROLE=]PROVIDER:MODEL with a role of ${roles.join(", ")}, not "${choice}".`;
      return fail({ reason: "bad-usage", detail });
    }
    for (const one of role ? [role as ModelRole] : roles) {
      if (role || !chosen[one]) chosen[one] = model;
    }
  }
  return succeed(chosen);
}
