/** Where a quote stands. */
export type QuoteMatch = {
  /** Lines from 1, both included. */
  startLine: number;
  endLine: number;
  /** The text of these lines as it is in the file. */
  text: string;
  /** Same characters; false when only white space (or a line-number gutter) differs. */
  exact: boolean;
  /** It stands outside the lines that the evidence names. */
  moved: boolean;
  /** How often it stands in the file, counted up to 1,000. */
  occurrences: number;
};

const maxOccurrences = 1000;
/** A shorter quote than this, found elsewhere and more than once, proves nothing: `}` is everywhere. */
const tellingLength = 8;

/**
 * Finds a quote in a file again. Exact text before text with other white space, the named lines before others,
 * then the nearest. Null when it is not there, is empty, or is too short to mean another place.
 */
export function confirmQuote(
  content: string,
  evidence: { startLine: number; endLine: number; quote: string },
): QuoteMatch | null {
  const quote = withoutGutter(evidence.quote.replaceAll("\r\n", "\n"));
  const file = content.replaceAll("\r\n", "\n");
  if (quote.trim() === "") return null;
  const exact = findPlaces(file, quote.replace(/^\n+|\s+$/g, ""), evidence.startLine);
  const loose = exact.length > 0 ? [] : findLoosely(file, quote, evidence.startLine);
  const places = exact.length > 0 ? exact : loose;
  const best = nearest(places, evidence.startLine, evidence.endLine);
  if (best === null) return null;
  const moved = !isWithin(best, evidence.startLine, evidence.endLine);
  if (moved && places.length > 1 && quote.replace(/\s+/g, "").length < tellingLength) return null;
  const text = file
    .split("\n", best.endLine)
    .slice(best.startLine - 1)
    .join("\n");
  return { ...best, text, exact: exact.length > 0, moved, occurrences: places.length };
}

type Place = { startLine: number; endLine: number };

const isWithin = (place: Place, startLine: number, endLine: number): boolean =>
  place.startLine >= startLine && place.endLine <= Math.max(startLine, endLine);

function nearest(places: readonly Place[], startLine: number, endLine: number): Place | null {
  let best: Place | null = null;
  for (const place of places) {
    if (isWithin(place, startLine, endLine)) return place;
    const distance = Math.abs(place.startLine - startLine);
    if (best === null || distance < Math.abs(best.startLine - startLine)) best = place;
  }
  return best;
}

/**
 * Places from the top, none over another. The first from the named line on comes before all: what is counted from the top may step over it,
 * or may not get that far.
 */
function findPlaces(file: string, quote: string, named: number): Place[] {
  const places: Place[] = [];
  const height = countLines(quote);
  const near = file.indexOf(quote, placeOfLine(file, named));
  if (near >= 0) {
    const startLine = countLines(file.slice(0, near)) + 1;
    places.push({ startLine, endLine: startLine + height });
  }
  let line = 1;
  let from = 0;
  for (let at = file.indexOf(quote); at >= 0 && places.length < maxOccurrences; ) {
    line += countLines(file.slice(from, at));
    from = at;
    if (at !== near) places.push({ startLine: line, endLine: line + height });
    at = file.indexOf(quote, at + quote.length);
  }
  return places;
}

/** Where a line begins; the end of a file that has fewer. */
function placeOfLine(file: string, line: number): number {
  let at = 0;
  for (let left = line - 1; left > 0; left--) {
    const end = file.indexOf("\n", at);
    if (end < 0) return file.length;
    at = end + 1;
  }
  return at;
}

const countLines = (text: string): number => text.split("\n").length - 1;

/** Compares with every run of white space as one space, and remembers the line of each word. */
function findLoosely(file: string, quote: string, named: number): Place[] {
  const wanted = quote.trim().replace(/\s+/g, " ");
  const words: string[] = [];
  const starts: number[] = [];
  const lines: number[] = [];
  let length = 0;
  for (const [index, line] of file.split("\n").entries()) {
    for (const word of line.split(/\s+/)) {
      if (word === "") continue;
      words.push(word);
      starts.push(length);
      lines.push(index + 1);
      length += word.length + 1;
    }
  }
  const flat = words.join(" ");
  const lineAt = (position: number): number => lines[wordAt(starts, position)] ?? 1;
  const placeAt = (at: number): Place => ({
    startLine: lineAt(at),
    endLine: lineAt(at + wanted.length - 1),
  });
  const first = lines.findIndex((line) => line >= named);
  const near = first < 0 ? -1 : flat.indexOf(wanted, starts[first]);
  const places = near < 0 ? [] : [placeAt(near)];
  let at = flat.indexOf(wanted);
  while (at >= 0 && places.length < maxOccurrences) {
    if (at !== near) places.push(placeAt(at));
    at = flat.indexOf(wanted, at + wanted.length);
  }
  return places;
}

/** Index of the last word that starts at or before `position`. */
function wordAt(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

const gutter = /^[ \t]*\d+[ \t]*[|:\u2502][ \t]?/;

/** Models copy the line numbers of an excerpt along: removed when every line has one. */
export function withoutGutter(quote: string): string {
  const lines = quote.split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  if (filled.length === 0 || !filled.every((line) => gutter.test(line))) return quote;
  return lines.map((line) => line.replace(gutter, "")).join("\n");
}
