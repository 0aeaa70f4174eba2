import { chooseProviders } from "./choose-providers.ts";
import type { Mentions } from "./mentions.ts";
import { type PathIndex, remember } from "./path-index.ts";
import { nearest, type Resolve, whole, within } from "./place.ts";

const endings = [".java", ".kt", ".scala", ".groovy", ".kts"];

/** Java and its kin: a class by its file below any source folder, a package by the folders that end like it. */
export function resolveJava(index: PathIndex, mentions: Mentions): Resolve {
  const filesOf = remember((name) => endings.flatMap((ending) => index.endingWith(name + ending)));
  const foldersOf = remember((name) => index.foldersEndingWith(name));
  return (file, { specifier, names }) => {
    const plain = specifier
      .replace(/^static\s+/, "")
      .replace(/;$/, "")
      .trim();
    const isWhole = plain.endsWith(".*") || plain.endsWith("._");
    const parts = plain.replace(/\.[*_]$/, "").split(".");
    // The last parts may be members, or classes within a class.
    for (let length = parts.length; length > Math.max(1, parts.length - 3); length -= 1) {
      const class_ = parts.slice(0, length).join("/");
      const found = nearest(filesOf(class_), file.path);
      if (found !== null) return whole(found, [parts[length - 1] ?? "*"]);
    }
    const folder = parts.join("/");
    const asPackage = isWhole || names.includes("*") ? inFolders(index, foldersOf(folder)) : [];
    if (asPackage.length > 0) return chooseProviders(file, asPackage, [], mentions);
    const named = names.map((name) => nearest(filesOf(within(folder, name)), file.path));
    const direct = named.flatMap((path, at) => whole(path, [names[at] ?? "*"]));
    if (direct.length > 0) return direct;
    // A function at the top of a Kotlin file, which is called as it likes.
    const last = parts.at(-1) ?? "";
    const around = inFolders(index, foldersOf(parts.slice(0, -1).join("/")));
    const declaring = around.filter(({ symbols }) =>
      symbols.some((symbol) => symbol.name === last && symbol.owner === null),
    );
    return declaring.map(({ path }) => ({ path, names: [last] }));
  };
}

const inFolders = (index: PathIndex, folders: readonly string[]) =>
  folders.flatMap((folder) =>
    index.filesIn(folder).filter(({ path }) => endings.some((ending) => path.endsWith(ending))),
  );
