import type { SymbolKind } from "../../codebase.ts";
import type { CommentStyle } from "../fold-signature.ts";
import type { IsCode } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

/** How a line looks that declares something. Its first group is the name. */
export type Look = {
  look: RegExp;
  kind: SymbolKind;
  /** Whether what is indented below it belongs to it. */
  holds?: boolean;
};

/** How a language looks, line by line, to who does not know its grammar. */
export type PatternLanguage = {
  comments: CommentStyle;
  looks: readonly Look[];
  exported(signature: string, name: string): boolean;
  bases(afterName: string): readonly string[];
  imports(source: ImportSource, isCode: IsCode): void;
};

/** Finds imports that are one statement on one line. */
export function importsByLine(
  pattern: RegExp,
  read: (
    found: RegExpMatchArray,
  ) => { specifier: string; names: readonly string[]; handsOn?: boolean }[],
): PatternLanguage["imports"] {
  return (source, isCode) => {
    for (const found of source.text.matchAll(pattern)) {
      const place = found.index + found[0].search(/\S/);
      if (!isCode(place, [])) continue;
      const line = source.lines.lineAt(place);
      for (const { specifier, names, handsOn = false } of read(found)) {
        if (specifier !== "") source.imports.push({ line, specifier, names, handsOn });
      }
    }
  };
}
