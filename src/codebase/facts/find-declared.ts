import type { Codebase } from "../codebase.ts";
import type { Place } from "../found.ts";

/** Reads the declarations of one custom (a language, a framework) out of a file. Reads any text without failing. */
export type Reader<T extends Place> = {
  /** Extended regular expression of a line without which a file holds none. */
  sign: string;
  paths: RegExp;
  read(path: string, text: string): readonly T[];
};

const mostHits = 20_000;
/** Larger files are data or made by a program. */
const longest = 1_000_000;

/**
 * What the readers find in the files that carry one of their signs: of the product first, then of tests and documents, each in the
 * order of paths and lines. One search for all of them.
 */
export async function findDeclared<T extends Place>(
  codebase: Codebase,
  readers: readonly Reader<T>[],
): Promise<readonly T[]> {
  const signs = readers.map(({ sign }) => `(${sign})`).join("|");
  const hits = await codebase.grep(signs, [], mostHits);
  const paths = [...new Set(hits.map(({ path }) => path))];
  return readFiles(codebase, paths, readers);
}

/** As `findDeclared`, for files that are known already. */
export async function readFiles<T extends Place>(
  codebase: Codebase,
  paths: readonly string[],
  readers: readonly Reader<T>[],
): Promise<readonly T[]> {
  const product: T[] = [];
  const aside: T[] = [];
  for (const path of [...paths].sort(byCodeUnits)) {
    const able = readers.filter((reader) => reader.paths.test(path));
    const role = codebase.file(path)?.role ?? "source";
    if (able.length === 0 || role === "vendored" || role === "binary") continue;
    const text = await codebase.text(path);
    if (text === null || text.length > longest) continue;
    const found = able.flatMap((reader) => reader.read(path, text));
    const into = role === "test" || role === "document" ? aside : product;
    for (const each of found.sort((left, right) => left.line - right.line)) into.push(each);
  }
  return [...product, ...aside];
}

const byCodeUnits = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;
