import type { Table } from "../../found.ts";
import { cutBalanced, splitAtCommas } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { toSnake } from "./name-table.ts";

/** SQLAlchemy, SQLModel, Django, Peewee and Tortoise classes, and Alembic's and SQLAlchemy's tables by call. */
export const pythonTables: Reader<Table> = {
  sign: "__tablename__|models\\.Model|db\\.Model|table=True|create_table\\(|Table\\(|peewee|tortoise",
  paths: /\.pyi?$/,
  read: (path, text) => [...readClasses(path, text), ...readCalls(path, text)],
};

const declared = /^([ \t]*)class\s+(\w+)\s*\(([^)]*)\)\s*:/gm;

function readClasses(path: string, text: string): Table[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(declared)].flatMap((match): Table[] => {
    const body = cutBlock(text, match.index + match[0].length, match[1] ?? "");
    const name = nameOf(path, match[2] ?? "", match[3] ?? "", body, text);
    if (name === null) return [];
    return [{ ...place(match.index), name, columns: readFields(body), by: "mapper" }];
  });
}

/** The lines of a block: those that stand deeper than its head. */
function cutBlock(text: string, from: number, indent: string): string {
  const end = new RegExp(`\\n${indent}(?=[^\\s#])`, "g");
  end.lastIndex = from;
  return text.slice(from, end.exec(text)?.index ?? text.length);
}

const named = /^\s*(?:__tablename__|db_table|table_name|table)\s*=\s*["']([\w.]+)["']/m;

function nameOf(
  path: string,
  className: string,
  bases: string,
  body: string,
  text: string,
): string | null {
  const given = named.exec(body)?.[1];
  if (/\babstract\s*=\s*True|__abstract__\s*=\s*True/.test(body)) return null;
  if (/__tablename__\s*=/.test(body)) return given ?? toSnake(className);
  if (/\bmodels\.Model\b/.test(bases)) return given ?? `${appOf(path)}${className.toLowerCase()}`;
  if (/\bdb\.Model\b/.test(bases)) return given ?? toSnake(className);
  if (/\btable\s*=\s*True/.test(bases)) return given ?? className.toLowerCase();
  const mapped = /^\s*(?:from|import)\s+(?:peewee|tortoise)\b/m.test(text);
  if (mapped && /Model\b/.test(bases)) return given ?? className.toLowerCase();
  return null;
}

/** Django names a table after the folder of its application. */
function appOf(path: string): string {
  const folders = path.split("/").slice(0, -1);
  const app = folders.at(-1) === "models" ? folders.at(-2) : folders.at(-1);
  return app === undefined ? "" : `${app}_`;
}

const field =
  /^[ \t]+(\w+)\s*(?::\s*(?:Mapped\[)?([\w.[\] |"]+?)\]?\s*)?=\s*(?:[\w.]*\.)?(mapped_column|Column|[A-Z]\w*Field|ForeignKey\w*|OneToOneField|Field)\s*\(\s*([\w.]*)/gm;
const annotated = /^[ \t]+(\w+)\s*:\s*Mapped\[([^\n]+)\]\s*(?:=|$)/gm;

function readFields(body: string): { name: string; type: string }[] {
  const found = new Map<string, string>();
  for (const match of body.matchAll(field)) {
    const kind = match[3] ?? "";
    const plain = kind === "Column" || kind === "mapped_column" || kind === "Field";
    const type = plain ? match[4] || match[2] || "" : kind;
    found.set(match[1] ?? "", type.trim());
  }
  for (const match of body.matchAll(annotated))
    if (!/relationship\(/.test(match[0]) && !found.has(match[1] ?? ""))
      found.set(match[1] ?? "", (match[2] ?? "").trim());
  return [...found].map(([name, type]) => ({ name, type }));
}

const call = /(?<![\w.])(?:(?:op\.)(create_table)|(?:\w+\.)?(Table))\(\s*["'](\w+)["']\s*,/g;
const column = /^(?:\w+\.)?Column\(\s*["'](\w+)["']\s*,?\s*(?:\w+\.)*(\w*)/;

function readCalls(path: string, text: string): Table[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(call)].flatMap((match): Table[] => {
    const body = cutBalanced(text, match.index + match[0].indexOf("("));
    const columns = splitAtCommas(body?.body ?? "").flatMap((part) => {
      const found = column.exec(part);
      return found === null ? [] : [{ name: found[1] ?? "", type: found[2] ?? "" }];
    });
    if (columns.length === 0) return [];
    const by = match[1] === undefined ? "mapper" : "migration";
    return [{ ...place(match.index), name: match[3] ?? "", columns, by }];
  });
}
