import type { Design } from "../../documents/schema-design.ts";
import type { Gap } from "../../documents/schema-validation-report.ts";
import { checkCompleteness, type SpecText } from "./check-completeness.ts";
import { findReach } from "./find-reach.ts";
import { type Grounded, groundAsIs, groundByCode, type PlanGround } from "./ground-by-code.ts";

/** What is known of a plan before any model is asked. */
export type Known = { design: Design | null; ground: Grounded; gaps: Gap[]; reach: string };

/**
 * Whether the specs are complete, whether what they claim is true, and what their change reaches. Free, and the same each time. Where
 * nobody will write a revision (`asIs`), wrong paths are told and not put right.
 */
export async function inspectPlan(
  { design, texts, asIs }: { design: Design | null; texts: readonly SpecText[]; asIs?: boolean },
  ground: PlanGround,
): Promise<Known> {
  const specs = texts.map(({ spec }) => spec);
  const gaps = checkCompleteness(texts);
  const grounded = await (asIs ? groundAsIs : groundByCode)(design, specs, ground);
  const reach = findReach(grounded.specs, ground.codebase);
  return { design, ground: grounded, gaps, reach };
}
