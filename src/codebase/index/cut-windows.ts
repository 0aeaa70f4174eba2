import type { CodeSymbol, Window } from "../codebase.ts";
import type { TermCounter } from "./count-terms.ts";

const LINES = 60;
const NEAR = 15;

/** Where each line begins; a line break at the very end begins none. */
export function lineStarts(text: string): number[] {
  if (text === "") return [];
  const starts = [0];
  for (
    let at = text.indexOf("\n");
    at !== -1 && at + 1 < text.length;
    at = text.indexOf("\n", at + 1)
  )
    starts.push(at + 1);
  return starts;
}

/** First lines of the windows of a file: sixty lines each, or to the declaration that begins nearest to that. */
export function cutLines(lines: number, declarations: readonly number[]): number[] {
  const begins = [1];
  let begin = 1;
  while (lines - begin + 1 > LINES + NEAR) {
    const wanted = begin + LINES;
    let best = wanted;
    let away = NEAR + 1;
    for (const line of declarations) {
      if (Math.abs(line - wanted) >= away) continue;
      away = Math.abs(line - wanted);
      best = line;
    }
    begin = best;
    begins.push(begin);
  }
  return begins;
}

/** The windows of a text. `symbols` say where declarations begin. */
export function cutWindows(
  text: string,
  starts: readonly number[],
  symbols: readonly Pick<CodeSymbol, "line">[],
  count: TermCounter,
): Window[] {
  if (starts.length === 0) return [];
  const begins = cutLines(
    starts.length,
    symbols.map(({ line }) => line),
  );
  return begins.map((startLine, index) => {
    const next = begins[index + 1];
    const endLine = next === undefined ? starts.length : next - 1;
    const end = next === undefined ? text.length : (starts[next - 1] ?? text.length);
    return { startLine, endLine, ...count(text, starts[startLine - 1] ?? 0, end) };
  });
}
