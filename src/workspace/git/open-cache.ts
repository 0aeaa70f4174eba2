import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cache } from "../port.ts";

const name = /^[a-z0-9.-]+$/;

/** A cache in one folder, which is made when something is first written. A file is written apart and renamed, so that none is ever half there. */
export function openCache(folder: string): Cache {
  const place = (file: string): string => {
    if (!name.test(file) || file.startsWith("."))
      throw new Error(`not the name of a cache: ${file}`);
    return join(folder, file);
  };
  return {
    list: async () =>
      (await readdir(folder).catch(() => [])).filter((file) => name.test(file)).sort(),
    read: (file) => readFile(place(file)).catch(() => null),
    write: async (file, bytes) => {
      const next = `${place(file)}~${process.pid}-${Math.random().toString(36).slice(2)}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(next, bytes, { mode: 0o600 });
        await rename(next, place(file));
        return true;
      } catch {
        await rm(next, { force: true }).catch(() => {});
        return false;
      }
    },
    remove: async (file) => {
      await rm(place(file), { force: true }).catch(() => {});
    },
  };
}
