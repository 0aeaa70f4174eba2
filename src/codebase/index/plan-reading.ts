import type { FileEntry } from "../../workspace/port.ts";
import type { FileRole } from "../codebase.ts";
import { chooseReading, nameReading, whyUnread } from "./choose-reading.ts";
import { roleOfPath } from "./judge-role.ts";
import type { Reading } from "./source-record.ts";

/** A file of the tree and how it is read. */
export type PlannedFile = {
  entry: FileEntry;
  role: FileRole;
  reading: Reading;
  /** Why its content is not looked at; `key` is null then. */
  unread: ReturnType<typeof whyUnread>;
  /** Equal for the same content that is read in the same way. */
  key: string | null;
};

/** The files of a tree in the order of paths, each with how it is read. Submodules are other repositories, and left out. */
export function planReading(entries: readonly FileEntry[]): PlannedFile[] {
  return entries
    .filter(({ kind }) => kind !== "submodule")
    .sort((left, right) => (left.path < right.path ? -1 : 1))
    .map((entry) => {
      const role = entry.kind === "symlink" ? "data" : roleOfPath(entry.path);
      const reading = chooseReading(entry, role);
      const unread = whyUnread(entry, role);
      const key = unread === null ? `${entry.id} ${nameReading(reading)}` : null;
      return { entry, role, reading, unread, key };
    });
}
