import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { checkDocumentName, eventsFile } from "../ledger/check-document-name.ts";
import type { ExportedLedger } from "../ledger/git/export-ledger.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/**
 * Writes `<folder>/<issue>/events.jsonl` (byte for byte) and the documents beside it; returns how many files.
 * A folder of an issue that is there and not empty is refused, so that nothing of the user's is overwritten.
 */
export async function writeExport(
  folder: string,
  ledgers: readonly ExportedLedger[],
): Promise<Result<number>> {
  const targets = ledgers.map(({ issue }) => resolve(folder, String(issue)));
  try {
    for (const target of targets) {
      await mkdir(target, { recursive: true });
      if ((await readdir(target)).length > 0) {
        return fail({
          reason: "bad-usage",
          detail: `${target} is not empty; name another folder.`,
        });
      }
    }
    let files = 0;
    for (const [index, ledger] of ledgers.entries()) {
      files += await writeLedger(targets[index] ?? "", ledger);
    }
    return succeed(files);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOSPC") return fail({ reason: "disk-full", path: folder });
    return fail({ reason: "bad-usage", detail: `Cannot write to ${folder}: ${message}` });
  }
}

async function writeLedger(target: string, ledger: ExportedLedger): Promise<number> {
  await writeFile(join(target, eventsFile), ledger.lines, { flag: "wx" });
  const documents = Object.entries(ledger.documents);
  for (const [name, text] of documents) {
    // Checked when it was written and when it was read; once more where it becomes a path.
    if (checkDocumentName(name) !== null) throw new Error(`unsafe document name: ${name}`);
    const path = join(target, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  }
  return documents.length + 1;
}
