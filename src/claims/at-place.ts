import type { Place } from "../codebase/found.ts";
import type { Evidence } from "../documents/schema-common.ts";

/** The line where something was found, as evidence. */
export const evidenceAt = ({ path, line, text }: Place): Evidence => ({
  path,
  startLine: line,
  endLine: line,
  quote: text,
});

/** `src/report.ts:12`, as notes name a place. */
export const placeOf = ({ path, line }: { path: string; line: number }): string =>
  `\`${path}:${line}\``;
