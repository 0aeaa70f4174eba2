import { build } from "esbuild";

const requireForBundledCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Bundles one entry into a folder: the same sources give the same bytes, wherever they lie. */
export async function bundle({ entry, name }, out, root = process.cwd()) {
  await build({
    absWorkingDir: root,
    entryPoints: { [name]: entry },
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
    banner: { js: requireForBundledCommonJs },
    logLevel: "warning",
  });
}
