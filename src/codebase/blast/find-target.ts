import { distance } from "fastest-levenshtein";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { Codebase, CodeSymbol, SourceFile } from "../codebase.ts";

/** What is asked about. `also`: other places that declare a name of the same kind. */
export type Target = { file: SourceFile; symbol: CodeSymbol | null; also: readonly CodeSymbol[] };

const shown = 3;

/** Reads `path`, `path#symbol` or a bare name. Failure: `bad-usage`, which names what is nearest. */
export function findTarget(codebase: Codebase, written: string): Result<Target> {
  const given = written.trim();
  const whole = codebase.file(tidy(given));
  if (whole !== null) return succeed({ file: whole, symbol: null, also: [] });
  const at = given.lastIndexOf("#");
  const file = at > 0 ? codebase.file(tidy(given.slice(0, at))) : null;
  if (file !== null) return findInside(file, given.slice(at + 1));
  const declared = findDeclared(codebase, given);
  const [symbol, ...others] = declared;
  const also = others.filter(
    ({ path }, at) => path !== symbol?.path && others.findIndex((one) => one.path === path) === at,
  );
  const owner = symbol === undefined ? null : codebase.file(symbol.path);
  if (symbol !== undefined && owner !== null) return succeed({ file: owner, symbol, also });
  return fail({ reason: "bad-usage", detail: explain(codebase, given) });
}

const tidy = (path: string): string =>
  path
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/{2,}/g, "/");

/** Name and, before a dot or two colons, what it belongs to. */
function split(name: string): { owner: string | null; last: string } {
  const parts = name
    .replace(/\(.*$/s, "")
    .split(/\.|::|#/)
    .filter((part) => part !== "");
  return { owner: parts.at(-2) ?? null, last: parts.at(-1) ?? "" };
}

const fits = (symbol: CodeSymbol, { owner, last }: ReturnType<typeof split>): boolean =>
  symbol.name === last && (owner === null || symbol.owner === owner);

function findInside(file: SourceFile, name: string): Result<Target> {
  const wanted = split(name);
  const symbol = file.symbols.find((one) => fits(one, wanted));
  if (symbol !== undefined) return succeed({ file, symbol, also: [] });
  const near = nearest(
    wanted.last,
    file.symbols.map((one) => one.name),
  );
  const hint = near.length > 0 ? ` Near are ${near.join(", ")}.` : "";
  return fail({ reason: "bad-usage", detail: `${file.path} declares no ${name}.${hint}` });
}

/** Declarations of a name, the exported ones first; all of one kind of place, since another is another thing. */
function findDeclared(codebase: Codebase, name: string): CodeSymbol[] {
  const wanted = split(name);
  const found = codebase.symbolsNamed(wanted.last).filter((symbol) => fits(symbol, wanted));
  return [
    ...found.filter(({ exported }) => exported),
    ...found.filter(({ exported }) => !exported),
  ];
}

function explain(codebase: Codebase, given: string): string {
  const path = tidy(given).replace(/\/$/, "");
  if (path === "") return "Name a file or a symbol.";
  if (codebase.files.length === 0) return "The repository holds no file at this commit.";
  if (codebase.hasFolder(path)) {
    const inside = codebase.files
      .filter((file) => file.path.startsWith(`${path}/`))
      .slice(0, shown);
    return `${path} is a folder; name a file of it, such as ${inside.map((file) => file.path).join(", ")}.`;
  }
  const plain = path.replace(/#[^#]*$/, "");
  const near = /[/.]/.test(plain) ? nearPaths(codebase, plain) : nearNames(codebase, plain);
  const hint = near.length > 0 ? ` Near are ${near.join(", ")}.` : "";
  return `There is no file and no symbol ${given}.${hint}`;
}

/** A file of the same name elsewhere before one that is written alike. */
function nearPaths(codebase: Codebase, path: string): string[] {
  const paths = codebase.files.map((file) => file.path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const same = paths.filter((one) => one === name || one.endsWith(`/${name}`));
  return [
    ...new Set([...nearest(path, same, Number.POSITIVE_INFINITY), ...nearest(path, paths)]),
  ].slice(0, shown);
}

function nearNames(codebase: Codebase, name: string): string[] {
  const names = new Set<string>();
  for (const { symbols } of codebase.files) {
    for (const symbol of symbols) {
      if (Math.abs(symbol.name.length - name.length) <= 3) names.add(symbol.name);
    }
  }
  return nearest(name, [...names]);
}

/** The likest few, ties in the order of code units; nothing that differs in more than a third of its letters. */
function nearest(
  wanted: string,
  words: readonly string[],
  most = Math.max(2, wanted.length / 3),
): string[] {
  return words
    .map((word) => ({ word, apart: distance(wanted.toLowerCase(), word.toLowerCase()) }))
    .filter(({ apart }) => apart <= most)
    .sort((left, right) => left.apart - right.apart || (left.word < right.word ? -1 : 1))
    .slice(0, shown)
    .map(({ word }) => word);
}
