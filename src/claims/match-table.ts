import { toSnake } from "../codebase/facts/tables/name-table.ts";
import type { Table } from "../codebase/found.ts";

/** One spelling by which names of tables and columns compare: case, dashes, a schema and the plural do not count. */
export function plainName(name: string): string {
  const last = toSnake(name.split(".").at(-1) ?? name).replace(/[^a-z0-9]+/g, "_");
  return last
    .replace(/ies$/, "y")
    .replace(/(?<=[sxz]|ch|sh)es$/, "")
    .replace(/(?<![su])s$/, "");
}

const declared = /\b(?:class|struct|model|DbSet<)\s*(\w+)/;

/** Names under which people speak of a table: its own, and that of the class that is mapped to it. */
export function namesOf(table: Table): string[] {
  const className = declared.exec(table.text)?.[1];
  return [table.name, ...(className === undefined ? [] : [className])].map(plainName);
}

/** All declarations of a table: it may be declared, migrated and mapped. */
export const tablesNamed = (tables: readonly Table[], name: string): Table[] =>
  tables.filter((table) => namesOf(table).includes(plainName(name)));
