import { joinPath } from "../packages/manifest.ts";
import { type PathIndex, remember } from "./path-index.ts";
import { folderOf, foldersAbove, type Resolve, whole, within } from "./place.ts";

/** Ruby: files beside, then below `lib`, `app` and the root of each folder above, as gems and applications lay them out. */
export function resolveRuby(index: PathIndex): Resolve {
  const find = remember((question) => {
    const at = question.indexOf("\0");
    return search(index, question.slice(0, at), question.slice(at + 1));
  });
  return (file, { specifier, names }) =>
    whole(find(`${folderOf(file.path)}\0${specifier}`), names.length > 0 ? names : ["*"]);
}

function search(index: PathIndex, folder: string, specifier: string): string | null {
  const named = specifier.endsWith(".rb") ? specifier : `${specifier}.rb`;
  const beside = joinPath(folder, named);
  if (beside !== null && index.has(beside)) return beside;
  if (specifier.startsWith(".")) return null;
  for (const above of foldersAbove(within(folder, "x"))) {
    for (const root of ["lib", "app", "spec", "test", ""]) {
      const path = joinPath(within(above, root), named);
      if (path !== null && index.has(path)) return path;
    }
  }
  const below = index.endingWith(named).filter((path) => path.endsWith(`/lib/${named}`));
  return below[0] ?? null;
}
