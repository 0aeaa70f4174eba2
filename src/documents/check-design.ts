import { findDesignProblems } from "./find-design-problems.ts";
import { normalizeDesign } from "./normalize-design.ts";
import type { Design } from "./schema-design.ts";

/** What is wrong with a value before it is rendered, one sentence each; empty when `parseDesign` will take it. */
export const checkDesign = (value: Design): string[] =>
  findDesignProblems(normalizeDesign(value)).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
