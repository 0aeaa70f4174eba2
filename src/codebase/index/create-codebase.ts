import type { History, IndexableSnapshot } from "../../workspace/port.ts";
import type { Codebase, CodeSymbol, IndexReport, SourceFile } from "../codebase.ts";
import { READ_BYTES } from "./choose-reading.ts";
import { decodeText } from "./decode-text.ts";
import { type Makers, once } from "./once.ts";

/** Declarations by name: those of the product before those of tests, then in the order of paths and lines. */
function gatherSymbols(files: readonly SourceFile[]): Map<string, CodeSymbol[]> {
  const found = new Map<string, CodeSymbol[]>();
  const isTest = (file: SourceFile): boolean => file.role === "test";
  for (const file of [...files.filter((one) => !isTest(one)), ...files.filter(isTest)]) {
    for (const symbol of file.symbols) {
      const known = found.get(symbol.name);
      if (known === undefined) found.set(symbol.name, [symbol]);
      else known.push(symbol);
    }
  }
  return found;
}

function gatherFolders(files: readonly SourceFile[]): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const { path } of files) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

async function readText(snapshot: IndexableSnapshot, file: SourceFile): Promise<string | null> {
  if (file.bytes > READ_BYTES) return null;
  for await (const bytes of snapshot.readAll([file.id]))
    return bytes === null ? null : decodeText(bytes);
  return null;
}

/** The codebase over files that were read. What can be derived of them is derived when it is first asked for, and once. */
export function createCodebase(
  snapshot: IndexableSnapshot,
  files: readonly SourceFile[],
  history: History,
  made: IndexReport,
  makers: Makers,
): Codebase {
  const byPath = once(() => new Map(files.map((file) => [file.path, file])));
  const symbols = once(() => gatherSymbols(files));
  const folders = once(() => gatherFolders(files));
  const { graph, packages, owners } = makers;
  const file = (path: string): SourceFile | null => byPath().get(path) ?? null;
  return {
    commit: snapshot.commit,
    files,
    made,
    file,
    hasFolder: (path) => folders().has(path.replace(/\/+$/, "")),
    text: async (path) => {
      const found = file(path);
      return found === null ? null : await readText(snapshot, found);
    },
    symbolsNamed: (name) => symbols().get(name) ?? [],
    grep: (pattern, scope, limit) => snapshot.grep(pattern, scope, limit),
    get graph() {
      return graph();
    },
    get packages() {
      return packages();
    },
    history,
    ownersOf: (path) => owners()(path),
  };
}
