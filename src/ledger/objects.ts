import { createHash } from "node:crypto";

/** What a repository calls its objects by; told by the length of an id. */
export type ObjectFormat = "sha1" | "sha256";
export const formatOf = (id: string): ObjectFormat => (id.length === 64 ? "sha256" : "sha1");
export const zeroId = (format: ObjectFormat): string => "0".repeat(format === "sha256" ? 64 : 40);

/** A full id only: anything else could be read as a name or an option. */
export const isObjectId = (id: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id);

export type ObjectType = "commit" | "tree" | "blob";
export type NewObject = { id: string; type: ObjectType; bytes: Buffer };

/** One name in a tree. `mode` as git writes it: 100644 a file, 40000 a folder. */
export type TreeEntry = { mode: string; name: string; id: string };

export const fileMode = "100644";
export const folderMode = "40000";

/** An object with the id that git gives it. */
export function makeObject(format: ObjectFormat, type: ObjectType, content: Uint8Array): NewObject {
  const bytes = Buffer.from(content);
  const id = createHash(format).update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
  return { id, type, bytes };
}

/** Entries in git's own order: by bytes, folders as if their name ended in a slash. */
export function makeTree(format: ObjectFormat, entries: readonly TreeEntry[]): NewObject {
  const key = ({ mode, name }: TreeEntry): Buffer =>
    Buffer.from(mode === folderMode ? `${name}/` : name);
  const sorted = [...entries].sort((left, right) => Buffer.compare(key(left), key(right)));
  const parts = sorted.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(id, "hex"),
  ]);
  return makeObject(format, "tree", Buffer.concat(parts));
}

export function parseTree(format: ObjectFormat, bytes: Buffer): TreeEntry[] {
  const idBytes = format === "sha256" ? 32 : 20;
  const entries: TreeEntry[] = [];
  let start = 0;
  while (start < bytes.length) {
    const space = bytes.indexOf(0x20, start);
    const zero = bytes.indexOf(0, space);
    const mode = bytes.toString("latin1", start, space);
    const name = bytes.toString("utf8", space + 1, zero);
    start = zero + 1 + idBytes;
    entries.push({ mode, name, id: bytes.toString("hex", zero + 1, start) });
  }
  return entries;
}
