import {
  folderMode,
  makeTree,
  type NewObject,
  type ObjectFormat,
  type TreeEntry,
} from "./objects.ts";

/** Adds the trees of these files to `objects`, children first, and returns the id of the root. */
export function layOutTree(
  format: ObjectFormat,
  files: ReadonlyMap<string, TreeEntry>,
  objects: NewObject[],
): string {
  const entries: TreeEntry[] = [];
  const folders = new Map<string, Map<string, TreeEntry>>();
  for (const [path, entry] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) entries.push({ ...entry, name: path });
    else {
      const folder = path.slice(0, slash);
      const inside = folders.get(folder) ?? new Map<string, TreeEntry>();
      folders.set(folder, inside.set(path.slice(slash + 1), entry));
    }
  }
  for (const [name, inside] of folders) {
    entries.push({ mode: folderMode, name, id: layOutTree(format, inside, objects) });
  }
  const tree = makeTree(format, entries);
  objects.push(tree);
  return tree.id;
}
