import { z } from "zod";
import { buildSpecSchema } from "../../documents/schema-build-spec.ts";
import { evidenceSchema, prose, text } from "../../documents/schema-common.ts";
import { severitySchema } from "../../documents/schema-validation-report.ts";

/** What the validator answers. In the subset that every provider's schemas carry. */
export const validateReplySchema = z.object({
  summary: prose.describe("what was found, in a few sentences"),
  wrongDirection: z
    .boolean()
    .describe(
      "true only when the design must be made anew: it duplicates or contradicts what the repository has",
    ),
  findings: z.array(
    z.object({
      area: z.enum(["patterns", "dependencies", "risks", "reuse"]),
      severity: severitySchema,
      title: text,
      detail: prose,
      suggestion: prose,
      aboutDirection: z.boolean().describe("this is why the direction is wrong"),
      evidence: z.array(evidenceSchema).describe("quotes from the files of the repository"),
      resolvedBy: z
        .string()
        .nullable()
        .describe("id of the refined spec below that answers it, or null"),
    }),
  ),
  specs: z.array(buildSpecSchema).describe("whole refined specs, only those that change"),
  changes: z.array(text).describe("what the refined specs change and why, one line each"),
});
export type ValidateReply = z.infer<typeof validateReplySchema>;
