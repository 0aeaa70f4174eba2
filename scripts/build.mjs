// Bundles the command line into dist/ for the npm package: Node refuses type stripping inside node_modules.
// `--check` builds to a temporary folder and compares, so that a committed bundle can be held to its sources.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { bundle } from "./bundle.mjs";

const targets = [{ entry: "src/cli.ts", name: "cli", out: "dist", committed: false }];
if (existsSync("action/index.ts")) {
  targets.push({ entry: "action/index.ts", name: "index", out: "action/dist", committed: true });
}

const files = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => statSync(join(folder, name)).isFile())
        .sort()
    : [];

function differs(built, committed) {
  const names = files(built);
  if (names.join() !== files(committed).join()) return true;
  return names.some((name) => !read(join(built, name)).equals(read(join(committed, name))));
}

/** What is compressed counts by what it holds: another version of Node may compress it another way. */
function read(path) {
  const bytes = readFileSync(path);
  return path.endsWith(".br") ? brotliDecompressSync(bytes) : bytes;
}

const check = process.argv.includes("--check");
for (const target of targets.filter((one) => !check || one.committed)) {
  const out = check ? mkdtempSync(join(tmpdir(), "archwright-dist-")) : target.out;
  if (!check) rmSync(out, { recursive: true, force: true });
  await bundle(target, out);
  if (!check) continue;
  const stale = differs(out, target.out);
  rmSync(out, { recursive: true });
  if (stale) {
    console.error(
      `${target.out} is not what ${target.entry} builds to: run \`npm run build\` and commit it`,
    );
    process.exitCode = 1;
  }
}
