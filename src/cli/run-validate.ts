import type { HouseOptions } from "./open-local-house.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";

export type ValidateOptions = Omit<HouseOptions, "model"> & {
  issue?: string;
  spec?: string[];
  design?: string;
  commit?: string;
  /** False where `--no-model` was given. */
  model?: string[] | boolean;
  json: boolean;
  annotations: boolean;
};

/** `archwright validate`: a step of a feature, or specs alone. What is missing for either is said. */
export async function runValidate(options: ValidateOptions): Promise<number> {
  const { issue, spec = [], model, ...rest } = options;
  const refuse = (detail: string): number =>
    reportFailure(openTerminal(), { reason: "bad-usage", detail });
  if (issue !== undefined && spec.length > 0)
    return refuse("Give --issue for the plan of a feature, or --spec for specs alone, not both.");
  if (spec.length > 0) {
    if (Array.isArray(model))
      return refuse(
        "With --spec no model is asked: leave --model out, or carry a feature with --issue.",
      );
    const { validateSpec } = await import("./validate-spec.ts");
    return await validateSpec({ ...rest, spec });
  }
  const alone = Object.entries({
    "--design": rest.design !== undefined,
    "--commit": rest.commit !== undefined,
    "--json": rest.json,
    "--annotations": rest.annotations,
    "--no-model": model === false,
  }).flatMap(([name, given]) => (given ? [name] : []));
  if (issue === undefined)
    return refuse(
      "Nothing says what to check: --issue names a feature with its plan, --spec FILE a BUILD spec alone.",
    );
  if (alone.length > 0) return refuse(`${alone.join(", ")} goes with --spec, not with --issue.`);
  const { runStep } = await import("./run-step.ts");
  const { json: _json, annotations: _annotations, ...house } = rest;
  const models = Array.isArray(model) ? { model } : {};
  return await runStep("/validate", { ...house, ...models, issue });
}
