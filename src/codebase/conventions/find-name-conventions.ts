import type { Codebase, CodeSymbol } from "../codebase.ts";
import { type Convention, printableName, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";
import { nameOf } from "./split-path.ts";

/** Ways to write a name of several words: one word alone says nothing of the custom. */
const styles: readonly (readonly [string, RegExp])[] = [
  ["kebab-case", /^[a-z0-9]+(?:-[a-z0-9]+)+$/],
  ["snake_case", /^_*[a-z0-9]+(?:_[a-z0-9]+)+$/],
  ["UPPER_CASE", /^_*[A-Z0-9]+(?:_[A-Z0-9]+)+$/],
  ["PascalCase", /^(?:[A-Z]+[a-z0-9]+){2,}[A-Z]*$/],
  ["camelCase", /^_*[a-z]+[a-z0-9]*(?:[A-Z]+[a-z0-9]*)+$/],
];

export const styleOf = (name: string): string | null =>
  styles.find(([, pattern]) => pattern.test(name))?.[0] ?? null;

const leastNames = 2;
const mostLanguages = 3;

/** How files are named, language by language; tests are told of elsewhere. */
export function findFileNames(codebase: Codebase): Convention[] {
  const named = codebase.files.flatMap((file) => {
    const language = languageOf(file);
    const style = styleOf(nameOf(file.path).split(".")[0] ?? "");
    if (file.role !== "source" || language === null || style === null) return [];
    return [{ path: file.path, language, style }];
  });
  return groupBy(named, ({ language }) => language)
    .slice(0, mostLanguages)
    .flatMap(({ key: language, items }): Convention[] => {
      const [first] = groupBy(items, ({ style }) => style);
      const [example] = first?.items ?? [];
      if (!first || !example || first.items.length < leastNames) return [];
      const place = { path: example.path, line: 1, text: "" };
      const [agree, of] = [first.items.length, items.length];
      return [
        {
          kind: "file-names",
          language,
          custom: first.key,
          agree,
          of,
          place,
          sentence: `Files of several words are named in ${first.key} (${agree} of ${of} in ${language}), for example ${showPlace(place)}.`,
        },
      ];
    });
}

const kinds: Readonly<Partial<Record<CodeSymbol["kind"], string>>> = {
  class: "classes",
  interface: "interfaces",
  type: "types",
  function: "functions",
  method: "methods",
  field: "fields",
  constant: "constants",
};
const leastSymbols = 5;
/** Below this there is no custom, only two habits. */
const leastShare = 0.6;

/** How declarations are named: one sentence for each language, with every kind of which enough are seen. */
export function findSymbolNames(codebase: Codebase): Convention[] {
  const named = codebase.files.flatMap((file) =>
    file.role !== "source"
      ? []
      : file.symbols.flatMap((symbol) => {
          const kind = kinds[symbol.kind];
          const style = styleOf(symbol.name);
          // A key in quotes may be anything and says nothing of names.
          if (kind === undefined || style === null || style === "kebab-case") return [];
          return [{ symbol, kind, style, language: languageOf(file) ?? "" }];
        }),
  );
  return groupBy(named, ({ language }) => language)
    .slice(0, mostLanguages)
    .flatMap(({ key: language, items }): Convention[] =>
      groupBy(items, ({ kind }) => kind).flatMap(({ key: kind, items: alike }): Convention[] => {
        const [first] = groupBy(alike, ({ style }) => style);
        const example = first?.items[0]?.symbol;
        if (!first || !example || alike.length < leastSymbols) return [];
        if (first.items.length < alike.length * leastShare) return [];
        const { path, line, signature: text } = example;
        const [agree, of] = [first.items.length, alike.length];
        return [
          {
            kind: "symbol-names",
            language,
            custom: `${kind}: ${first.key}`,
            agree,
            of,
            place: { path, line, text },
            sentence: `In ${language}, ${kind} are named in ${first.key} (${agree} of ${of}), for example \`${printableName(example.name)}\` at ${showPlace(example)}.`,
          },
        ];
      }),
    );
}
