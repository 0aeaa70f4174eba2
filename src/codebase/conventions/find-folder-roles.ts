import type { Codebase, SourceFile } from "../codebase.ts";
import { type Convention, count, printableName, showPlace } from "./convention.ts";
import { groupBy, order } from "./count-by.ts";
import { type Labelled, labelFile } from "./label-file.ts";
import { isWithin } from "./split-path.ts";

export type FolderRole = {
  folder: string;
  role: string;
  files: number;
  /** Files of this role among all of the folder. */
  share: number;
  example: string;
};

const leastFiles = 2;
const leastShare = 0.6;
const mostDepth = 4;

/**
 * What lives where, by content: the topmost folders of which most files are of one kind, the largest first. A folder below one that is
 * named already is not named again.
 */
export function findFolderRoles(codebase: Codebase, found: Labelled): FolderRole[] {
  const folders = new Map<string, { file: SourceFile; label: string | null }[]>();
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
    if (roles.some((above) => isWithin(folder, above.folder))) continue;
    const items = folders.get(folder) ?? [];
    const [first] = groupBy(items, ({ label }) => label);
    const share = (first?.items.length ?? 0) / items.length;
    const example = first?.items[0]?.file.path;
    if (!first || example === undefined || first.items.length < leastFiles) continue;
    if (share < leastShare) continue;
    roles.push({ folder, role: first.key, files: first.items.length, share, example });
  }
  return roles.sort((left, right) => right.files - left.files || order(left.folder, right.folder));
}

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1).slice(0, mostDepth);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

const mostFolders = 10;

/** Folder roles as sentences: those that a newcomer would look for. */
export const describeFolders = (roles: readonly FolderRole[]): Convention[] =>
  roles.slice(0, mostFolders).map(({ folder, role, files, share, example }): Convention => {
    const place = { path: example, line: 1, text: "" };
    const of = Math.round(files / share);
    return {
      kind: "folder",
      language: null,
      custom: `${folder}: ${role}`,
      agree: files,
      of,
      place,
      sentence: `\`${printableName(folder)}/\` holds ${role} (${files} of ${count(of, "file")}), for example ${showPlace(place)}.`,
    };
  });
