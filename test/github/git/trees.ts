import type { Objects } from "./objects.ts";

export type Entry = { mode: string; name: string; id: string };
export type TreeFile = { mode: string; id: string };

export const kindOfMode = (mode: string): "tree" | "blob" | "commit" =>
  mode === "040000" ? "tree" : mode === "160000" ? "commit" : "blob";

export function readTree(objects: Objects, id: string): Entry[] | null {
  const data = objects.readKind(id, "tree");
  if (!data) return null;
  const entries: Entry[] = [];
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf(0, at);
    const [mode = "", ...name] = data.subarray(at, end).toString().split(" ");
    entries.push({
      mode: mode.padStart(6, "0"),
      name: name.join(" "),
      id: data.subarray(end + 1, end + 21).toString("hex"),
    });
    at = end + 21;
  }
  return entries;
}

/** Git orders a folder as if its name ended with a slash. */
const order = (entry: Entry): Buffer =>
  Buffer.from(kindOfMode(entry.mode) === "tree" ? `${entry.name}/` : entry.name);

export function writeTree(objects: Objects, entries: readonly Entry[]): string {
  const sorted = [...entries].sort((a, b) => Buffer.compare(order(a), order(b)));
  const parts = sorted.map((entry) =>
    Buffer.concat([
      Buffer.from(`${entry.mode.replace(/^0+/, "")} ${entry.name}\0`),
      Buffer.from(entry.id, "hex"),
    ]),
  );
  return objects.write("tree", Buffer.concat(parts));
}

/** The tree with files put or taken out (null) at paths. A folder that becomes empty goes away. */
export function changeTree(
  objects: Objects,
  base: string | null,
  changes: ReadonlyMap<string, TreeFile | null>,
): string | null {
  const entries = new Map(
    (base ? (readTree(objects, base) ?? []) : []).map((entry) => [entry.name, entry]),
  );
  const deeper = new Map<string, Map<string, TreeFile | null>>();
  for (const [path, file] of changes) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      if (file) entries.set(path, { name: path, ...file });
      else entries.delete(path);
      continue;
    }
    const folder = path.slice(0, slash);
    const inner = deeper.get(folder) ?? new Map();
    deeper.set(folder, inner.set(path.slice(slash + 1), file));
  }
  for (const [name, inner] of deeper) {
    const old = entries.get(name);
    const under = old && kindOfMode(old.mode) === "tree" ? old.id : null;
    const id = changeTree(objects, under, inner);
    if (id) entries.set(name, { mode: "040000", name, id });
    else entries.delete(name);
  }
  return entries.size === 0 ? null : writeTree(objects, [...entries.values()]);
}

/** Every file below a tree, by path. */
export function listFiles(objects: Objects, tree: string, prefix = ""): Map<string, TreeFile> {
  const files = new Map<string, TreeFile>();
  for (const entry of readTree(objects, tree) ?? []) {
    const path = prefix + entry.name;
    if (kindOfMode(entry.mode) !== "tree") files.set(path, { mode: entry.mode, id: entry.id });
    else for (const [p, file] of listFiles(objects, entry.id, `${path}/`)) files.set(p, file);
  }
  return files;
}

export function findPath(objects: Objects, tree: string, path: string): Entry | null {
  let at: Entry = { mode: "040000", name: "", id: tree };
  for (const name of path.split("/").filter(Boolean)) {
    const next = readTree(objects, at.id)?.find((entry) => entry.name === name);
    if (!next) return null;
    at = next;
  }
  return at;
}

/** Paths that differ between two trees, without opening what is equal. */
export function changedPaths(
  objects: Objects,
  before: string | null,
  after: string | null,
  prefix = "",
): string[] {
  if (before === after) return [];
  const read = (id: string | null): Map<string, Entry> =>
    new Map((id ? (readTree(objects, id) ?? []) : []).map((entry) => [entry.name, entry]));
  const [old, now] = [read(before), read(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [a, b] = [old.get(name), now.get(name)];
    if (a?.id === b?.id && a?.mode === b?.mode) return [];
    const folder = (entry: Entry | undefined): string | null =>
      entry && kindOfMode(entry.mode) === "tree" ? entry.id : null;
    const inner = changedPaths(objects, folder(a), folder(b), `${prefix}${name}/`);
    const isFile = (a && !folder(a)) || (b && !folder(b));
    return isFile ? [prefix + name, ...inner] : inner;
  });
}
