import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import type { Design } from "../../src/documents/schema-design.ts";
import { emptySpec } from "./stage.ts";

/** A plan for the platform of the pattern's worked example (seed 000), right in every claim. */
export const consumptionDesign: Design = {
  title: "Consumption signals",
  summary: "Consumption becomes one more source of signals; `BaseCollector` is extended.",
  components: [
    {
      name: "collector",
      responsibility: "reads usage",
      paths: ["collectors/consumption.py", "collectors/base.py"],
    },
  ],
  dataFlow: "flowchart LR\n  provider --> collector --> signals",
  interfaces: [
    {
      name: "ConsumptionCollector",
      signature: "class ConsumptionCollector(BaseCollector)",
      description: "collects usage",
    },
  ],
  adrs: [
    {
      id: "ADR-001",
      title: "Extend the base class",
      status: "proposed",
      context: "Collectors share a base.",
      decision: "Extend `BaseCollector` of `collectors/base.py`.",
      alternatives: [{ option: "a new hierarchy", why: "two ways to do one thing" }],
      consequences: ["one more subclass"],
    },
  ],
  roadmap: [
    { id: "R-1", task: "collector", dependsOn: [], complexity: "simple", spec: "BUILD_01" },
  ],
  checklist: [{ item: "collector", priority: "critical", done: false }],
  metrics: [],
  risks: [
    {
      id: "RISK-1",
      risk: "late data",
      probability: "medium",
      impact: "low",
      mitigation: "look back 48 hours",
      owner: null,
    },
  ],
  assumptions: ["the provider reports within 3 hours"],
  openQuestions: [],
  outOfScope: ["streaming"],
  extraSections: [],
};

export const consumptionSpec: BuildSpec = {
  ...emptySpec,
  title: "Collect consumption",
  objective: "A `ConsumptionCollector` gathers usage as signals.",
  context: [
    {
      pattern: "extend the base class",
      path: "collectors/base.py",
      line: 5,
      quote: "class BaseCollector(ABC):",
    },
    {
      pattern: "store in the one table",
      path: "schema.sql",
      line: 2,
      quote: "CREATE TABLE signals (",
    },
  ],
  keyDecisions: [{ decision: "no new table", reason: "`signals` holds it" }],
  scope: ["the collector"],
  files: [
    {
      path: "collectors/consumption.py",
      action: "create",
      to: null,
      purpose: "collector",
      edits: [],
    },
    { path: "tests/test_consumption.py", action: "create", to: null, purpose: "tests", edits: [] },
    {
      path: "README.md",
      action: "modify",
      to: null,
      purpose: "name the source",
      edits: [
        { before: "from many sources.", after: "from many sources, consumption among them." },
      ],
    },
  ],
  steps: [
    {
      id: "S-1",
      title: "collector",
      details: "Write it and its tests.",
      files: ["collectors/consumption.py", "tests/test_consumption.py"],
      checkpoint: "unit",
      mode: "judgement",
    },
    {
      id: "S-2",
      title: "readme",
      details: "",
      files: ["README.md"],
      checkpoint: "all",
      mode: "mechanical",
    },
  ],
  acceptance: [
    {
      id: "AC-1",
      level: "must",
      kind: "unit",
      text: "usage becomes signals",
      verify: "unit",
      done: false,
    },
    {
      id: "AC-2",
      level: "should",
      kind: "absence",
      text: "no new table",
      verify: null,
      done: false,
    },
  ],
  tests: [
    {
      id: "T-1",
      scenario: "usage of a day",
      input: "one row",
      expected: "one signal",
      edgeCases: ["no mapping"],
      criteria: ["AC-1"],
    },
  ],
  rollback: "Remove the collector.",
};
