import type { Codebase, Package, SourceFile } from "../codebase.ts";
import { type Convention, count, printableName, showPlace } from "./convention.ts";
import { groupBy, order } from "./count-by.ts";
import { type Labelled, labelFile } from "./label-file.ts";
import { isWithin, packageFolderOf } from "./split-path.ts";

export type FolderRole = {
  folder: string;
  role: string;
  files: number;
  /** Files of this role among all of the folder. */
  share: number;
  example: string;
};

const leastFiles = 2;
const leastShare = 0.75;
/** A package may be tests for the most part, and still nobody would say that it holds tests. */
const leastOfTests = 0.9;
const mostDepth = 4;

/**
 * What lives where, by content: the topmost folders of which most files are of one kind, the largest first. A folder below one that is
 * named already is not named again.
 */
export function findFolderRoles(codebase: Codebase, found: Labelled): FolderRole[] {
  const folders = new Map<string, Item[]>();
  for (const file of codebase.files) {
    const item = { file, label: labelFile(file, found) };
    for (const folder of foldersOf(file.path)) {
      const items = folders.get(folder);
      if (items) items.push(item);
      else folders.set(folder, [item]);
    }
  }
  const roles: FolderRole[] = [];
  for (const folder of [...folders.keys()].sort()) {
    const above = roles.find((role) => isWithin(folder, role.folder));
    const items = folders.get(folder) ?? [];
    const [first] = groupBy(items, above ? ({ label }) => label : joinTests(items));
    // What tests read stands among them; where it does is worth a word of its own.
    if (above && !(above.role === "tests" && first?.key === "test data")) continue;
    const share = (first?.items.length ?? 0) / items.length;
    const example = first?.items[0]?.file.path;
    if (!first || example === undefined || first.items.length < leastFiles) continue;
    if (share < (first.key === "tests" ? leastOfTests : leastShare)) continue;
    roles.push({ folder, role: first.key, files: first.items.length, share, example });
  }
  return roles.sort((left, right) => right.files - left.files || order(left.folder, right.folder));
}

type Item = { file: SourceFile; label: string | null };

const joinTests = (items: readonly Item[]): ((item: Item) => string | null) =>
  items.some(({ label }) => label === "tests")
    ? ({ label }) => (label === "test data" ? "tests" : label)
    : ({ label }) => label;

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1).slice(0, mostDepth);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

const mostFolders = 10;
/** Labels that tell nobody where to put code. */
const dull: ReadonlySet<string> = new Set(["data", "images", "configuration"]);

/** Folder roles as sentences; the same folder of several packages is told of once. */
export function describeFolders(
  roles: readonly FolderRole[],
  packages: readonly Package[],
): Convention[] {
  const placed = roles
    .filter(({ role }) => !dull.has(role))
    .map((role) => {
      const owner = packageFolderOf(`${role.folder}/`, packages);
      return { ...role, tail: owner === "" ? role.folder : role.folder.slice(owner.length + 1) };
    });
  return groupBy(placed, ({ tail, role }) => `${tail}\n${role}`)
    .map(({ items }) => describeAlike(items))
    .filter((found) => found !== null)
    .sort((left, right) => right.agree - left.agree || order(left.custom, right.custom))
    .slice(0, mostFolders);
}

function describeAlike(alike: readonly (FolderRole & { tail: string })[]): Convention | null {
  const [first] = alike;
  if (!first) return null;
  const agree = alike.reduce((sum, { files }) => sum + files, 0);
  const of = alike.reduce((sum, { files, share }) => sum + Math.round(files / share), 0);
  const place = { path: first.example, line: 1, text: "" };
  const shown =
    alike.length === 1 || first.tail === ""
      ? `\`${printableName(first.folder)}/\` holds`
      : `\`${printableName(first.tail)}/\` of ${alike.length} packages holds`;
  return {
    kind: "folder",
    language: null,
    custom: `${alike.length === 1 ? first.folder : first.tail}: ${first.role}`,
    agree,
    of,
    place,
    sentence: `${shown} ${first.role} (${agree} of ${count(of, "file")}), for example ${showPlace(place)}.`,
  };
}
