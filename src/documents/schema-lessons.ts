import { z } from "zod";
import { extraSectionSchema, text } from "./schema-common.ts";

/** What a review taught: concrete lines a maintainer may add to the coaching or constraints document. */
export const lessonsSchema = z.object({
  lessons: z.array(
    z.object({
      id: z.string().describe("L-1, L-2, …"),
      lesson: text,
      kind: z.enum(["constraint", "coaching"]),
      provenance: text.describe("review or validation it came from"),
    }),
  ),
  extraSections: z.array(extraSectionSchema),
});
export type Lessons = z.infer<typeof lessonsSchema>;
