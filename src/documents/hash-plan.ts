import { createHash } from "node:crypto";
import { canonicalizeBuildSpec } from "./canonicalize-build-spec.ts";
import { canonicalizeDesign } from "./canonicalize-design.ts";
import type { BuildSpec } from "./schema-build-spec.ts";
import type { Design } from "./schema-design.ts";

/** What is approved as a whole. */
export type Plan = {
  design: Design;
  specs: readonly BuildSpec[];
  /** Commit the plan was made for. */
  base: string;
  policyVersion: string;
};

/** SHA-256 in hex of the canonical form of a plan; the order in which the specs are given says nothing. */
export function hashPlan({ design, specs, base, policyVersion }: Plan): string {
  const parts = [
    `"base":${JSON.stringify(base)}`,
    `"design":${canonicalizeDesign(design)}`,
    `"policyVersion":${JSON.stringify(policyVersion)}`,
    `"specs":[${specs.map(canonicalizeBuildSpec).sort().join(",")}]`,
  ];
  return createHash("sha256")
    .update(`{${parts.join(",")}}`)
    .digest("hex");
}
