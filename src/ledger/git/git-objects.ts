import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import {
  formatOf,
  makeObject,
  type NewObject,
  type ObjectFormat,
  type ObjectType,
} from "../objects.ts";

export {
  fileMode,
  folderMode,
  formatOf,
  makeObject,
  makeTree,
  type NewObject,
  type ObjectFormat,
  type ObjectType,
  parseTree,
  type TreeEntry,
  zeroId,
} from "../objects.ts";

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
