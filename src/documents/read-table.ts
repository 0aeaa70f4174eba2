import type { RootContent, Table, TableRow } from "mdast";
import { unescapeCell } from "./escape-line.ts";
import { foldText } from "./fold-text.ts";
import type { Section } from "./layout.ts";
import { nameHeading } from "./name-heading.ts";
import { readLine } from "./read-line.ts";
import {
  innerSpan,
  keepLeftovers,
  type Path,
  type Reading,
  startOf,
  type Values,
} from "./reading.ts";
import { suggestWord } from "./suggest-word.ts";

type TableSection = Section & { kind: "table" };

/** Rows of a GFM table as records; columns are found by their titles, in any order. */
export function readTable(
  section: TableSection,
  nodes: RootContent[],
  reading: Reading,
  path: Path,
): Values[] {
  const rows: Values[] = [];
  for (const node of nodes) {
    if (node.type !== "table") keepLeftovers([node], section.heading, reading);
    else readRows(section, node, reading, { path, rows });
  }
  return rows;
}

function readRows(
  section: TableSection,
  table: Table,
  reading: Reading,
  into: { path: Path; rows: Values[] },
): void {
  const [head, ...body] = table.children;
  const columns = head ? readHead(section, head, reading) : null;
  if (columns === null) return;
  for (const row of body) {
    const extra = row.children[columns.length];
    if (extra)
      reading.fault(
        startOf(extra),
        "more cells than columns; write a pipe as \\|",
        section.example,
      );
    const values: Values = {};
    const path = [...into.path, into.rows.length];
    columns.forEach((column, index) => {
      const cell = row.children[index];
      const span = cell ? innerSpan(cell, reading.source) : { text: "", offset: startOf(row) };
      const text = unescapeCell(span.text);
      readLine([column.part], { text, offset: span.offset }, values, {
        reading,
        path,
        example: section.example,
      });
    });
    into.rows.push(values);
  }
}

function readHead(section: TableSection, head: TableRow, reading: Reading) {
  const titles = section.columns.map((column) => column.title);
  const found = head.children.map((cell) => {
    const span = innerSpan(cell, reading.source);
    const title = nameHeading(span.text);
    const column = section.columns.find((each) => nameHeading(each.title) === title);
    if (column) return column;
    const meant = suggestWord(title, titles);
    const hint = meant === null ? "" : `; did you mean "${meant}"?`;
    reading.fault(
      span.text === "" ? startOf(cell) : span.offset,
      `unknown column "${foldText(span.text).slice(0, 40)}"${hint}`,
      section.example,
    );
    return null;
  });
  const known = found.filter((column) => column !== null);
  const missing = titles.filter((title) => !known.some((column) => column.title === title));
  const twice = known.find((column, index) => known.indexOf(column) !== index);
  if (known.length === found.length && missing.length > 0)
    reading.fault(startOf(head), `missing column "${missing[0]}"`, section.example);
  if (twice) reading.fault(startOf(head), `column "${twice.title}" appears twice`, section.example);
  return known.length === found.length && missing.length === 0 && !twice ? known : null;
}
