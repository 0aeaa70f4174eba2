import { z } from "zod";
import { modelId } from "./schema-model-id.ts";

const tier = (what: string, otherwise: string) =>
  modelId.nullable().default(null).describe(`PROVIDER:MODEL ${what}; null is ${otherwise}`);

/** Why a check may be asked again of a larger model. */
export const escalationReasons = [
  "unsure",
  "refused",
  "truncated",
  "invalid",
  "unproven",
  "disagreement",
] as const;

/** Tiers and thresholds of the validation's four checks. */
export const validationSchema = z.strictObject({
  tiers: z
    .strictObject({
      small: tier("that is asked first", "the validator's model"),
      medium: tier(
        "that is asked where the small one does not do, and that corrects specs",
        "the validator's model",
      ),
      large: tier("that is asked last", "the architect's model"),
    })
    .prefault({})
    .describe("Models of the checks, from cheap to thorough. The same one is never asked twice"),
  highest: z
    .enum(["small", "medium", "large"])
    .default("large")
    .describe("Tier beyond which no check goes"),
  escalate: z
    .array(z.enum(escalationReasons))
    .default([...escalationReasons])
    .describe(
      "When the next tier is asked: a grave finding it is not sure of, a refusal, a reply cut off, one that cannot be used, too many findings without proof, or a contradiction",
    ),
  unsureAbove: z
    .enum(["none", "minor", "major"])
    .default("minor")
    .describe("Findings graver than this count as unsure when the model says so"),
  unprovenShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Share of a check's findings without proof above which the next tier is asked"),
});

export type ValidationConfig = z.infer<typeof validationSchema>;
