import { designLayout } from "./layout-design.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { Design } from "./schema-design.ts";

/** What Markdown carries of any value of the schema; see `normalizeDocument`. Idempotent. */
export const normalizeDesign = (value: Design): Design =>
  designLayout.schema.parse(normalizeDocument(designLayout, value));
