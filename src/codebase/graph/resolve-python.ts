import type { SourceFile } from "../codebase.ts";
import { lazily, type PathIndex, remember } from "./path-index.ts";
import { folderOf, foldersAbove, type Resolve, type Target, whole, within } from "./place.ts";
import type { Settings } from "./settings.ts";

/** Python: relative names, and absolute ones below every folder that can be on the path of the file that imports. */
export function resolvePython(index: PathIndex, settings: Settings): Resolve {
  const declared = lazily(() => declaredRoots(index, settings));
  const rootsOf = remember((folder) => [...new Set([...ownRoots(index, folder), ...declared()])]);
  const find = remember((question) => {
    const at = question.indexOf("\0");
    const module = question.slice(at + 1).replaceAll(".", "/");
    return (
      rootsOf(question.slice(0, at)).find((root) => isModule(index, within(root, module))) ?? null
    );
  });
  return (file, { specifier, names }) => {
    const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
    const rest = specifier.slice(dots);
    if (dots > 0) {
      const folder = climb(folderOf(file.path), dots - 1);
      return folder === null
        ? []
        : targets(index, within(folder, rest.replaceAll(".", "/")), names, file);
    }
    const root = find(`${folderOf(file.path)}\0${rest}`);
    return root === null
      ? []
      : targets(index, within(root, rest.replaceAll(".", "/")), names, file);
  };
}

function climb(folder: string, steps: number): string | null {
  let at = folder;
  for (let step = 0; step < steps; step += 1) {
    if (at === "") return null;
    at = folderOf(at);
  }
  return at;
}

/** A module's file, or the file that makes a folder a package. */
function fileOf(index: PathIndex, module: string): string | null {
  const candidates = [
    `${module}.py`,
    `${module}/__init__.py`,
    `${module}.pyi`,
    `${module}/__init__.pyi`,
  ];
  return candidates.find((path) => index.has(path.replace(/^\//, "")))?.replace(/^\//, "") ?? null;
}

/** Also a folder of modules without `__init__.py`, which is a namespace. */
const isModule = (index: PathIndex, module: string): boolean =>
  fileOf(index, module) !== null ||
  index.filesIn(module).some(({ language }) => language === "python");

/** Names that are modules of their own lead there, the others to the module that gives them. */
function targets(
  index: PathIndex,
  module: string,
  names: readonly string[],
  from: SourceFile,
): Target[] {
  const path = fileOf(index, module);
  const given = new Set(path === null ? [] : index.file(path)?.symbols.map(({ name }) => name));
  const rest: string[] = [];
  const found: Target[] = [];
  for (const name of names) {
    const inner = name === "*" || given.has(name) ? null : fileOf(index, within(module, name));
    if (inner === null || inner === from.path) rest.push(name);
    else found.push({ path: inner, names: ["*"] });
  }
  return rest.length > 0 ? [...whole(path, rest), ...found] : found;
}

/**
 * Folders at or above a file that are no package themselves, the nearest first: the file's own, since a script finds its neighbours,
 * and those that hold its package; with `src` beside them.
 */
function ownRoots(index: PathIndex, folder: string): string[] {
  const above = [...foldersAbove(within(folder, "x"))].filter(
    (at) => !index.has(within(at, "__init__.py")),
  );
  return above.flatMap((at) => [at, ...sourcesIn(index, at)]);
}

const sourcesIn = (index: PathIndex, folder: string): string[] =>
  ["src", "lib", "python"]
    .map((name) => within(folder, name))
    .filter((at) => index.hasFolder(at) && !index.has(within(at, "__init__.py")));

/** Folders of packages that a manifest describes: a workspace installs them side by side. */
function declaredRoots(index: PathIndex, settings: Settings): string[] {
  const folders = settings.packages
    .filter((one) => one.ecosystem === "pypi")
    .map((one) => one.folder);
  return [...new Set(folders)].flatMap((folder) => [folder, ...sourcesIn(index, folder)]);
}
