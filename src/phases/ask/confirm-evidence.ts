import { confirmQuote } from "../../codebase/confirm-quote.ts";
import type { Evidence } from "../../documents/schema-common.ts";
import type { Snapshot } from "../../workspace/port.ts";

/** A cited place as it was found again: ✓ the quote stands there, ~ nothing shows that it does. */
export type Citation = {
  path: string;
  startLine: number;
  endLine: number;
  quote: string;
  confirmed: boolean;
  /** Why it was not confirmed; empty when it was. */
  note: string;
};

async function confirm(snapshot: Snapshot, evidence: Evidence): Promise<Citation> {
  const content = await snapshot.read(evidence.path);
  const open = { ...evidence, confirmed: false };
  if (content?.kind !== "text") return { ...open, note: "there is no such text file" };
  const found = confirmQuote(content.text, evidence);
  if (!found) return { ...open, note: "the file does not say that" };
  const { startLine, endLine, text } = found;
  return { path: evidence.path, startLine, endLine, quote: text, confirmed: true, note: "" };
}

/** Reads every cited place again. A quote that stands on other lines of its file is put right. */
export const confirmEvidence = (
  snapshot: Snapshot,
  evidence: readonly Evidence[],
): Promise<Citation[]> => Promise.all(evidence.map((each) => confirm(snapshot, each)));
