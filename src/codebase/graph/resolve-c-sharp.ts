import type { SourceFile } from "../codebase.ts";
import { chooseProviders } from "./choose-providers.ts";
import type { Mentions } from "./mentions.ts";
import { lazily, type PathIndex, push } from "./path-index.ts";
import type { Resolve, Target } from "./place.ts";

/** C#: `using` names a namespace, which any file may declare; where none is known to, folders that end like it. */
export function resolveCSharp(
  index: PathIndex,
  files: readonly SourceFile[],
  mentions: Mentions,
): Resolve {
  const byNamespace = lazily(() => groupByNamespace(files));
  return (file, { specifier, names }) => {
    const plain = specifier
      .replace(/^(?:global\s+)?(?:static\s+)?(?:[\w@]+\s*=\s*)?(?:global::)?/, "")
      .replace(/;$/, "");
    const declared = byNamespace().get(plain);
    if (declared !== undefined) return chooseProviders(file, declared, names, mentions);
    const declaring = findDeclaring(byNamespace(), plain);
    if (declaring.length > 0) return declaring;
    const folders = plain.includes(".") ? index.foldersEndingWith(plain.replaceAll(".", "/")) : [];
    const inFolders = folders
      .flatMap((folder) => index.filesIn(folder))
      .filter(({ path }) => path.endsWith(".cs"));
    return inFolders.length === 0 ? [] : chooseProviders(file, inFolders, names, mentions);
  };
}

/** `using static` and aliases name a type of a namespace, or one within it. */
function findDeclaring(
  groups: ReadonlyMap<string, readonly SourceFile[]>,
  plain: string,
): Target[] {
  const parts = plain.split(".");
  for (const length of [parts.length - 1, parts.length - 2]) {
    const name = parts[length];
    const around = length < 1 ? [] : (groups.get(parts.slice(0, length).join(".")) ?? []);
    const found = around.filter(({ symbols }) => symbols.some((symbol) => symbol.name === name));
    if (found.length > 0) return found.map(({ path }) => ({ path, names: [name ?? "*"] }));
  }
  return [];
}

function groupByNamespace(files: readonly SourceFile[]): Map<string, SourceFile[]> {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    if (file.language !== "c-sharp") continue;
    const modules = file.symbols.filter(({ kind }) => kind === "module");
    const names = modules.map(({ name, owner }) => (owner === null ? name : `${owner}.${name}`));
    for (const name of new Set(names)) push(groups, name, file);
  }
  return groups;
}
