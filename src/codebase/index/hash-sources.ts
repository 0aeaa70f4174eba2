import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What decides how a file is read and where its imports lead: a change in one of these makes what was kept before worthless. */
const folders = ["index", "outline", "graph", "packages"];
const packages = ["web-tree-sitter", "@vscode/tree-sitter-wasm"];

/**
 * A hash over everything that decides what is read out of a file, of 16 digits, so that nobody has to think of a number to raise.
 * `root` is the folder of this project.
 */
export function hashSources(root: string): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const place = join(root, "src/codebase", folder);
    const names = readdirSync(place, { recursive: true, encoding: "utf8" });
    for (const name of names.filter((one) => one.endsWith(".ts")).sort())
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(place, name)))
        .update("\0");
  }
  for (const name of packages) hash.update(readVersion(root, name));
  return hash.digest("hex").slice(0, 16);
}

/** Where a package is not installed, code is read without its grammars: that is another reading. */
function readVersion(root: string, name: string): string {
  try {
    return readFileSync(join(root, "node_modules", name, "package.json"), "utf8");
  } catch {
    return "none";
  }
}
