import { type BoundRule, bindRule } from "./bind-rule.ts";
import { commandRule } from "./check-command.ts";
import { dependencyRule } from "./check-dependency.ts";
import { fileExistsRule } from "./check-file-exists.ts";
import { fileNewRule } from "./check-file-new.ts";
import { quoteRule } from "./check-quote.ts";
import { signatureRule } from "./check-signature.ts";
import { scenarioRule, stepRule } from "./check-step.ts";
import { symbolRule } from "./check-symbol.ts";
import { patternRules } from "./pattern-rules.ts";

/** All kinds of claims, in the order of the report. */
export const rules: readonly BoundRule[] = [
  bindRule(fileExistsRule),
  bindRule(fileNewRule),
  bindRule(quoteRule),
  bindRule(symbolRule),
  bindRule(signatureRule),
  bindRule(dependencyRule),
  bindRule(commandRule),
  bindRule(stepRule),
  bindRule(scenarioRule),
  ...patternRules,
];
