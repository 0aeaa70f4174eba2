import { joinPath } from "../packages/manifest.ts";
import { type PathIndex, remember } from "./path-index.ts";
import { folderOf, foldersAbove, nearest, type Resolve, whole, within } from "./place.ts";

/** C and C++: beside the file, below `include` or `src` of a folder above, then the nearest file that ends like it. */
export function resolveInclude(index: PathIndex): Resolve {
  const find = remember((question) => {
    const at = question.indexOf("\0");
    return search(index, question.slice(0, at), question.slice(at + 1));
  });
  return (file, { specifier }) => whole(find(`${folderOf(file.path)}\0${specifier}`), ["*"]);
}

/** What stands in quotes begins with `./`, as it is looked for beside the file first. */
function search(index: PathIndex, folder: string, specifier: string): string | null {
  const plain = specifier.replace(/^["<]|[">]$/g, "").replace(/^\.\//, "");
  const isSystem = !/^["./]/.test(specifier);
  const beside = isSystem ? null : joinPath(folder, plain);
  if (beside !== null && index.has(beside)) return beside;
  for (const above of foldersAbove(within(folder, "x"))) {
    for (const root of ["include", "src", ""]) {
      const path = joinPath(within(above, root), plain);
      if (path !== null && index.has(path)) return path;
    }
  }
  // `<string.h>` is the system's, whatever lies somewhere in the repository.
  const isNamed = plain.includes("/") || !isSystem;
  return isNamed && !plain.startsWith("..")
    ? nearest(index.endingWith(plain), within(folder, "x"))
    : null;
}
