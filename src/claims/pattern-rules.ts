import { type BoundRule, bindRule } from "./bind-rule.ts";
import { baseClassRule } from "./check-base-class.ts";
import { configKeyRule } from "./check-config-key.ts";
import { environmentRule } from "./check-environment.ts";
import { routeRule } from "./check-route.ts";
import { tableRule } from "./check-table.ts";
import { testPathRule } from "./check-test-path.ts";
import { testStrategyRule } from "./check-test-strategy.ts";
import { twinDependencyRule } from "./check-twin-dependency.ts";
import { twinModuleRule } from "./check-twin-module.ts";
import { twinSymbolRule } from "./check-twin-symbol.ts";
import { twinTableRule } from "./check-twin-table.ts";

/** Claims of how the code is built: its bases, tables, routes, settings and tests, and that nothing is made a second time. */
export const patternRules: readonly BoundRule[] = [
  bindRule(baseClassRule),
  bindRule(tableRule),
  bindRule(routeRule),
  bindRule(configKeyRule),
  bindRule(environmentRule),
  bindRule(testPathRule),
  bindRule(testStrategyRule),
  bindRule(twinSymbolRule),
  bindRule(twinTableRule),
  bindRule(twinModuleRule),
  bindRule(twinDependencyRule),
];
