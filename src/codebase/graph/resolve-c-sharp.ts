import type { SourceFile } from "../codebase.ts";
import { chooseProviders } from "./choose-providers.ts";
import type { Mentions } from "./mentions.ts";
import { lazily, type PathIndex, push } from "./path-index.ts";
import type { Resolve } from "./place.ts";

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
    const at = plain.lastIndexOf(".");
    const last = plain.slice(at + 1);
    const around = byNamespace().get(plain.slice(0, Math.max(0, at))) ?? [];
    const declaring = around.filter(({ symbols }) => symbols.some(({ name }) => name === last));
    if (declaring.length > 0) return declaring.map(({ path }) => ({ path, names: [last] }));
    const folders = plain.includes(".") ? index.foldersEndingWith(plain.replaceAll(".", "/")) : [];
    const inFolders = folders
      .flatMap((folder) => index.filesIn(folder))
      .filter(({ path }) => path.endsWith(".cs"));
    return inFolders.length === 0 ? [] : chooseProviders(file, inFolders, names, mentions);
  };
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
