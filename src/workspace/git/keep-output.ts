import { stripVTControlCharacters } from "node:util";

/** Takes output as it comes and keeps its beginning and end within a limit; memory never passes that limit by much. */
export type OutputKeeper = {
  take: (chunk: Buffer) => void;
  /** Bytes taken in all. */
  bytes: () => number;
  text: () => string;
};

/** Keeps at most `limit` bytes: the first half of the limit and the last, with a line between that says what is missing. */
export function keepOutput(limit: number): OutputKeeper {
  const headLimit = Math.floor(limit / 2);
  const tailLimit = limit - headLimit;
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let bytes = 0;
  const take = (chunk: Buffer) => {
    bytes += chunk.length;
    const first = chunk.subarray(0, Math.max(0, headLimit - headBytes));
    if (first.length > 0) head.push(Buffer.from(first));
    headBytes += first.length;
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    if (rest.length >= tailLimit) tail = [];
    // A copy, because a part would keep the whole chunk in memory.
    tail.push(Buffer.from(rest.subarray(-tailLimit)));
    tailBytes = tail.length === 1 ? Math.min(rest.length, tailLimit) : tailBytes + rest.length;
    if (tailBytes > 2 * tailLimit + 65_536) {
      tail = [Buffer.concat(tail).subarray(-tailLimit)];
      tailBytes = tail[0]?.length ?? 0;
    }
  };
  const text = () => {
    const end = Buffer.concat(tail).subarray(-tailLimit);
    const missing = bytes - headBytes - end.length;
    const between = missing > 0 ? `\n[… ${missing} bytes left out …]\n` : "";
    if (missing === 0) return clean(Buffer.concat([...head, end]).toString("utf8"));
    return clean(Buffer.concat(head).toString("utf8")) + between + clean(end.toString("utf8"));
  };
  return { take, bytes: () => bytes, text };
}

// Output is read by people and models: colours and cursor movements carry nothing for either.
const clean = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
