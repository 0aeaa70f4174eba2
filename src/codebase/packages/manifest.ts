import type { Dependency, Package } from "../codebase.ts";

/** A manifest or lockfile, as it was read. */
export type Manifest = { path: string; text: string };

/** All manifests that were read, by path: a catalog or a parent is looked up here. */
export type Manifests = ReadonlyMap<string, string>;

/** Reads one manifest. What it does not understand it leaves out; it never throws for what a file holds. */
export type ReadManifest = (manifest: Manifest, all: Manifests) => Package | null;

/** A dependency before a lockfile was asked. */
export type Need = Pick<Dependency, "name" | "range" | "use" | "line">;

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Folder and a relative path in one, without `.` and `..`; null where it leads out of the repository. */
export function joinPath(folder: string, relative: string): string | null {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** The package that a manifest describes. Needs of the same name and use are kept once. */
export function makePackage(
  manifest: Manifest,
  ecosystem: Dependency["ecosystem"],
  of: { name: string; entries?: readonly string[]; needs: readonly Need[] },
): Package {
  const folder = folderOf(manifest.path);
  const paths = (of.entries ?? []).map((entry) => joinPath(folder, entry));
  const seen = new Set<string>();
  const needs = of.needs.filter((need) => {
    const key = `${need.use} ${need.name}`;
    return need.name !== "" && !seen.has(key) && seen.add(key);
  });
  return {
    name: of.name,
    folder,
    manifest: manifest.path,
    ecosystem,
    entries: [...new Set(paths.filter((path) => path !== null && path !== ""))] as string[],
    dependencies: needs.map((need) => ({
      ...need,
      ecosystem,
      locked: null,
      manifest: manifest.path,
    })),
  };
}

/**
 * Finds lines of keys in a text whose parser tells none: the first line after `section` that holds the word as a whole, else the first
 * of the file, else line 1.
 */
export function lineFinder(text: string): (word: string, section?: RegExp) => number {
  const lines = text.split("\n");
  const starts = new Map<RegExp, number>();
  return (word, section) => {
    const from = section === undefined ? 0 : (starts.get(section) ?? findStart(lines, section));
    if (section !== undefined) starts.set(section, from);
    const after = findWord(lines, word, from);
    if (after >= 0) return after + 1;
    return Math.max(0, findWord(lines, word, 0)) + 1;
  };
}

const findStart = (lines: readonly string[], section: RegExp): number =>
  Math.max(
    0,
    lines.findIndex((line) => section.test(line)),
  );

function findWord(lines: readonly string[], word: string, from: number): number {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
      const around = `${line[at - 1] ?? " "}${line[at + word.length] ?? " "}`;
      if (!/[\w./@-]/.test(around)) return index;
    }
  }
  return -1;
}
