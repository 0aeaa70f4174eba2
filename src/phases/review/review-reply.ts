import { z } from "zod";
import { prose, text } from "../../documents/schema-common.ts";
import { rubricNames } from "../../documents/schema-review-report.ts";
import { severitySchema } from "../../documents/schema-validation-report.ts";

/** What the reviewer says; nothing of it counts before code has looked. Portable subset: all fields required. */
const claimedProofSchema = z.object({
  kind: z.enum(["quote", "absence", "command"]),
  path: z.string().describe("file of a quote, as it stands at the head; else empty"),
  startLine: z.int().describe("first line of a quote; else 0"),
  endLine: z.int().describe("last line of a quote; else 0"),
  text: z
    .string()
    .describe(
      "the exact quote; the regular expression that must have no hit; or the command's name",
    ),
  scope: z.array(z.string()).describe("globs that an absence query searches; empty is everywhere"),
});
export type ClaimedProof = z.infer<typeof claimedProofSchema>;

const claimedVerdictSchema = z.object({
  id: z.string().describe("id of the criterion, AC-1"),
  verdict: z.enum(["met", "partly", "unmet", "unproven"]),
  proofs: z.array(claimedProofSchema),
  note: z.string().describe("one line: why"),
});
export type ClaimedVerdict = z.infer<typeof claimedVerdictSchema>;

export const verdictsReplySchema = z.object({ criteria: z.array(claimedVerdictSchema) });

export const reviewReplySchema = z.object({
  summary: prose,
  criteria: z.array(claimedVerdictSchema),
  rubric: z.array(
    z.object({
      name: z.enum(rubricNames),
      level: z.int().describe("0 to 4, by the anchors"),
      note: z.string().describe("one line: what decided the level"),
    }),
  ),
  findings: z.array(
    z.object({
      severity: severitySchema,
      path: z.string().nullable(),
      line: z.int().nullable().describe("line at the head"),
      title: text,
      detail: prose,
      criterion: z.string().nullable().describe("criterion it concerns, or null"),
    }),
  ),
});
export type ReviewReply = z.infer<typeof reviewReplySchema>;
