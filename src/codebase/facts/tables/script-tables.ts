import type { Table } from "../../found.ts";
import { cutBalanced, splitAtCommas } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { toSnake } from "./name-table.ts";

type Column = { name: string; type: string };

/** Drizzle, Sequelize, Knex and TypeORM. */
export const scriptTables: Reader<Table> = {
  sign: "(pg|mysql|sqlite)Table(Creator)?\\(|\\.define\\(|\\.init\\(|createTable\\(|\\.table\\(|@Entity\\(|alterTable\\(",
  paths: /\.[cm]?[jt]sx?$/,
  read: (path, text) => [...readCalls(path, text), ...readEntities(path, text)],
};

const calls: readonly { head: RegExp; columns: (body: string) => Column[]; by: Table["by"] }[] = [
  { head: /\b(?:pg|mysql|sqlite)Table\(\s*["'`](\w+)["'`]/g, columns: readKeys, by: "mapper" },
  { head: /\bsequelize\.define\(\s*["'`](\w+)["'`]/gi, columns: readKeys, by: "mapper" },
  {
    head: /\bcreateTable(?:IfNotExists)?\(\s*["'`](\w+)["'`]/g,
    columns: (body) => {
      const built = readBuilder(body);
      return built.length > 0 ? built : readKeys(body);
    },
    by: "migration",
  },
];

function readCalls(path: string, text: string): Table[] {
  const place = openPlaces(path, text);
  return calls.flatMap(({ head, columns, by }) =>
    [...text.matchAll(head)].flatMap((match): Table[] => {
      const body = cutBalanced(text, match.index + match[0].indexOf("("))?.body ?? "";
      return [{ ...place(match.index), name: match[1] ?? "", columns: columns(body), by }];
    }),
  );
}

/** `{ id: text("id"), … }` as the second argument. */
function readKeys(body: string): Column[] {
  const open = body.indexOf("{");
  const object = open < 0 ? null : cutBalanced(body, open);
  return splitAtCommas(object?.body ?? "").flatMap((part) => {
    const match =
      /^(?:\/\/[^\n]*\n\s*)*["'`]?(\w+)["'`]?\s*:\s*\{?\s*(?:type:\s*)?(?:\w+\.)?(\w+)(?:\(\s*["'`](\w+)["'`])?/.exec(
        part,
      );
    return match === null ? [] : [{ name: match[3] ?? match[1] ?? "", type: match[2] ?? "" }];
  });
}

const builder = /\b\w+\.(\w+)\(\s*["'`](\w+)["'`]/g;
const noType =
  /^(?:foreign|references|inTable|index|unique|primary|dropColumn|on|comment|raw|createTable|onDelete|onUpdate|defaultTo|withKeyName)$/;

/** `table.string("name")` */
const readBuilder = (body: string): Column[] =>
  [...body.matchAll(builder)].flatMap((match) =>
    noType.test(match[1] ?? "") ? [] : [{ name: match[2] ?? "", type: match[1] ?? "" }],
  );

const entity =
  /@Entity\(([^)]*)\)(?:\s*@\w+\([^)]*\))*\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(\w+)[^{]*\{/g;
const property =
  /@(?:\w*Column|\w*ToOne)\((?:[^()]|\([^()]*\))*\)\s*(?:public\s+|private\s+|readonly\s+)*(\w+)[?!]?\s*:\s*([\w[\]<>|. ]+)/g;

function readEntities(path: string, text: string): Table[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(entity)].map((match): Table => {
    const body = cutBalanced(text, match.index + match[0].length - 1)?.body ?? "";
    const name = /["'`](\w+)["'`]/.exec(match[1] ?? "")?.[1] ?? toSnake(match[2] ?? "");
    const columns = [...body.matchAll(property)].map((found) => ({
      name: found[1] ?? "",
      type: (found[2] ?? "").trim(),
    }));
    return { ...place(match.index), name, columns, by: "mapper" };
  });
}
