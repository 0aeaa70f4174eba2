import type { SymbolKind } from "../../codebase.ts";
import type { CommentStyle } from "../fold-signature.ts";
import type { IsCode } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

/** How a line looks that declares something. Its group `name`, or else its first, is the name; a group `owner` is what it belongs to. */
export type Look = {
  look: RegExp;
  kind: SymbolKind;
  /** Whether what is indented below it belongs to it. */
  holds?: boolean;
  /** Whether it adds to what is declared elsewhere (`impl A`, `extension A`). */
  adds?: boolean;
};

/** How a language looks, line by line, to who does not know its grammar. */
export type PatternLanguage = {
  comments: CommentStyle;
  looks: readonly Look[];
  exported(signature: string, name: string): boolean;
  bases(afterName: string): readonly string[];
  imports(source: ImportSource, isCode: IsCode): void;
};

/** `at` is how far behind the beginning of the statement it stands. */
type Found = { specifier: string; names: readonly string[]; handsOn?: boolean; at?: number };

/** Finds imports that are one statement on one line. */
export function importsByLine(
  pattern: RegExp,
  read: (found: RegExpMatchArray) => Found[],
): PatternLanguage["imports"] {
  return (source, isCode) => {
    for (const found of source.text.matchAll(pattern)) {
      const place = found.index + found[0].search(/\S/);
      if (!isCode(place, [])) continue;
      for (const { specifier, names, handsOn = false, at = 0 } of read(found)) {
        const line = source.lines.lineAt(place + at);
        if (specifier !== "") source.imports.push({ line, specifier, names, handsOn });
      }
    }
  };
}
