import { buildSpecLayout } from "./layout-build-spec.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { BuildSpec } from "./schema-build-spec.ts";

/** What Markdown carries of any value of the schema; see `normalizeDocument`. Idempotent. */
export const normalizeBuildSpec = (value: BuildSpec): BuildSpec =>
  buildSpecLayout.schema.parse(normalizeDocument(buildSpecLayout, value));
