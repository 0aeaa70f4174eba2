/** What is open where a line of Markdown begins: what a text that is cut there must close, and open again where it goes on. */
export type Open = {
  fence: { prefix: string; mark: string; info: string } | null;
  /** An HTML comment. */
  comment: boolean;
  /** HTML elements, outermost first. */
  tags: readonly { name: string; text: string }[];
  /** Header and delimiter row of a table. */
  table: string | null;
  /** Beginnings of the list items that the line is in, outermost first. */
  items: readonly string[];
  /** The line belongs to the one before whatever happens: a delimiter row, an underlined heading. */
  glued: boolean;
};

export const nothingOpen: Open = {
  ...{ fence: null, comment: false, tags: [], table: null, items: [], glued: false },
};

const fenceStart =
  /^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const item = /^([ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)/;
const delimiter = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/;
const kept =
  /<(\/?)(details|summary|table|thead|tbody|tr|td|th|ul|ol|blockquote|sub|sup|b|strong|em|i|kbd|div)\b[^<>]{0,200}>/gi;

/** What is open after `line`; `next` is the line that follows it. */
export function readLine(open: Open, line: string, next: string | undefined): Open {
  if (open.fence)
    return { ...open, glued: false, fence: closes(line, open.fence) ? null : open.fence };
  if (open.comment) return { ...open, glued: false, comment: !line.includes("-->") };
  const found = fenceStart.exec(line);
  if (found) {
    const [, prefix = "", mark = "", info = ""] = found;
    const items = readItems(open.items, line);
    // Where the text goes on there is no bullet again, only its width.
    const fence = { prefix: prefix.replace(/[^>\s]/g, " "), mark, info: info.slice(0, 50) };
    return { ...open, table: null, items, glued: false, fence };
  }
  const words = line.replace(/`+[^`]*`+/g, "");
  return {
    fence: null,
    comment: words.lastIndexOf("<!--") > words.lastIndexOf("-->"),
    tags: readTags(open.tags, words),
    table: readTable(open.table, line, next),
    items: readItems(open.items, line),
    glued: isGlued(line, next),
  };
}

const closes = (line: string, fence: NonNullable<Open["fence"]>): boolean => {
  const words = line.replace(/^[ \t>]*/, "").trimEnd();
  return words.length >= fence.mark.length && words === (fence.mark[0] ?? "").repeat(words.length);
};

function readTags(tags: Open["tags"], words: string): Open["tags"] {
  if (!words.includes("<")) return tags;
  const open = [...tags];
  for (const [text, slash, name = ""] of words.matchAll(kept)) {
    const lower = name.toLowerCase();
    if (!slash) open.push({ name: lower, text });
    else {
      const at = open.findLastIndex((tag) => tag.name === lower);
      if (at >= 0) open.splice(at);
    }
  }
  return open.slice(0, 24);
}

function readTable(table: string | null, line: string, next: string | undefined): string | null {
  if (!line.includes("|")) return null;
  if (table !== null) return table;
  return isTableHead(line, next) ? `${line}\n${next}` : null;
}

const isTableHead = (line: string, next: string | undefined): next is string =>
  next !== undefined && line.includes("|") && next.includes("-") && delimiter.test(next);

/** A blank line ends no list; text without indentation does. */
function readItems(items: readonly string[], line: string): readonly string[] {
  if (line.trim() === "") return items;
  const width = line.length - line.trimStart().length;
  const outer = items.filter((start) => width >= start.length);
  const found = item.exec(line);
  return found ? [...outer, found[0]].slice(0, 8) : outer;
}

const isGlued = (line: string, next: string | undefined): boolean =>
  isTableHead(line, next) || (line.trim() !== "" && next !== undefined && underline.test(next));

/** What of it is still open for a line that goes on elsewhere: text without indentation is in no list any more. */
export function narrow(open: Open, line: string): Open {
  if (open.fence || open.comment || line.trim() === "") return open;
  const width = line.length - line.trimStart().length;
  const table = line.includes("|") ? open.table : null;
  return { ...open, table, items: open.items.filter((start) => width >= start.length) };
}

/** What ends everything that is open. */
export function renderClosing({ fence, comment, tags }: Open): string {
  const code = fence ? `\n${fence.prefix}${fence.mark}` : comment ? "\n-->" : "";
  const ends = [...tags].reverse().map((tag) => `</${tag.name}>`);
  return code + (ends.length > 0 ? `\n\n${ends.join("")}` : "");
}

/** What opens it again, above the text that goes on. */
export function renderOpening({ fence, comment, tags, table, items }: Open): string {
  const starts = tags.map(({ name, text }) =>
    name === "details" ? `${text}<summary>Continued</summary>` : text,
  );
  const html = starts.length > 0 ? `${starts.join("")}\n\n` : "";
  // A table does not begin within a paragraph.
  const list =
    items.map((start) => `${start}…\n`).join("") + (items.length > 0 && table !== null ? "\n" : "");
  const code = fence
    ? `${fence.prefix}${fence.mark}${fence.info}\n`
    : comment
      ? "<!--\n"
      : table !== null
        ? `${table}\n`
        : "";
  return html + list + code;
}
