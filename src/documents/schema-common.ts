import { z } from "zod";

/**
 * Rules of every document schema: a root object of required fields in the subset that both vendors'
 * structured output carries (no optional, record, tuple or transform; `nullable` is absence), so that one
 * schema serves the model's reply, the Markdown parser and the ledger.
 *
 * `text` is one line of Markdown; `prose` may hold several paragraphs, lists and code.
 */
export const text = z.string().describe("one line of Markdown");
export const prose = z.string().describe("Markdown, several paragraphs allowed");

/** A quote that code can confirm: these words stand at these lines of this file. */
export const evidenceSchema = z.object({
  path: z.string().describe("path from the root of the repository"),
  startLine: z.int(),
  endLine: z.int(),
  quote: z.string().describe("the exact text of those lines, or a part of them"),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** A section that this version does not know: kept as it stands, so that people and later versions may add their own. */
export const extraSectionSchema = z.object({ heading: z.string(), body: z.string() });
export type ExtraSection = z.infer<typeof extraSectionSchema>;
