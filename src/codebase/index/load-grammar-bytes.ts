import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import type { Language } from "../codebase.ts";

const decompress = promisify(brotliDecompress);
/** Sources run unbuilt; a bundle has the grammars beside it. */
const bundled = !import.meta.url.endsWith(".ts");

const load = async (built: string, specifier: string): Promise<Uint8Array> =>
  bundled
    ? await decompress(await readFile(new URL(built, import.meta.url)))
    : await readFile(createRequire(import.meta.url).resolve(specifier));

/** The bytes of a grammar: beside the bundle, else from the package that it comes in. */
export const loadGrammar = (language: Language): Promise<Uint8Array> =>
  load(
    `./tree-sitter-${language}.wasm.br`,
    `@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`,
  );

/** The bytes of the parser that grammars run on. */
export const loadRuntime = (): Promise<Uint8Array> =>
  load("./web-tree-sitter.wasm.br", "web-tree-sitter/web-tree-sitter.wasm");
