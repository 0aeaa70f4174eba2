import { readFile, stat } from "node:fs/promises";
import { stripHidden } from "../shared/hidden-text.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** What `--issue` named: a feature that has a ledger, or a request to begin with (or find again by its words). */
export type Request =
  | { kind: "existing"; issue: number }
  | { kind: "text"; title: string; body: string };

/** GitHub's own limit of an issue's body: what fits there fits here. */
export const REQUEST_BYTES = 65_536;

const TITLE_LENGTH = 120;

const missing = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EINVAL"].includes((error as { code?: string }).code ?? "");

/** First line that says something, without heading marks, is the title; everything is kept as the body. */
export function splitRequest(text: string): Result<Request> {
  const body = text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .trim();
  if (body === "") return fail({ reason: "issue-empty" });
  const bytes = Buffer.byteLength(body);
  if (bytes > REQUEST_BYTES) {
    return fail({ reason: "issue-too-large", path: "the request", bytes, limit: REQUEST_BYTES });
  }
  const first = body.split("\n").find((line) => line.trim() !== "") ?? "";
  // The title names branches and stands on screens: only what a person sees belongs there.
  const title = stripHidden(first.replace(/^#+\s*/, "")).text.trim();
  return succeed({ kind: "text", title: [...title].slice(0, TITLE_LENGTH).join(""), body });
}

async function readRequestFile(path: string, size: number): Promise<Result<Request>> {
  if (size > REQUEST_BYTES) {
    return fail({ reason: "issue-too-large", path, bytes: size, limit: REQUEST_BYTES });
  }
  const bytes = await readFile(path);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? fail({ reason: "not-text", path }) : splitRequest(text);
  } catch {
    return fail({ reason: "not-text", path });
  }
}

/**
 * Reads `--issue FILE|TEXT|NUMBER`. A word that names no file is a mistyped path, not a request: requests
 * have more than one word.
 */
export async function readRequest(argument: string): Promise<Result<Request>> {
  try {
    const info = await stat(argument);
    if (info.isFile()) return await readRequestFile(argument, info.size);
    if (info.isDirectory()) return fail({ reason: "issue-not-found", path: argument });
  } catch (error) {
    if (!missing(error)) return fail({ reason: "issue-not-found", path: argument });
  }
  if (/^#?\d{1,9}$/.test(argument)) {
    return succeed({ kind: "existing", issue: Number(argument.replace("#", "")) });
  }
  return /\s/.test(argument.trim()) || argument.trim() === ""
    ? splitRequest(argument)
    : fail({ reason: "issue-not-found", path: argument });
}
