import { z } from "zod";
import { extraSectionSchema, text } from "./schema-common.ts";

/** `context.md`: what travels between phases (seed 000, "Context Preservation"). */
export const projectContextSchema = z.object({
  decisions: z.array(text).describe("phase 1: choices made, constraints identified"),
  discoveries: z.array(text).describe("phase 2: integration points and risks found"),
  notes: z.array(text).describe("phase 3: implementation notes"),
  deviations: z.array(
    z.object({
      spec: z.string(),
      step: z.string(),
      what: text,
      why: text,
      paths: z.array(z.string()),
    }),
  ),
  lessons: z.array(text),
  extraSections: z.array(extraSectionSchema),
});
export type ProjectContext = z.infer<typeof projectContextSchema>;
