import { isRecord, joinPath, listOf, recordOf, textOf } from "../packages/manifest.ts";
import { folderOf, foldersAbove, nameOf, within } from "./place.ts";
import { readJsonc } from "./read-jsonc.ts";
import type { Settings } from "./settings.ts";

/** How the compiler of a folder is told to look for names that are not relative. All paths are of the repository. */
export type Aliases = {
  paths: readonly { pattern: string; targets: readonly string[] }[];
  baseUrl: string | null;
  /** Folders that are one at run time. */
  rootDirs: readonly string[];
};

const none: Aliases = { paths: [], baseUrl: null, rootDirs: [] };
const deepest = 12;
/** Stands for the folder of the file that the compiler was called with. */
const ofAsked = /^\$\{configDir\}/;

/**
 * Aliases that hold in a folder: of the nearest tsconfig.json or jsconfig.json, what it extends included; where it only refers to
 * others beside it (`tsconfig.app.json`), of the first of them that has any; and then of folders above.
 */
export function readAliases(settings: Settings): (folder: string) => readonly Aliases[] {
  const byFolder = new Map<string, string[]>();
  for (const path of settings.paths()) {
    if (!/^[tj]sconfig[\w.-]*\.json$/.test(nameOf(path))) continue;
    const folder = folderOf(path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  const ofFolder = new Map<string, Aliases | null>();
  const own = (folder: string): Aliases | null => {
    const known = ofFolder.get(folder);
    if (known !== undefined) return known;
    const made = chooseAliases(byFolder.get(folder) ?? [], settings);
    ofFolder.set(folder, made);
    return made;
  };
  const chains = new Map<string, readonly Aliases[]>();
  return (folder) => {
    let chain = chains.get(folder);
    if (chain === undefined) {
      chain = [...foldersAbove(within(folder, "x"))].flatMap((above) => own(above) ?? []);
      chains.set(folder, chain);
    }
    return chain;
  };
}

function chooseAliases(paths: readonly string[], settings: Settings): Aliases | null {
  const rank = (path: string): number =>
    ["tsconfig.json", "jsconfig.json", "tsconfig.base.json"].indexOf(nameOf(path)) >>> 0;
  const ordered = [...paths].sort(
    (left, right) => rank(left) - rank(right) || (left < right ? -1 : 1),
  );
  const found = ordered.map((path) => readOne(path, folderOf(path), settings, 0));
  return (
    found.find((one) => one.paths.length > 0 || one.baseUrl !== null || one.rootDirs.length > 0) ??
    null
  );
}

function readOne(path: string, asked: string, settings: Settings, depth: number): Aliases {
  const json = readJsonc(settings.text(path) ?? "");
  if (json === null || depth > deepest) return none;
  const folder = folderOf(path);
  const parents =
    typeof json.extends === "string" ? [json.extends] : listOf(json.extends).map(textOf);
  let found = none;
  for (const parent of parents) {
    const at = findParent(parent, folder, settings);
    if (at !== null && at !== path) found = merge(found, readOne(at, asked, settings, depth + 1));
  }
  const options = recordOf(json.compilerOptions);
  const place = (given: unknown, from: string): string | null => {
    const text = textOf(given);
    return joinPath(ofAsked.test(text) ? asked : from, text.replace(ofAsked, "."));
  };
  const baseUrl = typeof options.baseUrl === "string" ? place(options.baseUrl, folder) : null;
  const paths = Object.entries(recordOf(options.paths)).map(([pattern, targets]) => ({
    pattern,
    targets: listOf(targets).flatMap((target) => place(target, baseUrl ?? folder) ?? []),
  }));
  const rootDirs = listOf(options.rootDirs).flatMap((root) => place(root, folder) ?? []);
  return merge(found, { paths, baseUrl, rootDirs });
}

const merge = (below: Aliases, above: Aliases): Aliases => ({
  paths: above.paths.length > 0 ? above.paths : below.paths,
  baseUrl: above.baseUrl ?? below.baseUrl,
  rootDirs: above.rootDirs.length > 0 ? above.rootDirs : below.rootDirs,
});

/** A relative file, with or without its ending, or one of a package of this repository. */
function findParent(parent: string, folder: string, settings: Settings): string | null {
  const isRelative = parent.startsWith(".");
  const at = isRelative ? joinPath(folder, parent) : settings.inPackage(parent);
  if (at === null) return null;
  const candidates = [at, `${at}.json`, `${at}/tsconfig.json`];
  return candidates.find((path) => isRecord(readJsonc(settings.text(path) ?? ""))) ?? null;
}
