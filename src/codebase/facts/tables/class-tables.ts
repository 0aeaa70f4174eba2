import type { Table } from "../../found.ts";
import { cutBalanced } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { toPlural, toSnake } from "./name-table.ts";

/** JPA entities. */
export const javaTables: Reader<Table> = {
  sign: "@Entity|@Table",
  paths: /\.(?:java|kt)$/,
  read: (path, text) =>
    readClasses(
      path,
      text,
      /@Entity\b((?:\s*(?:\([^)]*\)|@\w+(?:\((?:[^()]|\([^()]*\))*\))?|public|final|abstract|open|data))*)\s*class\s+(\w+)[^{;]*?[({]/g,
      /(?:@Column\([^)]*?name\s*=\s*"(\w+)"[^)]*\)\s*)?(?:private|protected|lateinit var|val|var)\s+(?!static|final)([\w<>[\], .?]+?)\s+(\w+)\s*[;=]/g,
    ),
};

/** Structs of GORM. */
export const goTables: Reader<Table> = {
  sign: 'gorm:"|gorm\\.Model|TableName\\(\\)',
  paths: /\.go$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    return [...text.matchAll(/^type\s+(\w+)\s+struct\s*\{/gm)].flatMap((match): Table[] => {
      const body = cutBalanced(text, match.index + match[0].length - 1)?.body ?? "";
      if (!/gorm:"|gorm\.Model/.test(body)) return [];
      const given = new RegExp(
        `\\b${match[1]}\\)\\s*TableName\\(\\)\\s*string\\s*\\{\\s*return\\s*"([\\w.]+)"`,
      ).exec(text);
      const name = given?.[1]?.split(".").at(-1) ?? toPlural(toSnake(match[1] ?? ""));
      const columns = [
        ...body.matchAll(
          /^[ \t]*([A-Z]\w*)[ \t]+([\w.*[\]]+)(?:[^\n]*?gorm:"[^"]*?column:(\w+))?/gm,
        ),
      ].map((found) => ({ name: found[3] ?? toSnake(found[1] ?? ""), type: found[2] ?? "" }));
      return [{ ...place(match.index), name, columns, by: "mapper" }];
    });
  },
};

/** Entities of Entity Framework by `[Table]`, and its migrations. */
export const sharpTables: Reader<Table> = {
  sign: "\\[Table\\(|CreateTable\\(|DbSet<",
  paths: /\.cs$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const made = [...text.matchAll(/\bCreateTable\(\s*(?:name:\s*)?"(\w+)"/g)].map(
      (match): Table => {
        const body = cutBalanced(text, match.index + match[0].indexOf("("))?.body ?? "";
        const columns = [...body.matchAll(/(\w+)\s*=\s*table\.Column<([\w?[\]]+)>/g)].map(
          ([, name = "", type = ""]) => ({ name, type }),
        );
        return { ...place(match.index), name: match[1] ?? "", columns, by: "migration" };
      },
    );
    const sets = [...text.matchAll(/\bDbSet<(\w+)>\s+(\w+)/g)].map(
      (match): Table => ({
        ...place(match.index),
        name: match[2] ?? "",
        columns: [],
        by: "mapper",
      }),
    );
    const entities = readClasses(
      path,
      text,
      /(\[Table\([^\]]*\)\])(?:\s|\[[^\]]*\]|public|sealed|partial)*class\s+(\w+)[^{]*\{/g,
      /(?:\[Column\("(\w+)"[^\]]*\]\s*)?public\s+(?:required\s+|virtual\s+)?([\w<>?[\]]+)\s+(\w+)\s*\{\s*get/g,
    );
    return [...made, ...sets, ...entities];
  },
};

/** `head` takes the annotations and the name of a class, `field` the given name, type and own name of a column. */
function readClasses(path: string, text: string, head: RegExp, field: RegExp): Table[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(head)].map((match): Table => {
    const body = cutBalanced(text, match.index + match[0].length - 1)?.body ?? "";
    const before =
      text
        .slice(Math.max(0, match.index - 200), match.index)
        .split(/[;}]/)
        .at(-1) ?? "";
    const given = /@?\[?Table\(\s*(?:name\s*=\s*)?"(\w+)"/.exec(`${before}${match[1] ?? ""}`)?.[1];
    const columns = [...body.matchAll(field)].map((found) => ({
      name: found[1] ?? found[3] ?? "",
      type: (found[2] ?? "").trim(),
    }));
    const name = given ?? toSnake(match[2] ?? "");
    return { ...place(match.index), name, columns, by: "mapper" };
  });
}
