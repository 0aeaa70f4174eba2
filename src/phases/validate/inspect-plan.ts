import type { Codebase } from "../../codebase/codebase.ts";
import type { Commands } from "../../codebase/repository-facts.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { Gap } from "../../documents/schema-validation-report.ts";
import { checkCompleteness, type SpecText } from "./check-completeness.ts";
import { findReach } from "./find-reach.ts";
import { type Grounded, groundByCode } from "./ground-by-code.ts";

/** What is known of a plan before any model is asked. */
export type Known = { design: Design | null; ground: Grounded; gaps: Gap[]; reach: string };

export type Ground = { codebase: Codebase; commands: Commands };

/** Whether the specs are complete, whether what they claim is true, and what their change reaches. Free, and the same each time. */
export async function inspectPlan(
  { design, texts }: { design: Design | null; texts: readonly SpecText[] },
  ground: Ground,
): Promise<Known> {
  const specs = texts.map(({ spec }) => spec);
  const gaps = checkCompleteness(texts);
  const grounded = await groundByCode(design, specs, ground);
  const reach = findReach(grounded.specs, ground.codebase);
  return { design, ground: grounded, gaps, reach };
}
