// Compiles without writing anything: every source is stripped of its types and linked with its imports.
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

const exportsOf = (code) =>
  new Set([...code.matchAll(/^export (?:async )?(?:function|const|class|type|interface) (\w+)/gm)].map((m) => m[1]));

const sources = new Map();
for (const file of readdirSync("src").filter((name) => name.endsWith(".ts"))) {
  const code = readFileSync(`src/${file}`, "utf8");
  stripTypeScriptTypes(code);
  sources.set(file, code);
}
for (const [file, code] of sources) {
  for (const [, names, from] of code.matchAll(/^import (?:type )?\{([^}]+)\} from "\.\/([^"]+)";/gm)) {
    const target = sources.get(from);
    if (!target) throw new Error(`src/${file}: there is no src/${from}`);
    for (const name of names.split(",").map((part) => part.trim().replace(/^type /, "")).filter(Boolean)) {
      if (!exportsOf(target).has(name)) throw new Error(`src/${file}: src/${from} exports no ${name}`);
    }
  }
}
console.log(`${sources.size} sources compile`);
