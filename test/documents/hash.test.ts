import { describe, expect, test } from "@jest/globals";
import { hashBuildSpec } from "../../src/documents/hash-build-spec.ts";
import { hashPlan } from "../../src/documents/hash-plan.ts";
import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import type { Design } from "../../src/documents/schema-design.ts";
import { sampleBuildSpec } from "./sample-build-spec.ts";

type Change = [string, (spec: BuildSpec) => unknown];

const layout: Change[] = [
  [
    "done",
    (spec) =>
      spec.acceptance.forEach((each) => {
        each.done = !each.done;
      }),
  ],
  ["order of scope", (spec) => spec.scope.reverse()],
  ["order of constraints", (spec) => spec.constraints.reverse()],
  ["order of criteria", (spec) => spec.acceptance.reverse()],
  ["order of testing", (spec) => spec.parameters.testing.reverse()],
  ["order of a step's files", (spec) => spec.steps[1]?.files.reverse()],
  [
    "bullet marks in prose",
    (spec) => {
      spec.objective = spec.objective.replaceAll("- ", "* ");
    },
  ],
  [
    "wrapped prose",
    (spec) => {
      spec.objective = spec.objective.replace("command prints", "command\nprints");
    },
  ],
  [
    "trailing spaces and CRLF in prose",
    (spec) => {
      spec.objective = spec.objective.replaceAll("\n", "  \r\n");
    },
  ],
  [
    "white space around a text",
    (spec) => {
      spec.title = ` ${spec.title}\n`;
    },
  ],
];

const meaning: Change[] = [
  [
    "a word of the title",
    (spec) => {
      spec.title = spec.title.replace("JSON", "YAML");
    },
  ],
  [
    "a word of prose",
    (spec) => {
      spec.objective = spec.objective.replace("JSON", "YAML");
    },
  ],
  [
    "a bullet in prose taken away",
    (spec) => {
      spec.objective = spec.objective.replace("\n- sorted by path", "");
    },
  ],
  [
    "order of bullets in prose",
    (spec) => {
      spec.objective = "- sorted by path\n- one object a file";
    },
  ],
  [
    "code in prose",
    (spec) => {
      spec.objective += "\n\n```\na  b\n```";
    },
  ],
  ["scope", (spec) => spec.scope.push("More")],
  ["a scope twice", (spec) => spec.scope.push(spec.scope[0] ?? "")],
  ["scope moved out of scope", (spec) => spec.outOfScope.push(spec.scope.pop() ?? "")],
  [
    "level of a criterion",
    (spec) => {
      if (spec.acceptance[0]) spec.acceptance[0].level = "should";
    },
  ],
  [
    "verify of a criterion",
    (spec) => {
      if (spec.acceptance[0]) spec.acceptance[0].verify = null;
    },
  ],
  ["order of steps", (spec) => spec.steps.reverse()],
  [
    "checkpoint of a step",
    (spec) => {
      if (spec.steps[0]) spec.steps[0].checkpoint = "none";
    },
  ],
  [
    "one character of an edit",
    (spec) => {
      if (spec.files[0]?.edits[0]) spec.files[0].edits[0].after += " ";
    },
  ],
  [
    "path of a file",
    (spec) => {
      if (spec.files[0]) spec.files[0].path = "src/x.ts";
    },
  ],
  ["order of files", (spec) => spec.files.reverse()],
  [
    "mode",
    (spec) => {
      spec.parameters.mode = "careful";
    },
  ],
  [
    "extra section",
    (spec) => {
      spec.extraSections = [];
    },
  ],
  [
    "what it depends on",
    (spec) => {
      spec.dependsOn = [];
    },
  ],
];

const apply = (change: (spec: BuildSpec) => unknown): BuildSpec => {
  const spec = structuredClone(sampleBuildSpec);
  change(spec);
  expect(spec).not.toEqual(sampleBuildSpec);
  return spec;
};

describe("hash of a spec", () => {
  const hash = hashBuildSpec(sampleBuildSpec);
  test("is sha-256 in hex", () => expect(hash).toMatch(/^[0-9a-f]{64}$/));
  test.each(layout)("does not change with %s", (_, change) => {
    expect(hashBuildSpec(apply(change))).toBe(hash);
  });
  test.each(meaning)("changes with %s", (_, change) => {
    expect(hashBuildSpec(apply(change))).not.toBe(hash);
  });
  test("no two changes of meaning have one hash", () => {
    const hashes = meaning.map(([, change]) => hashBuildSpec(apply(change)));
    expect(new Set(hashes).size).toBe(meaning.length);
  });
  test("a long list hashes the same however it is spaced", () => {
    const bullets = Array.from({ length: 400 }, (_, index) => `- item ${index} of the long list`);
    const tight = { ...sampleBuildSpec, objective: bullets.join("\n") };
    const loose = { ...sampleBuildSpec, objective: `${"\n"}${bullets.join("\n\n")}` };
    expect(hashBuildSpec(loose)).toBe(hashBuildSpec(tight));
  });
});

describe("hash of a plan", () => {
  const design: Design = {
    title: "Reports",
    summary: "JSON",
    components: [],
    dataFlow: "",
    interfaces: [],
    adrs: [],
    roadmap: [],
    checklist: [{ item: "keep the default", priority: "critical", done: false }],
    metrics: [],
    risks: [],
    assumptions: ["a", "b"],
    openQuestions: [],
    outOfScope: [],
    extraSections: [],
  };
  const other = { ...sampleBuildSpec, id: "BUILD_03" };
  const plan = { design, specs: [sampleBuildSpec, other], base: "abc", policyVersion: "1" };
  const hash = hashPlan(plan);

  test.each([
    ["order of specs", { ...plan, specs: [other, sampleBuildSpec] }],
    ["order of assumptions", { ...plan, design: { ...design, assumptions: ["b", "a"] } }],
    [
      "progress of the checklist",
      {
        ...plan,
        design: { ...design, checklist: design.checklist.map((each) => ({ ...each, done: true })) },
      },
    ],
  ])("does not change with %s", (_, changed) => expect(hashPlan(changed)).toBe(hash));

  test.each([
    ["base", { ...plan, base: "abd" }],
    ["policy", { ...plan, policyVersion: "2" }],
    ["a spec less", { ...plan, specs: [sampleBuildSpec] }],
    ["design", { ...plan, design: { ...design, summary: "YAML" } }],
    ["open question", { ...plan, design: { ...design, openQuestions: ["a"] } }],
  ])("changes with %s", (_, changed) => expect(hashPlan(changed)).not.toBe(hash));
});
