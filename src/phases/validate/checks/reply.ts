import { z } from "zod";
import { evidenceSchema, prose, text } from "../../../documents/schema-common.ts";
import { severitySchema } from "../../../documents/schema-validation-report.ts";

/** A place of the code that is worth knowing, with its words. */
const placeSchema = z.object({
  what: text,
  path: z.string(),
  line: z.int(),
  quote: z.string().describe("exact text that stands there"),
});

const findingSchema = z.object({
  severity: severitySchema,
  title: text,
  detail: prose,
  suggestion: prose.describe("what to change in the spec, concretely"),
  aboutDirection: z.boolean().describe("this is why the design must be made anew"),
  sure: z
    .enum(["yes", "no"])
    .describe("no where what you were shown does not settle it and a closer look might"),
  evidence: z.array(evidenceSchema).describe("quotes from the files of the repository"),
});

/** What every check answers; in the subset that every provider's schemas carry. */
const common = {
  wrongDirection: z
    .boolean()
    .describe(
      "true only when no edit of the specs can save the plan, and the design must be made anew",
    ),
  findings: z.array(findingSchema),
  disputed: z
    .array(z.object({ claim: z.string().describe("its id, such as C-3"), why: text }))
    .describe(
      "claims that the program decided and that you hold to be decided wrongly; usually none",
    ),
};

export const patternsReplySchema = z.object({
  ...common,
  follow: z.array(placeSchema).describe("patterns of the code that the builder should follow"),
});

export const dependenciesReplySchema = z.object({
  ...common,
  integrationPoints: z
    .array(placeSchema)
    .describe("places where what is built meets what is there"),
});

export const riskReplySchema = z.object({
  ...common,
  risks: z.array(z.object({ risk: text, mitigation: text })).describe("that the specs do not name"),
  rollback: prose.describe(
    "how to undo it, where the specs' own way back would not do; else empty",
  ),
});

export const optimisationReplySchema = z.object({
  ...common,
  reuse: z.array(placeSchema).describe("what exists and need not be written"),
});

/** A reply of any of the four, read as one shape: what a check does not speak of is empty. */
export type CheckReply = z.infer<typeof patternsReplySchema> &
  z.infer<typeof dependenciesReplySchema> &
  z.infer<typeof riskReplySchema> &
  z.infer<typeof optimisationReplySchema>;

export type ReplyFinding = CheckReply["findings"][number];
export type Place = z.infer<typeof placeSchema>;

export const emptyReply: CheckReply = {
  ...{ wrongDirection: false, findings: [], disputed: [] },
  ...{ follow: [], integrationPoints: [], risks: [], rollback: "", reuse: [] },
};
