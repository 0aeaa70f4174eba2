import { z } from "zod";
import { buildSpecSchema } from "../../documents/schema-build-spec.ts";
import { designSchema } from "../../documents/schema-design.ts";
import { questionSchema } from "../../workflow/phase.ts";

/** What the architect answers: questions, or a design with its specs. In the subset that every provider's schemas carry. */
export const designReplySchema = z.object({
  needsAnswers: z
    .boolean()
    .describe("true: only questions, design is null and specs is empty; false: design and specs"),
  questions: z.array(questionSchema).describe("at most 5; empty when needsAnswers is false"),
  design: designSchema.nullable(),
  specs: z.array(buildSpecSchema),
});
export type DesignReply = z.infer<typeof designReplySchema>;
