import type { Codebase } from "../codebase.ts";
import type { Table } from "../found.ts";
import { findDeclared } from "./find-declared.ts";
import { goTables, javaTables, sharpTables } from "./tables/class-tables.ts";
import { pythonTables } from "./tables/python-tables.ts";
import { dieselTables, laravelTables, prismaTables, railsTables } from "./tables/schema-tables.ts";
import { scriptTables } from "./tables/script-tables.ts";
import { sqlTables } from "./tables/sql-tables.ts";

const readers = [
  sqlTables,
  pythonTables,
  scriptTables,
  prismaTables,
  dieselTables,
  railsTables,
  laravelTables,
  javaTables,
  goTables,
  sharpTables,
];

/** Tables of a codebase: of the product first, then those of tests and documents; one that is declared twice comes twice. */
export const findTables = (codebase: Codebase): Promise<readonly Table[]> =>
  findDeclared(codebase, readers);

/** Tables that an excerpt declares, as a plan proposes them. `extension` is that of its language: `sql`, `py`. */
export const readTables = (extension: string, text: string): readonly Table[] =>
  readers.flatMap((reader) => {
    const path = `excerpt.${extension}`;
    return reader.paths.test(path) ? reader.read(path, text) : [];
  });
