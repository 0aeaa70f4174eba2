import type { Place } from "../found.ts";

/** Tells where an offset of a text stands, as path, line and the text of that line. */
export function openPlaces(path: string, text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const end = starts[low + 1] === undefined ? text.length : (starts[low + 1] ?? 0) - 1;
    const line = text.slice(starts[low], end).trim().slice(0, 240);
    return { path, line: low + 1, text: line };
  };
}
