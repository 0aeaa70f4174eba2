import type { Design } from "../../src/documents/schema-design.ts";
import type { Lessons } from "../../src/documents/schema-lessons.ts";
import type { ProjectContext } from "../../src/documents/schema-project-context.ts";
import type { ReviewReport } from "../../src/documents/schema-review-report.ts";
import type { ValidationReport } from "../../src/documents/schema-validation-report.ts";

const evidence = { path: "src/a.ts", startLine: 1, endLine: 2, quote: "const a = 1;\n" };

const design: Design = {
  title: "Reports as JSON",
  summary: "One command, two formats.",
  components: [{ name: "Report", responsibility: "prints", paths: ["src/report.ts"] }],
  dataFlow: "flowchart LR\n  files --> report",
  interfaces: [
    { name: "report", signature: "report(files: string[]): string", description: "prints" },
  ],
  adrs: [
    {
      id: "ADR-001",
      title: "One command",
      status: "accepted",
      context: "Two are confusing.",
      decision: "One with `--json`.",
      alternatives: [{ option: "Two commands", why: "two places to look" }],
      consequences: ["One more option"],
    },
  ],
  roadmap: [
    { id: "R-1", task: "Print", dependsOn: [], complexity: "simple", spec: "BUILD_01" },
    { id: "R-2", task: "Document", dependsOn: ["R-1"], complexity: "medium", spec: "" },
  ],
  checklist: [{ item: "default stays", priority: "critical", done: false }],
  metrics: [{ metric: "Start-up", target: "< 100 ms", measurement: "bench" }],
  risks: [
    {
      id: "RISK-1",
      risk: "a | b",
      probability: "low",
      impact: "critical",
      mitigation: "keep",
      owner: null,
    },
  ],
  assumptions: ["Node 24"],
  openQuestions: ["YAML too?"],
  outOfScope: ["Other commands"],
  extraSections: [{ heading: "Budget", body: "Small." }],
};

const validationReport: ValidationReport = {
  verdict: "needs-refinement",
  summary: "One path is wrong.",
  planHash: "0f0f",
  gaps: [
    {
      lens: "safeguards",
      severity: "minor",
      source: "BUILD_01.md",
      line: 40,
      text: "no way back is said",
    },
  ],
  checks: [
    {
      name: "patterns",
      state: "done",
      tier: "medium",
      model: "local:middle",
      micros: 1200,
      escalated: ["small, `local:tiny`: it refused"],
      note: "",
    },
    {
      name: "risk",
      state: "skipped",
      tier: null,
      model: null,
      micros: null,
      escalated: [],
      note: "no model is asked here",
    },
  ],
  claims: [
    {
      id: "C-1",
      kind: "quote",
      text: "says a",
      source: "BUILD_01.md",
      verdict: "true",
      evidence,
      note: "",
    },
    {
      id: "C-2",
      kind: "command",
      text: "npm test",
      source: "BUILD_01.md",
      verdict: "false",
      evidence: null,
      note: "no",
    },
  ],
  findings: [
    {
      id: "F-1",
      severity: "major",
      title: "The path moved",
      detail: "It is elsewhere.",
      suggestion: "Name the new one.",
      evidence: [evidence, evidence],
      proven: true,
      check: "patterns",
      sure: false,
    },
  ],
  changes: ["The path"],
  mended: [{ text: "`src/b.ts` is new", source: "BUILD_01.md", note: "it exists already" }],
  difference: "BUILD_01.md\n-old\n+new",
  blastRadius: "Two files import it.",
  extraSections: [],
};

const reviewReport: ReviewReport = {
  spec: "BUILD_01",
  attempt: 1,
  round: 0,
  base: "aaa",
  head: "bbb",
  score: 77,
  threshold: 90,
  verdict: "changes-requested",
  summary: "Nearly.",
  criteria: [
    {
      id: "AC-1",
      level: "must",
      text: "prints JSON",
      verdict: "met",
      proofs: [
        {
          kind: "quote",
          path: "src/a.ts",
          startLine: 1,
          endLine: 2,
          text: "a",
          confirmed: true,
          note: "",
        },
        {
          kind: "command",
          path: "",
          startLine: 0,
          endLine: 0,
          text: "unit",
          confirmed: false,
          note: "red",
        },
      ],
      note: "",
    },
  ],
  acceptancePoints: 52.5,
  acceptanceWeight: 60,
  rubric: [{ name: "style", level: 3, weight: 10, points: 7.5, note: "fine" }],
  gates: [{ gate: "unread-file", cap: 89, detail: "src/b.ts" }],
  findings: [
    {
      id: "F-1",
      severity: "minor",
      path: "src/a.ts",
      line: 3,
      title: "Name",
      detail: "Say more.",
      criterion: "AC-1",
    },
    {
      id: "F-2",
      severity: "critical",
      path: null,
      line: null,
      title: "Lost",
      detail: "",
      criterion: null,
    },
  ],
  checkpoints: [{ name: "unit", command: "npm test", passed: false, seconds: 3.25 }],
  filesRead: ["src/a.ts"],
  filesUnread: ["src/b.ts"],
  extraSections: [],
};

const lessons: Lessons = {
  lessons: [{ id: "L-1", lesson: "Close files", kind: "coaching", provenance: "review-01-1.md" }],
  extraSections: [],
};

const projectContext: ProjectContext = {
  decisions: ["One command"],
  discoveries: ["The site reads it too"],
  notes: ["Shared writer"],
  deviations: [
    {
      spec: "BUILD_01",
      step: "S-2",
      what: "Changed the reader",
      why: "shared type",
      paths: ["src/read.ts"],
    },
  ],
  lessons: ["Run everything"],
  extraSections: [],
};

export const sampleDocuments = { design, validationReport, reviewReport, lessons, projectContext };
