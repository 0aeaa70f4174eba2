import type { Constraint } from "../../src/constraints/constraint.ts";
import { parseConstraints } from "../../src/constraints/parse-constraints.ts";

/** Constraints as a document of one bullet each would say them. */
export const given = (...lines: string[]): Constraint[] =>
  parseConstraints(lines.map((line) => `- ${line}\n`).join(""));
