import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { schema, schemaVersion } from "./sqlite-schema.ts";

/** Longest wait for another process that writes. */
const BUSY_MILLISECONDS = 5_000;

function prepare(database: DatabaseSync): void {
  // WAL with FULL: a commit is on the disk when it is answered, also after a power cut.
  database.exec("pragma journal_mode = wal; pragma synchronous = full;");
  const { user_version: found } = database.prepare("pragma user_version").get() as {
    user_version: number;
  };
  if (found > schemaVersion) {
    throw new Error(
      `it was written by a newer version (${found}; this one knows ${schemaVersion})`,
    );
  }
  if (found === schemaVersion) return;
  database.exec(`begin immediate; ${schema} commit;`);
}

/** Opens the file, readable by its owner only, and makes its tables. Throws what the disk or SQLite says. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
  try {
    chmodSync(file, 0o600);
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
