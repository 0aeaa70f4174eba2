import type { ValidationConfig } from "../../../config/schema-validation.ts";
import type { ModelTier } from "../../../model/port.ts";

/** A model that may be asked, and the size it goes by. */
export type Rung = { tier: ModelTier; model: string };

const order: readonly ModelTier[] = ["small", "medium", "large"];

/**
 * The models of a cascade from cheap to thorough, each once: where several sizes have the same model it goes by the one that it is
 * the model of, which is medium where that is among them.
 */
export function planLadder(
  nameModel: (tier: ModelTier) => string,
  { highest }: Pick<ValidationConfig, "highest">,
  lowest: ModelTier = "small",
): Rung[] {
  const tiers = order.slice(
    order.indexOf(lowest),
    Math.max(order.indexOf(highest), order.indexOf(lowest)) + 1,
  );
  const medium = nameModel("medium");
  const rungs: Rung[] = [];
  for (const tier of tiers) {
    const model = nameModel(tier);
    if (rungs.some((rung) => rung.model === model)) continue;
    const isMedium = model === medium && tiers.includes("medium");
    rungs.push({ tier: isMedium ? "medium" : tier, model });
  }
  return rungs;
}
