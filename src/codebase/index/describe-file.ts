import type { FileEntry } from "../../workspace/port.ts";
import type { CodeSymbol, FileRole, SourceFile } from "../codebase.ts";
import type { SourceRecord } from "./source-record.ts";

const roleWith = (role: FileRole, { kind, generated }: SourceRecord): FileRole => {
  if (kind === "binary") return "binary";
  return generated && role !== "vendored" && role !== "test" ? "generated" : role;
};

/** A file of the codebase, out of its entry in the tree and the record of its content. Symbols are made when they are first asked for. */
export function describeFile(
  index: number,
  { path, id, bytes }: FileEntry,
  role: FileRole,
  record: SourceRecord,
): SourceFile {
  let symbols: readonly CodeSymbol[] | null = null;
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
      return record.imports;
    },
    get windows() {
      return record.windows;
    },
  };
}
