import { joinPath, listOf, recordOf, textOf } from "../packages/manifest.ts";
import { readJson } from "../packages/read-json.ts";
import { type PathIndex, remember } from "./path-index.ts";
import { folderOf, nameOf, nearest, type Resolve, whole, within } from "./place.ts";
import type { Settings } from "./settings.ts";

/** PHP: classes by PSR-4 of every composer.json, else by the file that ends like them; `require` of files by their path. */
export function resolvePhp(index: PathIndex, settings: Settings): Resolve {
  const prefixes = readPrefixes(settings);
  const find = remember((name) => findClass(index, prefixes, name));
  return (file, { specifier, names }) => {
    if (/\.(?:php|inc|phtml)$/.test(specifier)) {
      const path = joinPath(folderOf(file.path), specifier.replace(/^\//, ""));
      const found = path !== null && index.has(path) ? path : specifier.replace(/^[./]+/, "");
      return whole(index.has(found) ? found : null, ["*"]);
    }
    const plain = specifier.replace(/^(?:function|const)\s+/, "").replace(/^\\|\\$/g, "");
    const direct = choose(find(plain), file.path);
    if (direct !== null)
      return whole(direct, names.length > 0 ? names : [plain.split("\\").at(-1) ?? "*"]);
    return names.flatMap((name) => whole(choose(find(`${plain}\\${name}`), file.path), [name]));
  };
}

const choose = (paths: readonly string[], from: string): string | null => nearest(paths, from);

type Prefix = { prefix: string; folder: string };

/** The longest first. */
function readPrefixes(settings: Settings): Prefix[] {
  const found: Prefix[] = [];
  for (const path of settings.paths()) {
    if (nameOf(path) !== "composer.json") continue;
    const json = readJson(settings.text(path) ?? "") ?? {};
    for (const section of [json.autoload, json["autoload-dev"]]) {
      for (const [prefix, given] of Object.entries(recordOf(recordOf(section)["psr-4"]))) {
        for (const folder of typeof given === "string" ? [given] : listOf(given).map(textOf)) {
          const at = joinPath(folderOf(path), folder);
          if (at !== null) found.push({ prefix, folder: at });
        }
      }
    }
  }
  return found.sort((left, right) => right.prefix.length - left.prefix.length);
}

function findClass(index: PathIndex, prefixes: readonly Prefix[], name: string): readonly string[] {
  for (const { prefix, folder } of prefixes) {
    if (!`${name}\\`.startsWith(prefix)) continue;
    const path = within(folder, `${name.slice(prefix.length).replaceAll("\\", "/")}.php`);
    if (index.has(path)) return [path];
  }
  const parts = name.split("\\");
  // The first part is often a vendor's name that no folder has.
  for (const start of [0, 1]) {
    const rest = parts.slice(start);
    if (rest.length < 2) break;
    const found = index.endingWith(`${rest.join("/")}.php`);
    if (found.length > 0) return found;
  }
  return [];
}
