// Writes the root action.yml, which the Marketplace wants, from action/action.yml. With --check it writes nothing and exits 1 when the
// file is stale.
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../action/action.yml", import.meta.url);
const target = new URL("../action.yml", import.meta.url);
const head = "# Generated from action/action.yml by scripts/generate-action.mjs: edit that one.\n";

const own = readFileSync(source, "utf8");
const main = /^ {2}main: (?!action\/)/m;
if (!main.test(own)) {
  console.error("action/action.yml names no `main` below `runs`");
  process.exit(1);
}
const next = head + own.replace(main, "  main: action/");

function readTarget() {
  try {
    return readFileSync(target, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

if (process.argv.includes("--check")) {
  if (readTarget() !== next) {
    console.error("action.yml is stale. Run: node scripts/generate-action.mjs");
    process.exit(1);
  }
} else writeFileSync(target, next);
