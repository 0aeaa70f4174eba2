import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toPrintable } from "../shared/printable.ts";
import { redact } from "../shared/redact.ts";
import { exitCodes } from "./terminal.ts";

/** Keeps the stack where it can be sent from, and never throws itself: a full disk must not hide the first error. */
function keep(stack: string): string {
  try {
    // A folder of its own: a name that others can guess could be a link that they laid there.
    const path = join(mkdtempSync(join(tmpdir(), "archwright-crash-")), "stack.log");
    writeFileSync(path, redact(toPrintable(stack)), { mode: 0o600 });
    return `The details are in ${path}.`;
  } catch {
    return redact(toPrintable(stack));
  }
}

/** A fault of the program that nobody expected: said in a sentence, with the stack in a file and what to do next. */
export function reportCrash(error: unknown): number {
  const { message, stack } = error as { message?: string; stack?: string };
  const what = redact(toPrintable(message ?? String(error)));
  process.stderr.write(`✗ Archwright itself failed: ${what}\n`);
  process.stderr.write(`  ${keep(stack ?? what)}\n`);
  process.stderr.write(
    "  What was done is in the ledger: running the same command again goes on from there.\n",
  );
  return exitCodes.negative;
}
