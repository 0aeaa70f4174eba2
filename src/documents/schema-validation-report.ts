import { z } from "zod";
import { evidenceSchema, extraSectionSchema, prose, text } from "./schema-common.ts";

export const claimSchema = z.object({
  id: z.string().describe("C-1, C-2, …"),
  kind: z.enum([
    "file-exists",
    "file-new",
    "symbol",
    "signature",
    "quote",
    "dependency",
    "command",
    "base-class",
    "table",
    "route",
    "config-key",
    "environment",
    "test-path",
    "test-strategy",
    "twin-symbol",
    "twin-table",
    "twin-module",
    "twin-dependency",
    "constraint",
    "other",
  ]),
  text,
  source: z.string().describe("document that claims it: design.md, BUILD_01.md"),
  verdict: z.enum(["true", "false", "unproven"]),
  evidence: evidenceSchema.nullable().describe("where code saw it"),
  note: z.string().describe("what is there instead, or why it could not be proved; may be empty"),
});
export type Claim = z.infer<typeof claimSchema>;

export const severitySchema = z.enum(["critical", "major", "minor"]);

export const validationReportSchema = z.object({
  verdict: z.enum(["ready", "needs-refinement", "wrong-direction"]),
  summary: prose,
  planHash: z.string().describe("hash of the plan that was validated"),
  claims: z.array(claimSchema),
  findings: z.array(
    z.object({
      id: z.string().describe("F-1, F-2, …"),
      severity: severitySchema,
      title: text,
      detail: prose,
      suggestion: prose,
      evidence: z.array(evidenceSchema),
      proven: z.boolean().describe("code confirmed the evidence; unproven findings do not count"),
    }),
  ),
  changes: z.array(text).describe("corrections already made in the refined revision"),
  extraSections: z.array(extraSectionSchema),
});
export type ValidationReport = z.infer<typeof validationReportSchema>;
