import type { PlanDocuments } from "../../src/claims/claim-rule.ts";
import type { Claim } from "../../src/documents/schema-validation-report.ts";
import type { Checkout } from "./checkout.ts";
import type { Random } from "./random.ts";

/** One thing that a plan says of a checkout, and whether it is so. */
export type Case = {
  kind: Claim["kind"];
  isTrue: boolean;
  /** How it was said, or made false. */
  how: string;
  plan: PlanDocuments;
  /** Words of which a claim about it holds one. */
  about: readonly string[];
  /** Files that the checker must not see: what the plan would bring is not there yet. */
  hidden: readonly string[];
};

export type Miner = (checkout: Checkout, random: Random, perKind: number) => Case[];
