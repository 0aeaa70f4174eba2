import { codeRanges } from "./code-ranges.ts";

/** How often each kind of thing was removed. */
export type Removals = Map<string, number>;

const maxPasses = 4;

/**
 * Removes Markdown and HTML that is not shown to people. Removing can join what stood apart, so it repeats until
 * nothing changes; a text that is built to go on for ever loses its markup altogether.
 */
export function stripHiddenMarkup(text: string, removals: Removals): string {
  let current = text;
  for (let pass = 0; pass < maxPasses; pass++) {
    const next = stripDefinitions(stripElements(current, removals), removals);
    if (next === current) return current;
    current = next;
  }
  count(removals, "nested-markup");
  return current.replaceAll("<", "\u2039").replaceAll("]:", "] :");
}

const count = (removals: Removals, kind: string): void => {
  removals.set(kind, (removals.get(kind) ?? 0) + 1);
};

const opening = /<(?:!--|\?|![a-z]|!\[CDATA\[|[a-z])/gi;
// Attribute names exclude `<`, so that a scan from one tag never runs over the next: that keeps it linear.
const tagPattern =
  /<([a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/iy;
const hidingStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0*(?![.\d])|font-size\s*:\s*0?\.?0*(?![.\d])|color\s*:\s*transparent|(?:left|top|right|bottom|text-indent)\s*:\s*-\d{3}/i;
const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

type Cut = { end: number; kind: string };

function stripElements(text: string, removals: Removals): string {
  const isCode = codeRanges(text);
  const kept: string[] = [];
  const missing = new Set<string>();
  let from = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const codeEnd = isCode.endAt(match.index);
    if (codeEnd !== null) {
      opening.lastIndex = codeEnd;
      continue;
    }
    const cut = findCut(text, match.index, missing);
    if (cut === null) continue;
    // A space, because without it the two sides could join into something hidden again.
    kept.push(text.slice(from, match.index), " ", lineEndsOf(text.slice(match.index, cut.end)));
    count(removals, cut.kind);
    from = cut.end;
    opening.lastIndex = cut.end;
    isCode.skipTo(match.index, cut.end, cut.kind === "html-comment");
  }
  return from === 0 ? text : kept.join("") + text.slice(from);
}

/** The line ends of what is removed stay, so that line numbers still mean the same lines of the file. */
const lineEndsOf = (removed: string): string => removed.replace(/[^\n]+/g, "");

/** Where something hidden that begins at `start` ends; null when it is shown. */
function findCut(text: string, start: number, missing: Set<string>): Cut | null {
  if (text.startsWith("<!--", start))
    return cutTo(text, start + 2, "-->", "html-comment", true, missing);
  const blockStart = /(?:^|\n)[ \t>]*$/.test(text.slice(Math.max(0, start - 80), start));
  if (text.startsWith("<?", start))
    return cutTo(text, start, "?>", "html-instruction", blockStart, missing);
  if (/^<!\[CDATA\[/i.test(text.slice(start, start + 9)))
    return cutTo(text, start, "]]>", "html-instruction", blockStart, missing);
  if (text[start + 1] === "!")
    return cutTo(text, start, ">", "html-instruction", blockStart, missing);
  tagPattern.lastIndex = start;
  const tag = tagPattern.exec(text);
  if (tag === null || !hides(tag[1] ?? "", tag[2] ?? "")) return null;
  const end = tagPattern.lastIndex;
  if (voidElements.test(tag[1] ?? "")) return { end, kind: "hidden-element" };
  return { end: findClose(text, tag[1] ?? "", end), kind: "hidden-element" };
}

/** `missing` remembers what was looked for to the end in vain, which keeps a text of openings linear. */
function cutTo(
  text: string,
  from: number,
  close: string,
  kind: string,
  toEnd: boolean,
  missing: Set<string>,
): Cut | null {
  const at = missing.has(close) ? -1 : text.indexOf(close, from);
  if (at >= 0) return { end: at + close.length, kind };
  missing.add(close);
  return toEnd ? { end: text.length, kind } : null;
}

function hides(name: string, attributes: string): boolean {
  if (name.toLowerCase() === "template") return true;
  const bare = attributes.replace(/=\s*(?:"[^"]*"|'[^']*')/g, "=");
  if (/\shidden(?:[\s=]|$)/i.test(bare)) return true;
  const style = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(attributes);
  return style !== null && hidingStyle.test(style[1] ?? style[2] ?? style[3] ?? "");
}

/** End of the closing tag that belongs to an element opened before `from`; the end of the text when there is none. */
function findClose(text: string, name: string, from: number): number {
  const tags = new RegExp(`<(/?)${name}(?=[\\s>/])[^<>]*>?`, "gi");
  tags.lastIndex = from;
  let depth = 1;
  for (let match = tags.exec(text); match !== null; match = tags.exec(text)) {
    depth += match[1] === "/" ? -1 : 1;
    if (depth === 0) return tags.lastIndex;
  }
  return text.length;
}

// A definition in a container too (quote, list). Its title may stand on the line after, up to an empty line.
const definition =
  /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])[ \t]))*[ \t]*\[([^\s[\]][^[\]]{0,998})\]:[ \t]*(?:\r?\n[ \t]*)?(<[^<>\n]*>|[^\s<]\S*)(?:[ \t]*(?:\r?\n[ \t]*|[ \t])(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t\r]*$/gm;
const footnote =
  /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])[ \t]))*[ \t]*\[(\^[^\s[\]]{1,99})\]:[^\n]*(?:\n[^\n]*\S[^\n]*)*/gm;

/** Definitions that nothing refers to are not shown anywhere: people use them as comments. */
function stripDefinitions(text: string, removals: Removals): string {
  if (!text.includes("]:")) return text;
  const uses = usedLabels(text);
  const strip = (from: string, pattern: RegExp): string => {
    const isCode = codeRanges(from);
    return from.replace(pattern, (whole: string, label: string, ...rest: unknown[]) => {
      const offset = rest.find((part) => typeof part === "number") ?? 0;
      if (uses.has(normalise(label)) || isCode.endAt(offset) !== null) return whole;
      count(removals, "unused-definition");
      return lineEndsOf(whole);
    });
  };
  return strip(strip(text, footnote), definition);
}

const normalise = (label: string): string => label.trim().replace(/\s+/g, " ").toLowerCase();

/**
 * Labels that may be references: not in what looks like code, not the text of a link with its own target, not the
 * box of a task, not the head of a definition. Where that is wrong a definition too many is removed.
 */
function usedLabels(text: string): Set<string> {
  const words = withoutCode(text)
    .replace(definition, "")
    .replace(/`[^`\n]*`|\\[[\]]/g, " ")
    .replace(/^([ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+)\[x\]/gim, "$1");
  const labels = new Set<string>();
  for (const match of words.matchAll(/\[([^[\]]{1,999})\](?![:(])(?!\[[^\]])/g))
    labels.add(normalise(match[1] ?? ""));
  return labels;
}

function withoutCode(text: string): string {
  let inside = false;
  const lines = text.split("\n").filter((line) => {
    const isFence = /^[\s>*+\-\d.)]*(?:```|~~~)/.test(line);
    if (isFence) inside = !inside;
    return !isFence && !inside && !/^(?: {4}| {0,3}\t)/.test(line);
  });
  return lines.join("\n");
}
