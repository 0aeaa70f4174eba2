import { printableName } from "../conventions/convention.ts";

/** A name of the repository as a code span within a cell: no name can end the span, the cell or the table. */
export const codeCell = (name: string): string =>
  `\`${printableName(name).replace(/\|/g, "\\|")}\``;

/** A Markdown table, or nothing where it has no rows. */
export function writeTable(
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  if (rows.length === 0) return [];
  return [
    `## ${heading}`,
    "",
    `| ${columns.join(" | ")} |`,
    `|${columns.map(() => " --- ").join("|")}|`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ];
}
