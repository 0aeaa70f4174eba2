import type { Range } from "web-tree-sitter";
import type { BodyStyle } from "./body-style.ts";
import { findBodies } from "./find-bodies.ts";

/** Where so little would be left out, reading all of it costs the same. */
const LEAST_SHARE = 0.1;

/** The parts of a text that a parser has to read so that all is seen but the inside of functions; null to read all of it. */
export function leaveOutBodies(text: string, style: BodyStyle): Range[] | null {
  const bodies = findBodies(text, style);
  if (bodies === null) return null;
  const saved = bodies.reduce((sum, { start, end }) => sum + end - start, 0);
  if (saved < text.length * LEAST_SHARE) return null;
  const point = createPointer(text);
  const ranges: Range[] = [];
  let from = 0;
  for (const { start, end } of [...bodies, { start: text.length, end: text.length }]) {
    const startPosition = point(from);
    ranges.push({ startIndex: from, endIndex: start, startPosition, endPosition: point(start) });
    from = end;
  }
  return ranges;
}

/** Row and column of places that are asked for in rising order. */
function createPointer(text: string): (place: number) => Range["startPosition"] {
  let row = 0;
  let began = 0;
  let next = text.indexOf("\n");
  return (place) => {
    while (next >= 0 && next < place) {
      row += 1;
      began = next + 1;
      next = text.indexOf("\n", began);
    }
    return { row, column: place - began };
  };
}
