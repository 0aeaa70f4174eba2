import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Language } from "../../../src/codebase/codebase.ts";
import { createOutliner } from "../../../src/codebase/outline/create-outliner.ts";
import type { Outline, Outliner } from "../../../src/codebase/outline/outline.ts";

const resolve = createRequire(import.meta.url).resolve;
const grammars = join(dirname(resolve("@vscode/tree-sitter-wasm/package.json")), "wasm");

export function grammarFile(language: Language): string {
  return join(grammars, `tree-sitter-${language}.wasm`);
}

export function runtimeFile(): string {
  return resolve("web-tree-sitter/web-tree-sitter.wasm");
}

/** An outliner that has these languages. */
export async function outlinerOf(...languages: readonly Language[]): Promise<Outliner> {
  const outliner = await createOutliner({
    runtime: () => readFile(runtimeFile()),
    grammar: (language) => readFile(grammarFile(language)),
  });
  for (const language of languages) await outliner.prepare(language);
  return outliner;
}

/** One row a declaration: `lines exported? kind owner.name <bases> | signature`. A plus stands for exported. */
export function symbolRows({ symbols }: Outline): string[] {
  return symbols.map(({ line, endLine, exported, kind, owner, name, bases, signature }) => {
    const lines = line === endLine ? String(line) : `${line}-${endLine}`;
    const full = owner === null ? name : `${owner}.${name}`;
    const list = bases.length === 0 ? "" : ` <${bases.join(", ")}>`;
    return `${lines} ${exported ? "+" : "-"} ${kind} ${full}${list} | ${signature}`;
  });
}

/** One row an import: `line specifier: names`; an arrow stands for what is handed on. */
export function importRows({ imports }: Outline): string[] {
  return imports.map(({ line, specifier, names, handsOn }) => {
    return `${line} ${handsOn ? "→ " : ""}${specifier}: ${names.join(", ")}`;
  });
}
