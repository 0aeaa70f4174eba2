import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import { emptyReply } from "../../src/phases/validate/checks/reply.ts";

/** The one spec of the feature: a greeting that is made first, and made polite in the fix round. */
const spec: BuildSpec = {
  id: "BUILD_01",
  title: "Greet in a file",
  objective: "`hello.txt` greets whoever reads it, and says please.",
  context: [
    { pattern: "One sentence a file.", path: "README.md", line: 3, quote: "One sentence a file." },
  ],
  keyDecisions: [{ decision: "A file of its own.", reason: "That is how texts are kept here." }],
  invariants: ["README.md does not change."],
  failureModes: [{ failure: "The file is empty.", handling: "The command `unit` fails." }],
  scope: ["hello.txt"],
  outOfScope: ["Other languages."],
  files: [{ path: "hello.txt", action: "create", to: null, purpose: "The greeting.", edits: [] }],
  dependencies: [],
  steps: [
    {
      id: "S-1",
      title: "Write the greeting",
      details: "One line in `hello.txt`.",
      files: ["hello.txt"],
      checkpoint: "unit",
      mode: "judgement",
    },
  ],
  errorHandling: "Nothing can fail.",
  acceptance: [
    {
      ...{ id: "AC-1", level: "must", kind: "unit", verify: "unit", done: false },
      text: "`hello.txt` says hello.",
    },
    {
      ...{ id: "AC-2", level: "must", kind: "unit", verify: "polite", done: false },
      text: "`hello.txt` says please.",
    },
  ],
  tests: [
    {
      id: "T-1",
      scenario: "The file is read",
      input: "hello.txt",
      expected: "hello, please",
      edgeCases: [],
      criteria: ["AC-1", "AC-2"],
    },
  ],
  constraints: ["No tool is added."],
  risks: [{ risk: "Nobody reads it.", mitigation: "README.md says where it is." }],
  rollback: "Revert the branch.",
  parameters: { mode: "standard", testing: ["unit"] },
  dependsOn: [],
  extraSections: [],
};

export const design = {
  needsAnswers: false,
  questions: [],
  design: {
    title: "A greeting in a file",
    summary: "The repository gets a file that greets.",
    components: [{ name: "hello", responsibility: "Greets.", paths: ["hello.txt"] }],
    dataFlow: "flowchart LR\n  file[hello.txt] --> reader[reader]",
    interfaces: [],
    adrs: [],
    roadmap: [
      {
        ...{ id: "R-1", task: "Write the greeting.", dependsOn: [] },
        complexity: "simple",
        spec: "BUILD_01",
      },
    ],
    checklist: [{ item: "It greets", priority: "critical", done: false }],
    metrics: [{ metric: "Greeted readers", target: "all", measurement: "the command `unit`" }],
    risks: [],
    assumptions: [],
    openQuestions: [],
    outOfScope: [],
    extraSections: [],
  },
  specs: [spec],
};

/** The same plan, and a spec that a single comment of GitHub cannot hold. */
export const longDesign = {
  ...design,
  specs: [
    {
      ...spec,
      failureModes: Array.from({ length: 900 }, (_, index) => ({
        failure: `The greeting number ${index} is missing from the file of greetings.`,
        handling: `It is written again, as ${index} others were before, and nobody notices.`,
      })),
    },
  ],
};

/** What is asked before anything is designed. */
export const questions = {
  needsAnswers: true,
  questions: [
    {
      id: "Q-1",
      text: "Who is greeted?",
      decides: "the words",
      options: [
        { key: "a", text: "everybody" },
        { key: "b", text: "one reader" },
      ],
      default: "a",
    },
  ],
  design: null,
  specs: [],
};

/** Of every check and of the refinement: what one does not ask for is left aside. */
const validation = { ...emptyReply, specs: [], changes: [], resolved: [] };

const proof = (text: string) => [
  { kind: "command", path: "", startLine: 0, endLine: 0, text, scope: [] },
];
const level = (name: string) => ({ name, level: 4, note: "as its neighbours" });

/** The same words in every round: the commands alone decide. */
export const review = {
  summary: "The greeting is one line in a file of its own, as the spec asks.",
  criteria: [
    { id: "AC-1", verdict: "met", proofs: proof("unit"), note: "its command decides" },
    { id: "AC-2", verdict: "met", proofs: proof("polite"), note: "its command decides" },
  ],
  rubric: ["architecture", "style", "testing", "performance"].map(level),
  findings: [
    {
      severity: "minor",
      path: "hello.txt",
      line: 1,
      title: "A greeting could end in a full stop",
      detail: "Others do, @everybody knows.",
      criterion: null,
    },
  ],
};

/** The turns of a builder who writes the greeting. */
export const write = (content: string) => [
  { calls: [{ tool: "write", input: { file_path: "hello.txt", content } }] },
  { text: "The greeting is written." },
];

export const answer = {
  answer: "Texts are kept one sentence a file, at `README.md:3`.",
  evidence: [{ path: "README.md", startLine: 3, endLine: 3, quote: "One sentence a file." }],
  read: [],
  search: [],
};

/** What the scripted model answers, by file name, unless a test says otherwise. */
export const replies: Readonly<Record<string, unknown>> = {
  "design.json": design,
  "validate.json": validation,
  "build.BUILD_01.S-1.json": write("hello\n"),
  "build.BUILD_01.fix.json": write("hello, please\n"),
  "review.BUILD_01.json": review,
  "review.BUILD_01.again.json": { criteria: review.criteria },
  "ask.json": answer,
};
