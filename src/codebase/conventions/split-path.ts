import type { Package } from "../codebase.ts";

/** Folder of a path; "" is the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Whether a path lies in a folder; everything lies in the root. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === "" || path.startsWith(`${folder}/`);

/** Folders that hold what tests read, not what is tested or how. */
const prop =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test[_-]?data|__snapshots__|__mocks__|samples?|stubs?|mocks?)\//i;

/** Below these, folders are the parts of a package's name: `src/test/java/org/samples/shop`. */
const packageTree = /(?:^|\/)src\/\w+\/(?:java|kotlin|scala|groovy)\/.*/;

/** Whether a file is something that tests read: its text says nothing of how this repository writes its own. */
export const isProp = (path: string): boolean => prop.test(path.replace(packageTree, "/"));

/** The folder of the innermost package that a path belongs to; "" where no manifest holds it. */
export function packageFolderOf(path: string, packages: readonly Package[]): string {
  let found = "";
  for (const { folder, manifest } of packages) {
    if (folder.length > found.length && isWithin(path, folder) && !isProp(manifest)) found = folder;
  }
  return found;
}
