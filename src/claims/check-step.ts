import { documentNames } from "../documents/name-document.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { ClaimRule, Statement } from "./claim-rule.ts";
import { isFalse, isTrue } from "./finding.ts";
import { span } from "./write-text.ts";

type StepStatement = Statement & { named: boolean };

/** The builder works step by step: a file that no step names is never touched. Only what is wrong is worth a line. */
export const stepRule: OpenRule<StepStatement> = {
  kind: "other",
  find: ({ specs }) =>
    specs.flatMap((spec) =>
      spec.files.map(({ path, to }) => ({
        source: documentNames.spec(spec.id),
        text: `a step changes ${span(path)}`,
        named: spec.steps.some((step) => step.files.some((file) => file === path || file === to)),
      })),
    ),
  check: async ({ named }) =>
    named ? null : isFalse("no step names it, so it would not be touched"),
};

type ScenarioStatement = Statement & { promised: readonly string[]; scenarios: number };

/** A spec that promises tested behaviour says how it is tested (seed 000, "Testing Strategy Absent"). */
export const scenarioRule: ClaimRule<ScenarioStatement> = {
  kind: "other",
  find: ({ specs }) =>
    specs.flatMap((spec) => {
      const tested = spec.acceptance.filter(({ kind }) =>
        ["unit", "integration", "e2e"].includes(kind),
      );
      if (tested.length === 0) return [];
      return [
        {
          source: documentNames.spec(spec.id),
          text: "the test specification says how the criteria are shown",
          promised: tested.map(({ id }) => id),
          scenarios: spec.tests.length,
        },
      ];
    }),
  check: async ({ promised, scenarios }) =>
    scenarios > 0 ? isTrue(null) : isFalse(`no scenario for ${promised.join(", ")}`),
};
