import { createHash } from "node:crypto";
import type { JsonObject, LedgerRecord } from "./port.ts";
import { renderCanonicalJson } from "./render-canonical-json.ts";

/** `prev` of the first line. */
export const firstPrev = "0".repeat(64);

/** Where the next line goes: how many there are, and the hash of the last one (its bytes without the line end). */
export type ChainEnd = { seq: number; hash: string };

export const chainStart: ChainEnd = { seq: 0, hash: firstPrev };

/** What was read of `events.jsonl`: all sound lines from the first on, and the first fault if there is one. */
export type ParsedLines = {
  records: LedgerRecord[];
  end: ChainEnd;
  /** Bytes of the sound lines, their line ends included. */
  soundBytes: number;
  fault: { line: number; detail: string } | null;
};

const hashOf = (line: string | Uint8Array): string =>
  createHash("sha256").update(line).digest("hex");

/** New lines after `end`, each with its line end, and where the chain ends then. */
export function renderEventLines(
  end: ChainEnd,
  events: readonly JsonObject[],
): { text: string; end: ChainEnd } {
  let { seq, hash } = end;
  let text = "";
  for (const event of events) {
    seq += 1;
    const line = `{"seq":${seq},"prev":"${hash}","event":${renderCanonicalJson(event)}}`;
    hash = hashOf(line);
    text += `${line}\n`;
  }
  return { text, end: { seq, hash } };
}

/**
 * Reads `events.jsonl` and checks its chain: UTF-8, one JSON object a line, `seq` counting from 1, `prev` the
 * hash of the line before. Stops at the first fault. Unknown keys and events are no fault: their bytes stay.
 */
export function parseEventLines(bytes: Uint8Array): ParsedLines {
  const records: LedgerRecord[] = [];
  let end = chainStart;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, newline < 0 ? bytes.length : newline);
    const read =
      newline < 0 ? "the line is cut off: its line end is missing" : parseLine(line, end);
    if (typeof read === "string") {
      return { records, end, soundBytes: start, fault: { line: end.seq + 1, detail: read } };
    }
    records.push(read);
    end = { seq: read.seq, hash: hashOf(line) };
    start = newline + 1;
  }
  return { records, end, soundBytes: start, fault: null };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The record, or what is wrong with the line. */
function parseLine(line: Uint8Array, end: ChainEnd): LedgerRecord | string {
  const value = decodeLine(line);
  if (typeof value === "string") return value;
  const { seq, prev, event } = value;
  if (seq !== end.seq + 1) return `seq is ${JSON.stringify(seq)} and should be ${end.seq + 1}`;
  if (prev !== end.hash) {
    return end.seq === 0
      ? "prev of the first line should be 64 zeros"
      : `prev is not the hash of line ${end.seq}: that line or this one was changed`;
  }
  if (!isObject(event)) return "event is not a JSON object";
  return { seq, prev, event };
}

function decodeLine(line: Uint8Array): JsonObject | string {
  let text: string;
  try {
    text = utf8.decode(line);
  } catch {
    return "the line is not valid UTF-8";
  }
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : "the line is not a JSON object";
  } catch {
    return "the line is not JSON";
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
