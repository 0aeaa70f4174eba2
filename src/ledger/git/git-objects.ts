import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

/** What a repository calls its objects by; told by the length of an id. */
export type ObjectFormat = "sha1" | "sha256";
export const formatOf = (id: string): ObjectFormat => (id.length === 64 ? "sha256" : "sha1");
export const zeroId = (format: ObjectFormat): string => "0".repeat(format === "sha256" ? 64 : 40);

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

/** Who writes every commit of a ledger kept in local git. */
export const ledgerAuthor = "Archwright <archwright@localhost>";

export function makeCommit(
  tree: string,
  parent: string | null,
  message: string,
  seconds: number,
): NewObject {
  const person = `${ledgerAuthor} ${seconds} +0000`;
  const parents = parent === null ? "" : `parent ${parent}\n`;
  const text = `tree ${tree}\n${parents}author ${person}\ncommitter ${person}\n\n${message}\n`;
  return makeObject(formatOf(tree), "commit", Buffer.from(text));
}

const packTypes: Record<ObjectType, number> = { commit: 1, tree: 2, blob: 3 };

/** The objects as a pack (gitformat-pack, version 2), so that one git process checks and stores all of them. */
export function makePack(format: ObjectFormat, objects: readonly NewObject[]): Buffer {
  const header = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  header.writeUInt32BE(objects.length, 8);
  const parts = objects.flatMap(({ type, bytes }) => [
    packHeader(packTypes[type], bytes.length),
    deflateSync(bytes, { level: 1 }),
  ]);
  const body = Buffer.concat([header, ...parts]);
  return Buffer.concat([body, createHash(format).update(body).digest()]);
}

/** Type in bits 4 to 6 of the first byte; size in its low four bits and then seven bits a byte. */
function packHeader(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest % 128);
  }
  return Buffer.from(bytes);
}
