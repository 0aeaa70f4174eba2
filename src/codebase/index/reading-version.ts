import { endianness } from "node:os";
import { join } from "node:path";
import { hashSources } from "./hash-sources.ts";

/** Put in by the bundler; sources run unbuilt have none. */
declare const ARCHWRIGHT_READING_VERSION: string | undefined;

let known: string | null = null;

/** What the names of files in the cache begin with: equal where the same content gives the same record, byte for byte. */
export function readingVersion(): string {
  known ??=
    typeof ARCHWRIGHT_READING_VERSION === "string"
      ? ARCHWRIGHT_READING_VERSION
      : hashSources(join(import.meta.dirname, "../../.."));
  return `${known}${endianness().toLowerCase()}`;
}
