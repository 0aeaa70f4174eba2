import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Language } from "../../../src/codebase/codebase.ts";
import type { Outline } from "../../../src/codebase/outline/outline.ts";
import { outlineByPattern } from "../../../src/codebase/outline/outline-by-pattern.ts";
import { outlinerOf, symbolRows } from "./outline-rows.ts";

const languages: Language[] = [
  "typescript",
  "tsx",
  "javascript",
  "python",
  "go",
  "rust",
  "java",
  "c-sharp",
  "ruby",
  "php",
  "cpp",
];
const outliner = await outlinerOf(...languages);

/** A small class by which one sees that a language still works. */
const SOUND: Readonly<Record<Language, string>> = {
  typescript: "class Ok {}",
  tsx: "class Ok {}",
  javascript: "class Ok {}",
  python: "class Ok: pass",
  go: "type Ok struct {}",
  rust: "struct Ok {}",
  java: "class Ok {}",
  "c-sharp": "class Ok {}",
  ruby: "class Ok\nend",
  php: "<?php class Ok {}",
  cpp: "class Ok {};",
};

function nameOfFirst(language: Language): string | undefined {
  return outliner.outline({ path: "ok", language, text: SOUND[language] }).symbols[0]?.name;
}

function expectWithin({ symbols, imports }: Outline, text: string): void {
  const lines = text.split("\n").length;
  for (const { line, endLine, name, signature } of symbols) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(endLine).toBeGreaterThanOrEqual(line);
    expect(endLine).toBeLessThanOrEqual(lines);
    expect(name).not.toBe("");
    expect(signature.length).toBeLessThanOrEqual(240);
    expect(signature).not.toMatch(/\n/);
  }
  for (const { line, specifier } of imports) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines);
    expect(specifier).not.toBe("");
  }
}

const pieces = fc.constantFrom(
  ..."( ) { } [ ] < > ; : , . = => ' \" ` @ # $ * & | / // /* */ \\ <?php \n \t \0 \ud800 é 😀".split(
    " ",
  ),
  ...`class interface enum struct trait impl module namespace def function fn func type const let var
  import from export default require use using include extends implements private public static
  if try end self exports module.exports prototype __all__ A b c 1 "x" './y'`.split(/\s+/),
  "\n  ",
  " ",
);
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(" "));

test.each(languages)(
  "nothing that is written in %s makes it throw, and lines lie in the file",
  (language) => {
    fc.assert(
      fc.property(texts, (text) => {
        const request = { path: "a", language, text };
        expectWithin(outliner.outline(request), text);
        expectWithin(outlineByPattern(request), text);
        expect(outliner.outline(request)).toEqual(outliner.outline(request));
      }),
      { numRuns: 150, seed: 4 },
    );
    expect(nameOfFirst(language)).toBe("Ok");
  },
);

test.each(["kt", "swift", "scala", "dart", "vue", "svelte", "txt"])(
  "nothing in a .%s file makes it throw",
  (ending) => {
    fc.assert(
      fc.property(texts, (text) => {
        expectWithin(outliner.outline({ path: `a.${ending}`, language: null, text }), text);
      }),
      { numRuns: 150, seed: 4 },
    );
  },
);

const MANY = 10_000;
const nested: [string, string][] = [
  ["brackets", `x = ${"(".repeat(MANY)}1${")".repeat(MANY)}`],
  ["braces that stay open", "{".repeat(MANY)],
  ["classes", "class A { ".repeat(MANY)],
  ["types that overrun the parser's own stack", "let x: A<".repeat(MANY)],
  ["quotes", "\"'`".repeat(MANY)],
  ["quotes that escape the next", '"\\'.repeat(MANY)],
  ["slashes that open what may be a pattern", "}/[".repeat(MANY)],
];

test.each(nested)(
  "ten thousand nested %s are survived by every language, and what follows is read",
  (_what, text) => {
    for (const language of languages) {
      expectWithin(outliner.outline({ path: "a", language, text }), text);
      expect([language, nameOfFirst(language)]).toEqual([language, "Ok"]);
    }
  },
);

test("a file that the parser cannot put together at all is read by its look to its end", () => {
  const text = "type A = 1;\n{{{{ (((\nexport type C<\n  D\n> = D;\nexport class E {}\n";
  const outline = outliner.outline({ path: "a.ts", language: "typescript", text });
  expect(outline.symbols.map(({ line, name }) => `${line} ${name}`)).toEqual(["1 A", "3 C", "6 E"]);
});

test("half a file gives what stands before its end", () => {
  const text = "import a from './a';\nexport class A extends B {\n  run(): void {}\n  stop(";
  const outline = outliner.outline({ path: "a.ts", language: "typescript", text });
  expect(outline.imports.map(({ specifier }) => specifier)).toEqual(["./a"]);
  expect(symbolRows(outline)).toEqual([
    "2-4 + class A <B> | export class A extends B",
    "3 + method A.run | run(): void",
  ]);
});
