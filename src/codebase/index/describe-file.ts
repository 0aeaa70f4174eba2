import type { FileEntry } from "../../workspace/port.ts";
import type { CodeSymbol, FileRole, ImportStatement, SourceFile, Window } from "../codebase.ts";
import type { SourceRecord } from "./source-record.ts";

const roleWith = (role: FileRole, { kind, generated, script }: SourceRecord): FileRole => {
  if (kind === "binary") return "binary";
  if (role === "data" && script) return "source";
  return generated && role !== "vendored" && role !== "test" ? "generated" : role;
};

/** A file of the codebase, out of its entry in the tree and the record of its content. Its parts are made when they are first asked for, and once. */
export function describeFile(
  index: number,
  { path, id, bytes }: FileEntry,
  role: FileRole,
  record: SourceRecord,
): SourceFile {
  let symbols: readonly CodeSymbol[] | null = null;
  let imports: readonly ImportStatement[] | null = null;
  let windows: readonly Window[] | null = null;
  return {
    index,
    path,
    id,
    bytes,
    lines: record.lines,
    language: record.language,
    role: roleWith(role, record),
    get symbols() {
      symbols ??= record.symbols.map((symbol) => ({ ...symbol, path }));
      return symbols;
    },
    get imports() {
      imports ??= record.imports;
      return imports;
    },
    get windows() {
      windows ??= record.windows;
      return windows;
    },
  };
}
