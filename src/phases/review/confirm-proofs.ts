import picomatch from "picomatch";
import { confirmQuote, withoutGutter } from "../../codebase/confirm-quote.ts";
import type { Proof } from "../../documents/schema-review-report.ts";
import { stripHiddenCharacters } from "../../shared/hidden-text.ts";
import { isPlainGlob } from "../../shared/is-plain-glob.ts";
import { type CommandOutcome, passed, type Snapshot } from "../../workspace/port.ts";
import { describeEnding } from "../describe-outcome.ts";
import type { BaseProof } from "./prove-on-base.ts";
import type { ClaimedProof } from "./review-reply.ts";
import { toExtendedRegex } from "./to-extended-regex.ts";

/** What proofs are held against: the files at the head, and commands that really ran. */
export type Ground = {
  snapshot: Snapshot;
  /** Folder whose files are no evidence: the plan itself quotes what it forbids. */
  designFolder: string;
  results: ReadonlyMap<string, CommandOutcome>;
  onBase: ReadonlyMap<string, BaseProof>;
};

const SHORTEST_QUOTE = 4;
const MOST_GLOBS = 20;

/** Looks for itself whether a proof holds. Never throws for what a model wrote. */
export async function confirmProof(claimed: ClaimedProof, ground: Ground): Promise<Proof> {
  switch (claimed.kind) {
    case "quote":
      return await confirmQuotation(claimed, ground);
    case "absence":
      return await confirmAbsence(claimed, ground);
    case "command":
      return confirmCommand(claimed.text.trim(), ground);
  }
}

async function confirmQuotation(claimed: ClaimedProof, ground: Ground): Promise<Proof> {
  const { path, startLine, endLine, text } = claimed;
  const proof = { kind: "quote" as const, path, startLine, endLine, text, confirmed: false };
  if (path.startsWith(`${ground.designFolder}/`)) {
    return { ...proof, note: "the plan is no evidence of the work" };
  }
  const content = await readQuietly(ground.snapshot, path);
  if (content === null) return { ...proof, note: "there is no such text file at the head" };
  // Line numbers that were copied along are no words of the file.
  if (withoutGutter(text).replace(/[^\p{L}\p{N}]/gu, "").length < SHORTEST_QUOTE) {
    return { ...proof, note: "the quote is too short to show anything" };
  }
  const match = confirmQuote(content, { startLine, endLine, quote: text });
  if (match === null) return { ...proof, note: `the quote is not in ${path}` };
  const lines = { startLine: match.startLine, endLine: match.endLine };
  return { ...proof, ...lines, confirmed: true, note: match.moved ? "found at other lines" : "" };
}

async function readQuietly(snapshot: Snapshot, path: string): Promise<string | null> {
  try {
    const content = await snapshot.read(path);
    // As the reviewer saw it: it cannot quote characters that it was not shown.
    return content?.kind === "text" ? stripHiddenCharacters(content.text).text : null;
  } catch {
    return null;
  }
}

async function confirmAbsence(claimed: ClaimedProof, ground: Ground): Promise<Proof> {
  const { text, scope } = claimed;
  const proof = {
    kind: "absence" as const,
    path: "",
    startLine: 0,
    endLine: 0,
    text,
    confirmed: false,
  };
  const pattern = toExtendedRegex(text);
  if (pattern === null) return { ...proof, note: "the pattern is not valid, or too general" };
  if (scope.length > MOST_GLOBS || !scope.every(isPlainGlob)) {
    return { ...proof, note: "the scope is not a short list of plain globs" };
  }
  const where = scope.length === 0 ? "everywhere" : `under ${scope.join(", ")}`;
  try {
    const inScope = picomatch(scope.length === 0 ? ["**"] : scope, { dot: true });
    const isSearched = (path: string) =>
      inScope(path) && !path.startsWith(`${ground.designFolder}/`);
    const searched = (await ground.snapshot.list()).filter(({ path }) => isSearched(path)).length;
    if (searched === 0) return { ...proof, note: `there is no file ${where}` };
    const found = await ground.snapshot.grep(pattern, scope, 1000);
    const hit = found.find(({ path }) => isSearched(path));
    if (hit) return { ...proof, note: `found at ${hit.path}:${hit.line}` };
    return { ...proof, confirmed: true, note: `no hit in ${searched} files ${where}` };
  } catch {
    return { ...proof, note: "the query could not be run" };
  }
}

function confirmCommand(name: string, { results, onBase }: Ground): Proof {
  const proof = { kind: "command" as const, path: "", startLine: 0, endLine: 0, text: name };
  const outcome = results.get(name);
  if (!outcome) return { ...proof, confirmed: false, note: "no such command was run" };
  if (!passed(outcome)) return { ...proof, confirmed: false, note: describeEnding(outcome) };
  const base = onBase.get(name);
  if (!base) return { ...proof, confirmed: false, note: "it was not tried on the base" };
  return { ...proof, confirmed: base.proves, note: base.note };
}
