import type { FileEntry } from "../../workspace/port.ts";
import type { FileRole } from "../codebase.ts";
import { findGraphSettings } from "../graph/find-graph-settings.ts";
import { ownerPaths } from "../owners/read-owners.ts";
import { findManifests } from "../packages/find-manifests.ts";
import { extensionOf, languageOfPath, nameOf } from "./detect-language.ts";
import { isLock } from "./judge-role.ts";
import type { Reading } from "./source-record.ts";

/** Files beyond this size are listed and not read. */
export const READ_BYTES = 2 * 1024 * 1024;
/** Data beyond this size is read for nothing but its first lines' sake: no one searches for it by words. */
const DATA_BYTES = 256 * 1024;
/** A grammar reads about 5 MB a second: what is larger than this, and tests, are outlined by the look of their lines. */
const GRAMMAR_BYTES = 256 * 1024;

/** Texts that packages, aliases and owners are read from. */
const isKept = (path: string): boolean =>
  findManifests([path]).length > 0 ||
  findGraphSettings([path]).length > 0 ||
  ownerPaths.some((one) => one === path);

/** How a file is read, by its path and size. */
export function chooseReading({ path, bytes }: FileEntry, role: FileRole): Reading {
  const component = /^(vue|svelte)$/.test(extensionOf(path));
  const language = languageOfPath(path);
  const program = role === "source" || role === "test" || role === "configuration";
  const outlined = program || (role === "generated" && language !== null);
  const parsed = program && role !== "test" && bytes <= GRAMMAR_BYTES;
  const grammar = parsed && (language !== null || component);
  return {
    name: nameOf(path),
    language: language ?? (component ? "typescript" : null),
    outline: grammar
      ? "grammar"
      : outlined
        ? "pattern"
        : extensionOf(path) === ""
          ? "script"
          : "none",
    search: !isLock(path) && (role !== "data" || bytes <= DATA_BYTES),
    keep: isKept(path),
  };
}

/** A name for a reading: two readings with the same name give the same record of the same content. */
export const nameReading = ({ name, language, outline, search, keep }: Reading): string =>
  `${language ?? "-"} ${outline} ${search ? "s" : "-"}${keep ? "k" : "-"} ${name}`;
