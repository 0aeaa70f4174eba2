import { z } from "zod";
import { extraSectionSchema, prose, text } from "./schema-common.ts";

/** Checkpoints in the order of the pattern (seed 000): compilation, unit tests, integration tests, the full suite. */
export const checkpointSchema = z.enum(["none", "compile", "unit", "integration", "all"]);
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const criterionSchema = z.object({
  id: z.string().describe("AC-1, AC-2, …"),
  level: z.enum(["must", "should"]),
  kind: z.enum(["unit", "integration", "e2e", "performance", "security", "absence", "inspection"]),
  text,
  verify: z
    .string()
    .nullable()
    .describe("name of a configured command that decides it by its exit code, or null"),
  done: z.boolean().describe("the checkbox; false in a new spec"),
});
export type Criterion = z.infer<typeof criterionSchema>;

export const fileChangeSchema = z.object({
  path: z.string(),
  action: z.enum(["create", "modify", "delete", "move"]),
  to: z.string().nullable().describe("new path when the action is move, else null"),
  purpose: text,
  edits: z
    .array(z.object({ before: z.string(), after: z.string() }))
    .describe("exact excerpts where the change is mechanical; empty where it needs judgement"),
});
export type FileChange = z.infer<typeof fileChangeSchema>;

export const stepSchema = z.object({
  id: z.string().describe("S-1, S-2, …"),
  title: text,
  details: prose,
  files: z.array(z.string()),
  checkpoint: checkpointSchema,
  mode: z
    .enum(["judgement", "mechanical"])
    .describe("mechanical: the edits, moves and deletions of its files say everything"),
});
export type Step = z.infer<typeof stepSchema>;

/** `BUILD_NN.md`: the contract between architect and builder, and the yardstick of the reviewer. */
export const buildSpecSchema = z.object({
  id: z.string().describe("BUILD_01, BUILD_02, …"),
  title: text,
  objective: prose,
  context: z
    .array(
      z.object({
        pattern: text.describe("what to follow"),
        path: z.string(),
        line: z.int(),
        quote: z.string().describe("exact text that stands there"),
      }),
    )
    .describe("patterns of the codebase to follow"),
  keyDecisions: z.array(z.object({ decision: text, reason: text })),
  invariants: z.array(text),
  failureModes: z.array(z.object({ failure: text, handling: text })),
  scope: z.array(text),
  outOfScope: z.array(text),
  files: z.array(fileChangeSchema),
  dependencies: z.array(z.object({ name: z.string(), version: z.string(), reason: text })),
  steps: z.array(stepSchema),
  errorHandling: prose,
  acceptance: z.array(criterionSchema),
  tests: z.array(
    z.object({
      id: z.string().describe("T-1, T-2, …"),
      scenario: text,
      input: text,
      expected: text,
      edgeCases: z.array(text),
      criteria: z.array(z.string()).describe("ids of the criteria it shows"),
    }),
  ),
  constraints: z.array(text),
  risks: z.array(z.object({ risk: text, mitigation: text })),
  rollback: prose,
  parameters: z.object({
    mode: z.enum(["careful", "standard", "fast"]),
    testing: z.array(z.enum(["unit", "integration", "e2e"])),
  }),
  dependsOn: z.array(z.string()).describe("ids of the specs that must be accepted first"),
  extraSections: z.array(extraSectionSchema).describe("empty unless something fits nowhere else"),
});
export type BuildSpec = z.infer<typeof buildSpecSchema>;
