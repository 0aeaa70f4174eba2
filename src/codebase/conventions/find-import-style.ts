import type { Codebase, ImportStatement, SourceFile } from "../codebase.ts";
import type { Place } from "../found.ts";
import { type Convention, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";

type Use = Place & { how: string; ending: string | null; brings: string | null };

const leastImports = 5;
const mostLanguages = 3;

/**
 * How files of this repository import one another: relative or by an alias, with or without the ending, names or the default. Only
 * imports that were traced to a file count, so that packages from outside do not blur it.
 */
export function findImportStyle(codebase: Codebase): Convention[] {
  const uses = codebase.files
    .filter(({ role }) => role === "source")
    .flatMap((file) =>
      usesOf(codebase, file).map((use) => ({ ...use, language: languageOf(file) ?? "" })),
    );
  return groupBy(uses, ({ language }) => language || null)
    .filter(({ items }) => items.length >= leastImports)
    .slice(0, mostLanguages)
    .flatMap(({ key, items }) => describe(key, items));
}

function usesOf(codebase: Codebase, file: SourceFile): Use[] {
  const traced = new Set(codebase.graph.importsOf(file.path).map(({ line }) => line));
  const isScript = /^(?:typescript|tsx|javascript)$/.test(file.language ?? "");
  if (!isScript && file.language !== "python") return [];
  return file.imports
    .filter(({ line }) => traced.has(line))
    .map((statement) => ({
      path: file.path,
      line: statement.line,
      text: statement.specifier,
      how: howOf(statement.specifier),
      ending: isScript ? (/\.[cm]?[jt]sx?$/.exec(statement.specifier)?.[0] ?? "none") : null,
      brings: isScript ? bringsOf(statement) : null,
    }));
}

function howOf(specifier: string): string {
  if (specifier.startsWith(".")) return "relative";
  const alias = /^(?:[@~#]\/|[~#])/.exec(specifier)?.[0];
  return alias === undefined ? "absolute" : `by the alias \`${alias}\``;
}

function bringsOf({ names }: ImportStatement): string | null {
  if (names.length === 0) return null;
  if (names.includes("default")) return "the default";
  return names.includes("*") ? "everything" : "names";
}

type Groups = readonly { key: string; items: readonly Use[] }[];

function describe(language: string, uses: readonly Use[]): Convention[] {
  const [how] = groupBy(uses, (use) => use.how);
  const place = how?.items[0];
  if (!how || !place) return [];
  const parts = [
    `${how.key} (${how.items.length} of ${uses.length})`,
    share(
      groupBy(how.items, ({ ending }) => ending),
      (ending) => (ending === "none" ? "without a file ending" : `with the ending \`${ending}\``),
    ),
    share(
      groupBy(uses, ({ brings }) => brings),
      (brings) => `mostly of ${brings}`,
    ),
  ].filter((part) => part !== null);
  return [
    {
      kind: "imports",
      language,
      custom: how.key,
      agree: how.items.length,
      of: uses.length,
      place,
      sentence: `Imports of own files in ${language} are ${parts.join(", ")}, see ${showPlace(place)}.`,
    },
  ];
}

function share(groups: Groups, say: (key: string) => string): string | null {
  const [first] = groups;
  const all = groups.reduce((sum, { items }) => sum + items.length, 0);
  if (!first || first.items.length * 2 <= all) return null;
  return `${say(first.key)} (${first.items.length} of ${all})`;
}
