import type { Table } from "../../found.ts";
import { cutBalanced } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";

/** Models of Prisma. */
export const prismaTables: Reader<Table> = {
  sign: "^model[ \t]+[A-Za-z]",
  paths: /\.prisma$/,
  read: (path, text) =>
    readBlocks(path, text, /^model\s+(\w+)\s*\{/gm, /^\s*(\w+)\s+([\w[\]?]+)/gm, "mapper").map(
      ({ table, body }) => ({ ...table, name: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? table.name }),
    ),
};

/** Tables of Diesel. */
export const dieselTables: Reader<Table> = {
  sign: "table!",
  paths: /\.rs$/,
  read: (path, text) =>
    readBlocks(
      path,
      text,
      /table!\s*[{(][\s\S]*?(?:\w+\.)?(\w+)\s*\([\w, ]*\)\s*\{/g,
      /^\s*(?:r#)?(\w+)\s*->\s*([\w<>]+)/gm,
      "mapper",
    ).map(({ table }) => table),
};

/** `create_table` of Rails, in its schema and in migrations. */
export const railsTables: Reader<Table> = {
  sign: "create_table",
  paths: /\.rb$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const by = /migrat/.test(path) ? "migration" : "sql";
    return [
      ...text.matchAll(
        /^([ \t]*)create_table[ (]+[:"'](\w+)[^\n]*\bdo\s*\|(\w+)\|([\s\S]*?)^\1end/gm,
      ),
    ].map((match): Table => {
      const given = new RegExp(`^\\s*${match[3]}\\.(\\w+)\\s*\\(?\\s*[:"'](\\w+)`, "gm");
      const columns = [...(match[4] ?? "").matchAll(given)].flatMap(([, type = "", name = ""]) =>
        /^(?:index|foreign_key|check_constraint|unique_constraint)$/.test(type)
          ? []
          : [{ name: /^(?:references|belongs_to)$/.test(type) ? `${name}_id` : name, type }],
      );
      return { ...place(match.index), name: match[2] ?? "", columns, by };
    });
  },
};

/** `Schema::create` of Laravel. */
export const laravelTables: Reader<Table> = {
  sign: "Schema::create",
  paths: /\.php$/,
  read: (path, text) =>
    readBlocks(
      path,
      text,
      /Schema::create\(\s*["'](\w+)["'][^{]*\{/g,
      /\$\w+->(?!index|unique|foreign|primary|dropColumn)(\w+)\(\s*["'](\w+)["']/g,
      "migration",
    ).map(({ table }) => ({
      ...table,
      columns: table.columns.map(({ name, type }) => ({ name: type, type: name })),
    })),
};

function readBlocks(
  path: string,
  text: string,
  head: RegExp,
  column: RegExp,
  by: Table["by"],
): { table: Table; body: string }[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(head)].flatMap((match) => {
    const body = cutBalanced(text, match.index + match[0].length - 1)?.body;
    if (body === undefined) return [];
    const columns = [...body.matchAll(column)].map(([, name = "", type = ""]) => ({ name, type }));
    return [{ table: { ...place(match.index), name: match[1] ?? "", columns, by }, body }];
  });
}
