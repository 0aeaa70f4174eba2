import { createHash } from "node:crypto";
import { canonicalizeBuildSpec } from "./canonicalize-build-spec.ts";
import type { BuildSpec } from "./schema-build-spec.ts";

/** SHA-256 in hex of the canonical form of a spec. */
export const hashBuildSpec = (spec: BuildSpec): string =>
  createHash("sha256").update(canonicalizeBuildSpec(spec)).digest("hex");
