import type { Codebase, CodeSymbol, Language } from "../codebase.ts";
import { order } from "./count-by.ts";
import { folderOf } from "./split-path.ts";

/** Languages in which a name of another file is not there unless an import brings it in. */
const imported: ReadonlySet<Language> = new Set([
  "typescript",
  "tsx",
  "javascript",
  "python",
] as const);

/** How many files may hand a name on before it is declared. */
const mostHands = 4;

const isType = ({ kind }: CodeSymbol): boolean =>
  kind === "class" || kind === "interface" || kind === "type";

/** `pkg.BaseCollector`, `ns::Base` and `App\Base` by their last part. */
export const lastName = (name: string): string => name.split(/[.:\\/]+/).at(-1) ?? name;

/**
 * The declaration that a name of a type means in a file: of the file itself, then what an import brings in, then (where the language
 * needs no import for it) its neighbours and whatever the repository declares but once. null where it comes from outside.
 */
export function resolveType(codebase: Codebase, name: string, path: string): CodeSymbol | null {
  const bare = lastName(name);
  const declared = codebase
    .symbolsNamed(bare)
    .filter((symbol) => isType(symbol) && isOwn(codebase, symbol.path));
  if (declared.length === 0) return null;
  const own = declared.find((symbol) => symbol.path === path);
  if (own && bare === name) return own;
  const byImport = followImports(codebase, declared, name, path);
  if (byImport) return byImport;
  const language = codebase.file(path)?.language ?? null;
  if (own) return own;
  if (language === null || imported.has(language)) return null;
  return nearest(codebase, declared, path);
}

const isOwn = (codebase: Codebase, path: string): boolean => {
  const role = codebase.file(path)?.role;
  return role === "source" || role === "test";
};

function followImports(
  codebase: Codebase,
  declared: readonly CodeSymbol[],
  name: string,
  path: string,
): CodeSymbol | null {
  const bare = lastName(name);
  const first = name.split(/[.:\\/]+/)[0] ?? name;
  const brings = (names: readonly string[]): boolean =>
    names.some((each) => each === bare || each === first || each === "*" || each === "default");
  let front = [path];
  const seen = new Set(front);
  for (let hands = 0; hands <= mostHands && front.length > 0; hands += 1) {
    const targets = front.flatMap((from) =>
      codebase.graph
        .importsOf(from)
        .filter((edge) => brings(edge.names) || (hands > 0 && edge.handsOn))
        .map((edge) => edge.to),
    );
    const next = [...new Set(targets)].filter((to) => !seen.has(to));
    const found = declared.find((symbol) => next.includes(symbol.path));
    if (found) return found;
    for (const to of next) seen.add(to);
    front = next;
  }
  return null;
}

/** Where no import is written: the same folder, then one that shares the longest beginning of its path, if its language is the same. */
function nearest(
  codebase: Codebase,
  declared: readonly CodeSymbol[],
  path: string,
): CodeSymbol | null {
  const language = codebase.file(path)?.language;
  const alike = declared.filter((symbol) => codebase.file(symbol.path)?.language === language);
  const folder = folderOf(path);
  const shared = (other: string): number => {
    const [left, right] = [folder.split("/"), folderOf(other).split("/")];
    let count = 0;
    while (count < left.length && left[count] === right[count]) count += 1;
    return folderOf(other) === folder ? Number.POSITIVE_INFINITY : count;
  };
  return (
    [...alike].sort(
      (left, right) => shared(right.path) - shared(left.path) || order(left.path, right.path),
    )[0] ?? null
  );
}
