import { build } from "esbuild";
import { hashSources } from "../src/codebase/index/hash-sources.ts";
import { shipGrammars } from "./ship-grammars.mjs";

const requireForBundledCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles one entry into a folder: the same sources give the same bytes, wherever they lie. Beside it lie the script of the threads that
 * read code, which is found there by name, and the grammars that they read it with.
 */
export async function bundle({ entry, name }, out, root = process.cwd()) {
  await build({
    absWorkingDir: root,
    entryPoints: { [name]: entry, "index-worker": "src/codebase/index/index-worker.ts" },
    outdir: out,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    minify: true,
    keepNames: true,
    legalComments: "none",
    chunkNames: "[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    define: { ARCHWRIGHT_READING_VERSION: JSON.stringify(hashSources(root)) },
    banner: { js: requireForBundledCommonJs },
    logLevel: "warning",
  });
  shipGrammars(out, root);
}
