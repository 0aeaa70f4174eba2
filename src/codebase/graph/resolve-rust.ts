import { recordOf, textOf } from "../packages/manifest.ts";
import { readToml } from "../packages/read-toml.ts";
import { type PathIndex, remember } from "./path-index.ts";
import {
  folderOf,
  foldersAbove,
  nameOf,
  type Resolve,
  stemOf,
  type Target,
  within,
} from "./place.ts";
import type { Settings } from "./settings.ts";

/** A module: its file, and the folder in which modules below it lie. */
type Module = { file: string; folder: string };

/** Rust: modules by their files, `crate`, `self`, `super`, and the other crates of the workspace. */
export function resolveRust(index: PathIndex, settings: Settings): Resolve {
  const crates = readCrates(index, settings);
  const rootOf = remember((path) => findRoot(index, crates, path));
  return (file, { specifier, names }) => {
    if (specifier.startsWith("mod:")) {
      // A module that is declared lies below the one that declares it, and nowhere else.
      const child = childOf(index, moduleOf(file.path, rootOf(file.path)), specifier.slice(4));
      return child === null ? [] : [{ path: child.file, names: ["*"] }];
    }
    const parts = specifier
      .replace(/^::/, "")
      .split("::")
      .map((part) => part.trim().replace(/^r#/, ""))
      .filter((part) => part !== "" && part !== "*");
    const own = moduleOf(file.path, rootOf(file.path));
    const start = begin(index, crates, own, rootOf(file.path), parts);
    if (start === null) return [];
    const { module, rest } = walk(index, start.module, start.parts);
    return spread(index, module, rest, names).filter(({ path }) => path !== file.path);
  };
}

type Crate = { name: string; folder: string; root: Module };

function readCrates(index: PathIndex, settings: Settings): Crate[] {
  return settings.packages.flatMap((one) => {
    if (one.ecosystem !== "cargo" || one.name === "") return [];
    const toml = readToml(settings.text(one.manifest) ?? "") ?? {};
    const library = textOf(recordOf(toml.lib).path);
    const paths = [library, "src/lib.rs", "src/main.rs"].filter((path) => path !== "");
    const file = paths.map((path) => within(one.folder, path)).find((path) => index.has(path));
    const name = textOf(recordOf(toml.lib).name) || one.name;
    return file === undefined
      ? []
      : [
          {
            name: name.replaceAll("-", "_"),
            folder: one.folder,
            root: { file, folder: folderOf(file) },
          },
        ];
  });
}

/** Root of the crate that a file belongs to. Tests, examples and programs of a package are crates of their own. */
function findRoot(index: PathIndex, crates: readonly Crate[], path: string): Module | null {
  for (const above of foldersAbove(path)) {
    const crate = crates.find(({ folder }) => folder === above);
    if (crate === undefined) continue;
    if (path.startsWith(`${crate.root.folder}/`) || crate.root.folder === "") {
      const program = /^(?:.*\/)?src\/bin\/(?:[^/]+\.rs$|([^/]+)\/)/.exec(path);
      return program === null ? crate.root : ownRoot(index, path);
    }
    return ownRoot(index, path);
  }
  return null;
}

function ownRoot(index: PathIndex, path: string): Module {
  const folder = folderOf(path);
  const roots = ["main.rs", "lib.rs"].map((name) => within(folder, name));
  return { file: roots.find((root) => index.has(root)) ?? path, folder };
}

const ownsFolder = /^(?:mod|lib|main)\.rs$/;

function moduleOf(path: string, root: Module | null): Module {
  const folder = folderOf(path);
  const isRoot = ownsFolder.test(nameOf(path)) || path === root?.file;
  return { file: path, folder: isRoot ? folder : within(folder, stemOf(path)) };
}

function begin(
  index: PathIndex,
  crates: readonly Crate[],
  own: Module,
  root: Module | null,
  parts: readonly string[],
): { module: Module; parts: readonly string[] } | null {
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  if (first === "crate" || first === "$crate") return root && { module: root, parts: rest };
  if (first === "self") return { module: own, parts: rest };
  if (first === "super") {
    let module: Module | null = own;
    let left = parts;
    for (; left[0] === "super"; left = left.slice(1))
      module = module && parentOf(index, module, root);
    return module && { module, parts: left };
  }
  const crate = crates.find(({ name }) => name === first);
  if (childOf(index, own, first) === null && crate !== undefined)
    return { module: crate.root, parts: rest };
  return childOf(index, own, first) === null ? null : { module: own, parts };
}

function parentOf(index: PathIndex, module: Module, root: Module | null): Module | null {
  const folder = folderOf(module.folder);
  if (root !== null && folder === root.folder) return root;
  const file = [`${folder}.rs`, within(folder, "mod.rs")].find((path) => index.has(path));
  return file === undefined ? null : { file, folder };
}

function childOf(index: PathIndex, module: Module, name: string): Module | null {
  const folder = within(module.folder, name);
  const file = [`${folder}.rs`, within(folder, "mod.rs")].find((path) => index.has(path));
  return file === undefined || file === module.file ? null : { file, folder };
}

function walk(
  index: PathIndex,
  start: Module,
  parts: readonly string[],
): { module: Module; rest: readonly string[] } {
  let module = start;
  for (const [at, part] of parts.entries()) {
    const child = childOf(index, module, part);
    if (child === null) return { module, rest: parts.slice(at) };
    module = child;
  }
  return { module, rest: [] };
}

/** Names that are modules lead to their files, the others to the module that gives them. */
function spread(
  index: PathIndex,
  module: Module,
  rest: readonly string[],
  names: readonly string[],
): Target[] {
  if (rest.length > 0)
    return [{ path: module.file, names: names.length > 0 ? names : rest.slice(0, 1) }];
  const found: Target[] = [];
  const others: string[] = [];
  for (const name of names) {
    const child = childOf(index, module, name);
    if (child === null) others.push(name === "self" ? "*" : name);
    else found.push({ path: child.file, names: ["*"] });
  }
  const isNeeded = others.length > 0 || found.length === 0;
  return isNeeded
    ? [{ path: module.file, names: others.length > 0 ? others : ["*"] }, ...found]
    : found;
}
