import type { PlanDocuments } from "../../src/claims/claim-rule.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";
import { parseDesign } from "../../src/documents/parse-design.ts";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { renderDesign } from "../../src/documents/render-design.ts";
import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import type { Design } from "../../src/documents/schema-design.ts";
import type { Random } from "./random.ts";

/** What a case adds to a plan that says nothing else of the code. */
export type Said = {
  /** A sentence, put where designs say such things. */
  sentence?: string;
  fence?: { lead: string; language: string; text: string };
  spec?: Partial<BuildSpec>;
  design?: Partial<Design>;
  /** Only a design, without a spec. */
  alone?: boolean;
};

const plainSpec: BuildSpec = {
  id: "BUILD_01",
  title: "Go on as asked",
  objective: "What was asked for holds.",
  context: [],
  keyDecisions: [],
  invariants: [],
  failureModes: [],
  scope: ["What was asked for"],
  outOfScope: [],
  files: [],
  dependencies: [],
  steps: [
    {
      id: "S-1",
      title: "Do it",
      details: "Carefully.",
      files: [],
      checkpoint: "none",
      mode: "judgement",
    },
  ],
  errorHandling: "",
  acceptance: [
    { id: "AC-1", level: "must", kind: "inspection", text: "It holds", verify: null, done: false },
  ],
  tests: [
    {
      id: "T-1",
      scenario: "It is asked for",
      input: "a request",
      expected: "it holds",
      edgeCases: [],
      criteria: ["AC-1"],
    },
  ],
  constraints: [],
  risks: [],
  rollback: "",
  parameters: { mode: "standard", testing: ["unit"] },
  dependsOn: [],
  extraSections: [],
};

const plainDesign: Design = {
  title: "What was asked for",
  summary: "What was asked for will hold.",
  components: [],
  dataFlow: "",
  interfaces: [],
  adrs: [],
  roadmap: [],
  checklist: [],
  metrics: [],
  risks: [],
  assumptions: [],
  openQuestions: [],
  outOfScope: [],
  extraSections: [],
};

const decision = (text: string) => ({
  id: "ADR-001",
  title: "How it is done",
  status: "accepted" as const,
  context: text,
  decision: "So it is.",
  alternatives: [],
  consequences: [],
});

type Put = (text: string) => Said;
const inSpec: readonly Put[] = [
  (text) => ({ spec: { objective: text } }),
  (text) => ({ spec: { keyDecisions: [{ decision: "Go on", reason: text }] } }),
  (text) => ({ spec: { invariants: [text] } }),
  (text) => ({ spec: { constraints: [text] } }),
  (text) => ({ spec: { steps: plainSpec.steps.map((step) => ({ ...step, details: text })) } }),
  (text) => ({ spec: { errorHandling: text } }),
];
const inDesign: readonly Put[] = [
  (text) => ({ design: { summary: text } }),
  (text) => ({ design: { assumptions: [text] } }),
  (text) => ({ design: { adrs: [decision(text)] } }),
];

const fenceOf = ({ lead, language, text }: NonNullable<Said["fence"]>): string =>
  `${lead}\n\n\`\`\`${language}\n${text}\n\`\`\``;

/** The plan as the ledger would hold it: rendered and parsed. */
export function planWith(said: Said, random: Random): PlanDocuments {
  const put: Said =
    said.sentence !== undefined
      ? random.pick([...inSpec, ...inDesign])(said.sentence)
      : said.fence !== undefined
        ? random.pick([inSpec[0], inSpec[4], inDesign[0], inDesign[2]] as Put[])(
            fenceOf(said.fence),
          )
        : {};
  const merged = { ...plainSpec, ...put.spec, ...said.spec };
  const files = merged.files.map(({ path }) => path);
  const spec = { ...merged, steps: merged.steps.map((step) => ({ ...step, files })) };
  const design = put.design ?? said.design;
  return {
    design:
      design === undefined ? null : passDesign({ ...plainDesign, ...put.design, ...said.design }),
    specs: said.alone === true ? [] : [passSpec(spec)],
  };
}

function passSpec(spec: BuildSpec): BuildSpec {
  const parsed = parseBuildSpec(renderBuildSpec(spec));
  if (!parsed.ok)
    throw new Error(
      `a spec of this bench cannot be read: ${JSON.stringify(parsed.faults)}\n${renderBuildSpec(spec)}`,
    );
  return parsed.value;
}

function passDesign(design: Design): Design {
  const parsed = parseDesign(renderDesign(design));
  if (!parsed.ok)
    throw new Error(`a design of this bench cannot be read: ${JSON.stringify(parsed.faults)}`);
  return parsed.value;
}

/** A file of a spec; its step names it too. */
export const fileOf = (
  path: string,
  action: "create" | "modify",
  purpose: string,
): Partial<BuildSpec> => ({
  files: [{ path, action, to: null, purpose, edits: [] }],
});
