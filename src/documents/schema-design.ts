import { z } from "zod";
import { extraSectionSchema, prose, text } from "./schema-common.ts";

export const adrSchema = z.object({
  id: z.string().describe("ADR-001, ADR-002, …"),
  title: text,
  status: z.enum(["proposed", "accepted", "superseded"]),
  context: prose,
  decision: prose,
  alternatives: z.array(z.object({ option: text, why: text })),
  consequences: z.array(text),
});
export type Adr = z.infer<typeof adrSchema>;

/** The architect's document: what will be true, why this way, in which order, and how anyone will know. */
export const designSchema = z.object({
  title: text,
  summary: prose,
  components: z.array(
    z.object({ name: z.string(), responsibility: text, paths: z.array(z.string()) }),
  ),
  dataFlow: z.string().describe("a Mermaid flowchart, without the fence; empty when there is none"),
  interfaces: z.array(z.object({ name: z.string(), signature: z.string(), description: text })),
  adrs: z.array(adrSchema),
  roadmap: z.array(
    z.object({
      id: z.string().describe("R-1, R-2, …"),
      task: text,
      dependsOn: z.array(z.string()),
      complexity: z.enum(["simple", "medium", "complex"]),
      spec: z.string().describe("BUILD spec that carries it"),
    }),
  ),
  checklist: z.array(
    z.object({ item: text, priority: z.enum(["critical", "nice-to-have"]), done: z.boolean() }),
  ),
  metrics: z.array(z.object({ metric: text, target: text, measurement: text })),
  risks: z.array(
    z.object({
      id: z.string().describe("RISK-1, RISK-2, …"),
      risk: text,
      probability: z.enum(["low", "medium", "high"]),
      impact: z.enum(["low", "medium", "high", "critical"]),
      mitigation: text,
      owner: z.string().nullable(),
    }),
  ),
  assumptions: z.array(text),
  openQuestions: z.array(text),
  outOfScope: z.array(text),
  extraSections: z.array(extraSectionSchema),
});
export type Design = z.infer<typeof designSchema>;
