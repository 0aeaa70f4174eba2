import { joinPath } from "../packages/manifest.ts";
import { findScript } from "./find-script.ts";
import { type PathIndex, remember } from "./path-index.ts";
import { folderOf, foldersAbove, type Resolve, whole, within } from "./place.ts";
import { type Aliases, readAliases } from "./read-aliases.ts";
import { readJsonc } from "./read-jsonc.ts";
import { matchStar, resolveExport, resolveInner } from "./resolve-exports.ts";
import type { Settings } from "./settings.ts";

/** JavaScript and TypeScript, and the scripts of Vue, Svelte and Astro. */
export function resolveScript(index: PathIndex, settings: Settings): Resolve {
  const aliasesOf = readAliases(settings);
  const manifestOf = remember((path) => readJsonc(settings.text(path) ?? "") ?? {});
  const packageOf = remember((folder) => findPackage(folder, settings));
  const find = (folder: string, specifier: string): string | null => {
    if (/^\.{1,2}(?:\/|$)/.test(specifier))
      return findRelative(index, folder, specifier, aliasesOf(folder));
    const own = packageOf(folder);
    if (specifier.startsWith("#")) {
      const inner = own && resolveInner(index, folderOf(own), manifestOf(own), specifier);
      if (inner !== null) return inner;
    }
    const aliased = findAliased(index, specifier, aliasesOf(folder));
    if (aliased !== null) return aliased;
    const named = settings.nodePackage(specifier);
    if (named !== null) {
      const found = resolveExport(index, named.folder, manifestOf(named.manifest), named.rest);
      if (found !== null) return found;
    }
    return findByCustom(index, own === null ? "" : folderOf(own), specifier);
  };
  const known = remember((question) => {
    const at = question.indexOf("\0");
    return find(question.slice(0, at), question.slice(at + 1));
  });
  return (file, { specifier, names }) => {
    const plain = specifier.replace(/^.*!/, "").replace(/[?].*$/, "");
    return plain === "" ? [] : whole(known(`${folderOf(file.path)}\0${plain}`), names);
  };
}

function findPackage(folder: string, settings: Settings): string | null {
  for (const above of foldersAbove(within(folder, "x"))) {
    const path = within(above, "package.json");
    if (settings.text(path) !== null) return path;
  }
  return null;
}

function findRelative(
  index: PathIndex,
  folder: string,
  specifier: string,
  aliases: readonly Aliases[],
): string | null {
  const path = joinPath(folder, specifier);
  if (path === null) return null;
  const found = findScript(index, path);
  if (found !== null) return found;
  const roots = aliases.find(({ rootDirs }) => rootDirs.length > 0)?.rootDirs ?? [];
  const root = roots.find((one) => path.startsWith(`${one}/`));
  if (root === undefined) return null;
  for (const other of roots) {
    const there = findScript(index, within(other, path.slice(root.length + 1)));
    if (there !== null) return there;
  }
  return null;
}

function findAliased(
  index: PathIndex,
  specifier: string,
  aliases: readonly Aliases[],
): string | null {
  for (const { paths, baseUrl } of aliases) {
    const fitting = paths
      .flatMap(({ pattern, targets }) => {
        const star = matchStar(pattern, specifier);
        return star === null ? [] : [{ pattern, targets, star }];
      })
      .sort((left, right) => right.pattern.indexOf("*") - left.pattern.indexOf("*"));
    for (const { targets, star } of fitting) {
      for (const target of targets) {
        const found = findScript(
          index,
          target.replace("*", () => star),
        );
        if (found !== null) return found;
      }
    }
    const based = baseUrl === null ? null : findScript(index, within(baseUrl, specifier));
    if (based !== null) return based;
  }
  return null;
}

/** What bundlers are mostly told in programs that are not run here: `@/a`, `~/a` and `/a` mean the package's sources. */
function findByCustom(index: PathIndex, folder: string, specifier: string): string | null {
  const rest = /^(?:[@~]?\/)(.+)$/.exec(specifier)?.[1];
  if (rest === undefined) return null;
  for (const source of ["src", "app", ""]) {
    const found = findScript(index, within(within(folder, source), rest));
    if (found !== null) return found;
  }
  return null;
}
