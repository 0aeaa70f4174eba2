import type { FileEntry } from "../../workspace/port.ts";
import type { FileRole } from "../codebase.ts";
import { findGraphSettings } from "../graph/find-graph-settings.ts";
import { ownerPaths } from "../owners/read-owners.ts";
import { findManifests } from "../packages/find-manifests.ts";
import { extensionOf, languageOfPath, nameOf } from "./detect-language.ts";
import { isLock, isProgram } from "./judge-role.ts";
import type { Reading } from "./source-record.ts";

/** Files beyond this size are listed and not read. */
export const READ_BYTES = 2 * 1024 * 1024;
/** Data beyond this size, and what tests compare with, is not searched for by words. */
const DATA_BYTES = 256 * 1024;
const FIXTURE_BYTES = 64 * 1024;
/** A grammar reads about 5 MB a second: what is larger than this, and tests, are outlined by the look of their lines. */
const GRAMMAR_BYTES = 256 * 1024;

/** Texts that packages, aliases and owners are read from. */
const isKept = (path: string): boolean =>
  !neverKept.has(extensionOf(path)) &&
  (findManifests([path]).length > 0 ||
    findGraphSettings([path]).length > 0 ||
    ownerPaths.some((one) => one === path));

/** Most files, which need not be held against every name of a manifest. */
const neverKept: ReadonlySet<string> = new Set(
  "ts tsx mts cts js jsx mjs cjs go rs java cs php c h cc cpp hpp md mdx html css scss svg kt swift".split(
    " ",
  ),
);

function isSearched(path: string, bytes: number, role: FileRole, program: boolean): boolean {
  if (isLock(path) || foreign.has(role)) return false;
  if (role === "data") return bytes <= DATA_BYTES;
  return role !== "test" || program || bytes <= FIXTURE_BYTES;
}

/** What others wrote, or programs: nobody searches it, and it is read only where something else is made of its text. */
const foreign: ReadonlySet<FileRole> = new Set(["vendored", "generated", "binary"]);

/** Why the content of a file is not read at all; null where it is. Its size and path decide, so that it costs nothing. */
export function whyUnread(
  { kind, path, bytes }: FileEntry,
  role: FileRole,
): "link" | "too-large" | "binary" | "foreign" | null {
  if (kind === "symlink") return "link";
  if (bytes > READ_BYTES) return "too-large";
  if (role === "binary") return "binary";
  if (isKept(path)) return null;
  if (role === "data" && bytes > DATA_BYTES) return "too-large";
  return foreign.has(role) ? "foreign" : null;
}

/** How a file is read, by its path and size. */
export function chooseReading({ path, bytes }: FileEntry, role: FileRole): Reading {
  const component = /^(vue|svelte)$/.test(extensionOf(path));
  const language = languageOfPath(path);
  const program = isProgram(path);
  const parsed = program && role !== "test" && bytes <= GRAMMAR_BYTES;
  const grammar = parsed && (language !== null || component);
  const isBare = extensionOf(path) === "";
  return {
    name: nameOf(path),
    language: language ?? (component ? "typescript" : null),
    outline: grammar ? "grammar" : program ? "pattern" : isBare ? "script" : "none",
    search: isSearched(path, bytes, role, program),
    keep: isKept(path),
  };
}

/** A name for a reading: two readings with the same name give the same record of the same content. */
export const nameReading = ({ name, language, outline, search, keep }: Reading): string =>
  `${language ?? "-"} ${outline} ${search ? "s" : "-"}${keep ? "k" : "-"} ${name}`;
