import { z } from "zod";
import { evidenceSchema, prose } from "../../documents/schema-common.ts";

/** What the model answers. In the subset that every provider's schemas carry. */
export const askReplySchema = z.object({
  answer: prose.describe("the answer, with `path:line` in code spans; empty when files are wanted"),
  evidence: z.array(evidenceSchema).describe("a quote for each place that the answer names"),
  read: z
    .array(z.string())
    .describe("paths of files that must be read before answering; else empty"),
  search: z
    .array(z.string())
    .describe("words that must be searched in all files before answering; else empty"),
});
export type AskReply = z.infer<typeof askReplySchema>;
