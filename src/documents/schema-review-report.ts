import { z } from "zod";
import { extraSectionSchema, prose, text } from "./schema-common.ts";
import { severitySchema } from "./schema-validation-report.ts";

/** What decided a criterion. `confirmed` is code's word: the quote was re-read, the command was run, the query was made. */
export const proofSchema = z.object({
  kind: z.enum(["quote", "command", "absence"]),
  path: z.string().describe("file of a quote; empty otherwise"),
  startLine: z.int().describe("0 where there is none"),
  endLine: z.int(),
  text: z.string().describe("the quote; the command's name; the pattern of an absence query"),
  confirmed: z.boolean(),
  note: z.string().describe("why it was or was not confirmed"),
});
export type Proof = z.infer<typeof proofSchema>;

export const criterionVerdictSchema = z.object({
  id: z.string(),
  level: z.enum(["must", "should"]),
  text,
  verdict: z.enum(["met", "partly", "unmet", "unproven"]),
  proofs: z.array(proofSchema),
  note: z.string(),
});
export type CriterionVerdict = z.infer<typeof criterionVerdictSchema>;

export const rubricNames = ["architecture", "style", "testing", "performance"] as const;
export const rubricEntrySchema = z.object({
  name: z.enum(rubricNames),
  level: z.int().describe("0 to 4"),
  weight: z.int(),
  points: z.number(),
  note: z.string(),
});

export const gateSchema = z.object({
  gate: z.enum([
    "red-checkpoint",
    "must-not-met",
    "out-of-scope-file",
    "broken-constraint",
    "unread-file",
    "weakened-test",
  ]),
  cap: z.int(),
  detail: text,
});
export type Gate = z.infer<typeof gateSchema>;

export const reviewFindingSchema = z.object({
  id: z.string().describe("F-1, F-2, …"),
  severity: severitySchema,
  path: z.string().nullable(),
  line: z.int().nullable(),
  title: text,
  detail: prose,
  criterion: z.string().nullable(),
});
export type ReviewFinding = z.infer<typeof reviewFindingSchema>;

/** Heading of the extra section that holds the predicted reach against the real one. */
export const radiusHeading = "Blast radius";

/** The table in it reproduces the score by arithmetic alone (plan, section 6). */
export const reviewReportSchema = z.object({
  spec: z.string(),
  attempt: z.int().describe("build attempt that was reviewed"),
  round: z.int().describe("0 for the first build, then the number of the fix round"),
  base: z.string(),
  head: z.string(),
  score: z.int(),
  threshold: z.int(),
  verdict: z.enum(["accepted", "changes-requested"]),
  summary: prose,
  criteria: z.array(criterionVerdictSchema),
  acceptancePoints: z.number(),
  acceptanceWeight: z.int(),
  rubric: z.array(rubricEntrySchema),
  gates: z.array(gateSchema),
  findings: z.array(reviewFindingSchema),
  checkpoints: z.array(
    z.object({ name: z.string(), command: z.string(), passed: z.boolean(), seconds: z.number() }),
  ),
  filesRead: z.array(z.string()),
  filesUnread: z.array(z.string()),
  extraSections: z.array(extraSectionSchema),
});
export type ReviewReport = z.infer<typeof reviewReportSchema>;
