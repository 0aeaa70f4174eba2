import {
  narrow,
  nothingOpen,
  type Open,
  readLine,
  renderClosing,
  renderOpening,
} from "./markdown-state.ts";
import { neutraliseMentions } from "./neutralise-mentions.ts";

/** A line, what is open where it begins, and how well a text can be cut there: 0 is best. */
type Place = { start: number; open: Open; rank: number };

/**
 * Cuts Markdown into parts of at most `limit` characters that each read well alone: fences, folded sections, tables and lists that
 * a cut goes through are closed and opened again. Cuts stand between blocks where they can, and never within a character, a tag or
 * a code span. With `most`, it stops after so many parts.
 */
export function splitMarkdown(
  markdown: string,
  limit: number,
  most = Number.POSITIVE_INFINITY,
): string[] {
  if (markdown.length <= limit) return [markdown];
  const parts: string[] = [];
  // Code whose fence is too long to be opened again would be read as prose.
  const isOdd = /`{100}|~{100}/.test(markdown);
  let rest = isOdd ? neutraliseMentions(markdown, { alsoInCode: true }) : markdown;
  let open = nothingOpen;
  // What is left after the paragraph that was made safe to cut anywhere.
  let exposed = Number.POSITIVE_INFINITY;
  while (rest.length > 0 && parts.length < most) {
    const opening = openAgain(open, limit);
    const room = limit - opening.length;
    if (rest.length <= room) {
      parts.push(opening + rest);
      break;
    }
    const ending = fitting(renderClosing(open), limit).length + 100;
    const isLong = !open.fence && endOfLine(rest, 0) > room - ending;
    if (isLong && rest.length <= exposed) ({ rest, exposed } = exposeParagraph(rest));
    const cut = findCut(rest, open, room);
    const closing = fitting(renderClosing(cut.open), limit);
    parts.push(opening + rest.slice(0, cut.end).trimEnd() + cut.ticks + closing);
    const next = withoutEnds(withoutBlank(rest.slice(cut.end), cut.open));
    rest = cut.ticks + next.rest;
    open = narrow(next.open, rest.slice(0, endOfLine(rest, 0)));
  }
  return parts;
}

type Rest = { rest: string; open: Open };

/** Between blocks an empty line says nothing, but that a table has ended; in code it is code. */
function withoutBlank(text: string, open: Open): Rest {
  if (open.fence || !text.startsWith("\n")) return { rest: text, open };
  return { rest: text.replace(/^\n+/, ""), open: { ...open, table: null } };
}

/** What the part before has closed need not be closed again. */
function withoutEnds({ rest, open }: Rest): Rest {
  const last = open.tags.at(-1);
  if (open.fence || !last) return { rest, open };
  const end = new RegExp(`^\\s*</${last.name}\\s*>\\s*`, "i").exec(rest);
  if (!end) return { rest, open };
  return withoutEnds({
    rest: rest.slice(end[0].length),
    open: { ...open, table: null, tags: open.tags.slice(0, -1) },
  });
}

/** Where all that is open would take up the room of the text itself, code is opened alone: it must stay code. */
function openAgain(open: Open, limit: number): string {
  const whole = fitting(renderOpening(open), limit);
  if (whole !== "" || open.fence === null) return whole;
  return renderOpening({ ...nothingOpen, fence: { ...open.fence, prefix: "" } });
}

/** What would take up the room of the text itself is left out. */
const fitting = (text: string, limit: number): string => (text.length > limit / 4 ? "" : text);

/** A line that is too long is cut wherever it must be, so nothing in its paragraph may rely on being code. */
function exposeParagraph(text: string): { rest: string; exposed: number } {
  const blank = text.search(/\n[ \t]*\n/);
  const end = blank < 0 ? text.length : blank;
  const paragraph = neutraliseMentions(text.slice(0, end), { alsoInCode: true });
  return { rest: paragraph + text.slice(end), exposed: text.length - end };
}

type Cut = { end: number; open: Open; ticks: string };

function findCut(text: string, from: Open, room: number): Cut {
  const places = findPlaces(text, from, room);
  const least = room / 2;
  let best: Place | null = null;
  for (const place of places) {
    const late = place.start >= least;
    if (place.open.glued || (!late && place.rank > 1)) continue;
    if (best === null || place.rank <= best.rank || (late && best.start < least / 4)) best = place;
  }
  const place = best ?? places.findLast(({ open }) => !open.glued) ?? places.at(-1);
  if (place) return { end: place.start, open: unglued(place.open), ticks: "" };
  // No line ends in reach: the first one is longer than a part.
  const most = room - fitting(renderClosing(from), room).length - 8;
  const within = from.fence ? { end: findWhole(text, most), ticks: "" } : findBreak(text, most);
  return { ...within, open: unglued(from) };
}

const unglued = (open: Open): Open => ({ ...open, glued: false });

/** Beginnings of lines up to which the text and what closes it fit. */
function findPlaces(text: string, from: Open, room: number): Place[] {
  const places: Place[] = [];
  let open = from;
  let start = 0;
  while (start < text.length && start <= room) {
    const end = endOfLine(text, start);
    const line = text.slice(start, end);
    const next = end < text.length ? text.slice(end + 1, endOfLine(text, end + 1)) : undefined;
    open = readLine(open, line, next);
    start = end + 1;
    if (start > room || next === undefined) break;
    if (start + fitting(renderClosing(open), room).length > room) continue;
    places.push({ start, open, rank: rankOf(open, line, next) });
  }
  return places;
}

function rankOf(open: Open, line: string, next: string): number {
  if (open.fence || open.comment) return 5;
  const blank = line.trim() === "" || next.trim() === "";
  if (blank && open.tags.length === 0 && open.items.length === 0)
    return /^#{1,6} /.test(next) ? 0 : 1;
  if (blank) return open.items.length === 0 || /^(?:[-*+]|\d+[.)]) /.test(next) ? 2 : 3;
  return open.table !== null || /^(?:[-*+]|\d+[.)]) /.test(next) ? 3 : 4;
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
};

const joins = /^(?:\p{M}|\p{Emoji_Modifier}|\u200d|\ufe0e|\ufe0f)/u;

/** A place within a line: after a space where there is one near, never inside a tag, an entity, a code span or a character. */
function findBreak(text: string, most: number): { end: number; ticks: string } {
  const line = text.slice(0, most);
  const span = findSpan(line);
  if (span && span.start > most / 2) return { end: span.start, ticks: "" };
  if (span) return { end: findWhole(text, most - span.ticks.length), ticks: span.ticks };
  const space = line.lastIndexOf(" ");
  const tag = /<[a-z/!][^<>]*$/i.exec(line);
  if (tag && tag.index > most / 2) return { end: tag.index, ticks: "" };
  if (space > most / 2) return { end: space + 1, ticks: "" };
  const entity = /&[#\w]{0,31}$/.exec(line);
  return { end: findWhole(text, entity ? entity.index : most), ticks: "" };
}

function findWhole(text: string, most: number): number {
  let end = most;
  for (let tries = 0; tries < 64 && end > most / 2; tries++, end--) {
    const isLow = /^[\udc00-\udfff]/.test(text.slice(end, end + 1));
    const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
    const before = text[end - 1] ?? "";
    if (!isLow && !joins.test(after) && before !== "\u200d" && before !== "\\") return end;
  }
  return end;
}

/** More backticks than anybody writes: they would take up the room of the text when they are written again. */
const MOST_TICKS = 12;

/** The code span that is still open at the end of a line's beginning. */
function findSpan(line: string): { start: number; ticks: string } | null {
  let open: { start: number; ticks: string } | null = null;
  for (const { 0: ticks, index } of line.matchAll(/`+/g)) {
    if (open === null) open = { start: index, ticks };
    else if (open.ticks === ticks) open = null;
  }
  return open === null || open.ticks.length > MOST_TICKS ? null : open;
}
