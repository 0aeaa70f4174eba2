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

/** How complete a spec is, seen three ways: what it is for, whether a stranger can build it, whether it is safe to. */
export const lensSchema = z.enum(["boundaries", "instructions", "safeguards"]);
export type Lens = z.infer<typeof lensSchema>;

/** Something that a spec leaves out, or leaves empty. */
export const gapSchema = z.object({
  lens: lensSchema,
  severity: severitySchema,
  source: z.string().describe("document: BUILD_01.md"),
  line: z.int().describe("line of it where the gap is, or where the section would be looked for"),
  text,
});
export type Gap = z.infer<typeof gapSchema>;

/** A claim that was false, and that a correction of this validation has put right. */
export const mendedSchema = z.object({
  text,
  source: z.string().describe("document that claimed it"),
  note: z.string().describe("what is there instead"),
});

export const checkNames = ["patterns", "dependencies", "risk", "optimisation"] as const;
export type CheckName = (typeof checkNames)[number];

/** A call of a model, or what should have been one. */
export const checkSchema = z.object({
  name: z.enum([...checkNames, "refinement"]),
  state: z
    .enum(["done", "unsettled", "failed", "skipped"])
    .describe(
      "unsettled: answered, but a larger model was wanted and did not answer; failed: no answer that can be used; skipped: not asked, on purpose",
    ),
  tier: z.string().nullable().describe("small, medium or large: which one answered"),
  model: z.string().nullable().describe("provider:model that answered"),
  micros: z.int().nullable().describe("cost of every call of it; null when a price is unknown"),
  escalated: z.array(text).describe("why a larger model was asked, one line each"),
  note: z.string().describe("why it failed, is unsettled or was skipped; may be empty"),
});
export type Check = z.infer<typeof checkSchema>;

export const validationReportSchema = z.object({
  verdict: z.enum(["ready", "needs-refinement", "wrong-direction", "incomplete"]),
  summary: prose,
  planHash: z.string().describe("hash of the plan that was validated"),
  gaps: z.array(gapSchema).describe("what the completeness check found"),
  checks: z.array(checkSchema).describe("the checks of models: who answered, and what it cost"),
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
      check: z.string().nullable().describe("check that found it"),
      sure: z.boolean().describe("the model's own word"),
    }),
  ),
  changes: z.array(text).describe("corrections already made in the refined revision"),
  mended: z.array(mendedSchema).describe("false claims that the refined revision makes no more"),
  difference: z.string().describe("line by line, what the refined revision changes"),
  blastRadius: prose.describe("what a change of the spec's files reaches"),
  extraSections: z.array(extraSectionSchema),
});
export type ValidationReport = z.infer<typeof validationReportSchema>;
