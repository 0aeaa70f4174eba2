import type { Case, Miner } from "../case.ts";
import { extendName, renameWord } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";

type Declared = { name: string; columns: readonly string[]; path: string };

const skip = /(?:^|\/)(?:tests?|spec|docs?|fixtures?|node_modules|vendor)\/|\.(?:mdx?|rst)$/;

/** Tables by the plainest forms: `CREATE TABLE`, `create_table`, `__tablename__`, `table!`, with one column a line. */
function listTables(checkout: Checkout): Declared[] {
  return checkout.paths
    .filter((path) => !skip.test(path))
    .flatMap((path) => {
      const text = checkout.read(path);
      const heads = path.endsWith(".rb")
        ? [...text.matchAll(/^\s*create_table "(\w+)".*\bdo \|t\|([\s\S]*?)^\s*end/gm)].map(
            (match) => ({
              name: match[1] ?? "",
              columns: names(
                match[2] ?? "",
                /^\s*t\.(?!index|references|foreign|check)\w+ "(\w+)"/gm,
              ),
              path,
            }),
          )
        : [];
      const diesel =
        path.endsWith(".rs") && text.includes("table!")
          ? [...text.matchAll(/table! \{[\s\S]*?^ {4}(\w+) \([\w, ]+\) \{([\s\S]*?)^ {4}\}/gm)].map(
              (match) => ({
                name: match[1] ?? "",
                columns: names(match[2] ?? "", /^ {8}(\w+) ->/gm),
                path,
              }),
            )
          : [];
      const sql = path.endsWith(".sql")
        ? [
            ...text.matchAll(
              /^create table (?:if not exists )?["`]?(\w+)["`]? \(\n([\s\S]*?)^\)/gim,
            ),
          ].map((match) => ({
            name: match[1] ?? "",
            columns: names(
              match[2] ?? "",
              /^\s+["`]?(?!constraint|primary|foreign|unique|check|index|key|exclude)([a-z_]\w*)["`]? \w/gim,
            ),
            path,
          }))
        : [];
      return [...heads, ...diesel, ...sql];
    });
}

const names = (body: string, pattern: RegExp): string[] =>
  [...body.matchAll(pattern)].map((match) => match[1] ?? "");

/** Columns that are in a declaration may have been dropped by a later migration: the last one that names a table counts. */
const unique = (tables: readonly Declared[]): Declared[] => [
  ...new Map(tables.map((table) => [table.name, table])).values(),
];

const said: readonly ((name: string) => Said)[] = [
  (name) => ({ sentence: `Rows are kept in the table \`${name}\`.` }),
  (name) => ({ sentence: `The existing \`${name}\` table holds them.` }),
  (name) => ({
    fence: {
      lead: "It is read like this:",
      language: "sql",
      text: `SELECT count(*)\nFROM ${name};`,
    },
  }),
];
const columnSaid: readonly ((name: string, column: string) => Said)[] = [
  (name, column) => ({ sentence: `The table \`${name}\` has a column \`${column}\` for that.` }),
  (name, column) => ({
    sentence: `It is kept in the column \`${column}\` of the \`${name}\` table.`,
  }),
];

/** Tables and columns that are declared, and ones that are nearly theirs. */
export const mineTables: Miner = (checkout, random, perKind) => {
  const tables = unique(listTables(checkout));
  const cases = random
    .shuffle(tables)
    .slice(0, perKind)
    .flatMap(({ name }): Case[] => {
      const make = (text: string, isTrue: boolean, how: string): Case => ({
        kind: "table",
        isTrue,
        how,
        plan: planWith(random.pick(said)(text), random),
        about: [text],
        hidden: [],
      });
      const wrong = random.below(2) === 0 ? renameWord(name, random) : extendName(name, random);
      return [
        make(name, true, "as it is"),
        ...(checkout.says(wrong) ? [] : [make(wrong, false, "renamed")]),
      ];
    });
  return [...cases, ...mineColumns(tables, checkout, random, perKind)];
};

const mineColumns = (
  tables: readonly Declared[],
  checkout: Checkout,
  random: Random,
  perKind: number,
): Case[] =>
  random
    .shuffle(tables.filter(({ columns }) => columns.length > 0))
    .slice(0, perKind)
    .flatMap(({ name, columns }): Case[] => {
      const make = (text: string, isTrue: boolean, how: string): Case => ({
        kind: "table",
        isTrue,
        how,
        plan: planWith(random.pick(columnSaid)(name, text), random),
        about: [`\`${text}\``],
        hidden: [],
      });
      const column = random.pick(columns);
      const wrong = renameWord(column, random);
      return [
        make(column, true, "column"),
        ...(checkout.says(wrong) ? [] : [make(wrong, false, "column renamed")]),
      ];
    });

/** A new table with words of its own, and one that holds what another holds. */
export const mineTableTwins: Miner = (checkout, random, perKind) => {
  const tables = unique(listTables(checkout)).filter(({ columns }) => columns.length > 4);
  return random
    .shuffle(tables)
    .slice(0, perKind)
    .flatMap(({ name, columns, path }): Case[] => {
      const make = (
        table: string,
        body: readonly string[],
        isTrue: boolean,
        how: string,
        hidden: string[],
      ): Case => ({
        kind: "twin-table",
        isTrue,
        how,
        plan: planWith(
          {
            fence: {
              lead: "A new table:",
              language: "sql",
              text: `CREATE TABLE ${table} (\n${body.map((column) => `  ${column} TEXT`).join(",\n")}\n);`,
            },
          },
          random,
        ),
        about: [table],
        hidden,
      });
      const prefixed = `${random.pick(["usage", "partner", "archived", "mobile"])}_${name}`;
      const twin = make(
        prefixed,
        [...columns.slice(0, Math.ceil(columns.length * 0.9)), "lantern"],
        false,
        "same columns, longer name",
        [],
      );
      const alone = listTables(checkout).filter((one) => one.name === name);
      const isOnly =
        alone.length === 1 &&
        path.endsWith(".sql") &&
        listTables(checkout).filter((one) => one.path === path).length === 1;
      const novel = make(
        renameWord(renameWord(name, random), random),
        ["id", "harbor_id", "lantern", "quartz_level", "meadow_at"],
        true,
        "columns of its own",
        [],
      );
      return [
        twin,
        novel,
        ...(isOnly ? [make(name, columns, true, "real table, hidden", [path])] : []),
      ];
    });
};
