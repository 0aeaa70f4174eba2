import type { Codebase, SourceFile } from "../codebase.ts";
import { groupBy, order } from "../conventions/count-by.ts";
import { folderOf, isProp, isWithin, packageFolderOf } from "../conventions/split-path.ts";

/** Files that belong together. `key` is its folder, with a `/` behind where the folder's other files are components of their own. */
export type Part = {
  key: string;
  folder: string;
  kind: "package" | "folder" | "rest";
  files: readonly SourceFile[];
};

const mostParts = 24;
/** A part this small is not divided. */
const leastFiles = 8;
/** Share of imports that must stay within the folders of a part for them to be parts themselves. */
const leastCohesion = 0.4;
/** A part that holds more than this share of everything is divided even where its folders import one another. */
const tooLarge = 0.3;
const leastOfFolder = 2;

/**
 * Divides the product's source files into components: packages first, then (the largest first, as long as there are few) their folders
 * where most imports stay within a folder.
 */
export function divideComponents(codebase: Codebase): Part[] {
  const sources = codebase.files.filter(isProduct);
  const parts: Part[] = groupBy(sources, ({ path }) => packageFolderOf(path, codebase.packages))
    .map(({ key, items }) => ({ key, folder: key, kind: "package", files: items }) as const)
    .map((part) => part);
  const whole = new Set<string>();
  while (parts.length < mostParts) {
    const [part] = parts
      .filter(({ key, files }) => files.length >= leastFiles && !whole.has(key))
      .sort((left, right) => right.files.length - left.files.length || order(left.key, right.key));
    if (!part) break;
    const children = dividePart(part, mostParts - parts.length + 1);
    const isWorth =
      children.length > 1 &&
      (part.files.length > sources.length * tooLarge ||
        findCohesion(codebase, children) >= leastCohesion);
    if (isWorth) parts.splice(parts.indexOf(part), 1, ...children);
    else whole.add(part.key);
  }
  return parts.sort((left, right) => order(left.key, right.key));
}

const isProduct = ({ role, language, path }: SourceFile): boolean =>
  role === "source" && language !== null && !isProp(path);

/** Its folders as parts, the largest at most, and whatever is left as one more. */
function dividePart(part: Part, most: number): Part[] {
  if (part.kind === "rest") return [];
  const root = commonFolder(part.files);
  const groups = groupBy(part.files, ({ path }) => childOf(path, root));
  const folders = groups
    .filter(({ key, items }) => key !== "" && items.length >= leastOfFolder)
    .slice(0, most - 1);
  if (folders.length === 0) return [];
  const inFolders = new Set(folders.flatMap(({ items }) => items));
  const rest = part.files.filter((file) => !inFolders.has(file));
  const children = folders.map(
    ({ key, items }): Part => ({ key, folder: key, kind: "folder", files: items }),
  );
  if (rest.length === 0) return children;
  return [...children, { key: `${part.folder}/`, folder: root, kind: "rest", files: rest }];
}

/** The deepest folder that holds all of them: `src/main/java/io/example` says nothing by its steps. */
function commonFolder(files: readonly SourceFile[]): string {
  let folder = folderOf(files[0]?.path ?? "");
  for (const { path } of files) {
    while (!isWithin(path, folder)) folder = folderOf(folder);
  }
  return folder;
}

/** The folder right below `root` that a path lies in; "" for files of the root itself. */
function childOf(path: string, root: string): string {
  const rest = root === "" ? path : path.slice(root.length + 1);
  if (!rest.includes("/")) return "";
  const child = rest.split("/")[0] ?? "";
  return root === "" ? child : `${root}/${child}`;
}

/** Share of the imports among these parts that stay within one; 0 where there are none, so that nothing is said by them. */
function findCohesion(codebase: Codebase, parts: readonly Part[]): number {
  const owner = new Map(parts.flatMap((part) => part.files.map(({ path }) => [path, part.key])));
  let [within, across] = [0, 0];
  for (const [path, key] of owner) {
    for (const { to } of codebase.graph.importsOf(path)) {
      const other = owner.get(to);
      if (other === key) within += 1;
      else if (other !== undefined) across += 1;
    }
  }
  return within + across === 0 ? 0 : within / (within + across);
}
