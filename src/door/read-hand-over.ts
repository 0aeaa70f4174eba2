import { open } from "node:fs/promises";
import { join } from "node:path";
import { type HandOver, handOverFile, handOverLimits, parseHandOver } from "../engine/hand-over.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** Characters may have up to four bytes. */
const LARGEST = handOverLimits.characters * 4;

/**
 * Reads what a phase handed over. null where there is none: the run was lost. Failure: `hand-over-refused`, when it is no file, too
 * large, or not what it has to be.
 */
export async function readHandOver(
  folder: string,
  expected: { repository: string; issue: number; nonce: string },
): Promise<Result<HandOver | null>> {
  const refuse = (detail: string) =>
    fail({ reason: "hand-over-refused" as const, detail, path: handOverFile });
  let text: string;
  try {
    const file = await open(join(folder, handOverFile), "r");
    try {
      const facts = await file.stat();
      if (!facts.isFile()) return refuse("it is no file");
      if (facts.size > LARGEST) return refuse("it is larger than 20 MB");
      text = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return succeed(null);
    return refuse(`it cannot be read: ${code ?? message}`);
  }
  return parseHandOver(text, expected);
}
