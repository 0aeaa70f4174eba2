import type { Table } from "../../found.ts";
import { cutBalanced, splitAtCommas } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";

const word = String.raw`["'\x60\[]?[A-Za-z_][\w$]*["'\x60\]]?`;
const create = new RegExp(
  String.raw`\bcreate\s+(?:(?:global|local)\s+)?(?:temp(?:orary)?\s+|unlogged\s+|foreign\s+)?table\s+(?:if\s+not\s+exists\s+)?((?:${word}\s*\.\s*){0,2}${word})\s*\(`,
  "gi",
);
const alter = new RegExp(
  String.raw`\balter\s+table\s+(?:only\s+)?(?:if\s+exists\s+)?((?:${word}\s*\.\s*){0,2}${word})\s+add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(${word})\s+(\w+)`,
  "gi",
);
const noColumn =
  /^(?:constraint|primary|foreign|unique|check|index|key|exclude|like|period|fulltext|spatial|partition|references)\b/i;
const typeEnd =
  /\s+(?:primary|not|null|default|unique|references|check|constraint|generated|auto_increment|autoincrement|collate|comment|on|unsigned|as|encode)\b.*$/is;

/** Tables of `CREATE TABLE`, with the columns that `ALTER TABLE` adds in the same file; in SQL and in the strings of programs. */
export const sqlTables: Reader<Table> = {
  sign: "[Cc][Rr][Ee][Aa][Tt][Ee][ \t].*[Tt][Aa][Bb][Ll][Ee][ \t]",
  paths: /\.(?!mdx?$|rst$|txt$|adoc$)\w+$/i,
  read: readSqlTables,
};

function readSqlTables(path: string, written: string): Table[] {
  const text = blankComments(written);
  const place = openPlaces(path, written);
  const by = /migrat|flyway|liquibase/i.test(path) ? "migration" : "sql";
  const tables: (Table & { columns: { name: string; type: string }[] })[] = [];
  for (const match of text.matchAll(create)) {
    const body = cutBalanced(text, match.index + match[0].length - 1);
    if (body === null) continue;
    const columns = splitAtCommas(body.body).flatMap(readColumn);
    tables.push({ ...place(match.index), name: plainName(match[1] ?? ""), columns, by });
  }
  for (const match of text.matchAll(alter)) {
    const table = tables.find(({ name }) => name === plainName(match[1] ?? ""));
    const name = plainName(match[2] ?? "");
    if (table === undefined || noColumn.test(name)) continue;
    table.columns.push({ name, type: match[3] ?? "" });
  }
  return tables;
}

/** `public."Signals"` → `Signals`. */
const plainName = (written: string): string =>
  (written.split(".").at(-1) ?? "").replace(/["'`[\]\s]/g, "");

function readColumn(part: string): { name: string; type: string }[] {
  if (noColumn.test(part)) return [];
  const match = /^["'`[]?([A-Za-z_][\w$]*)["'`\]]?\s*([\s\S]*)$/.exec(part);
  if (match === null) return [];
  const type = (match[2] ?? "").replace(typeEnd, "").replace(/\s+/g, " ").trim().slice(0, 60);
  return [{ name: match[1] ?? "", type }];
}

/** Comments as spaces, so that offsets stay: a comma or a quote in them parts nothing. */
const blankComments = (text: string): string =>
  text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
