/** An element of a project file: where it stands, and its text where it has no elements of its own. */
export type XmlElement = {
  /** Names from the root to the element: `project/dependencies/dependency`. */
  path: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  line: number;
  children: readonly XmlElement[];
};

type Open = {
  path: string;
  attributes: Record<string, string>;
  line: number;
  at: number;
  children: XmlElement[];
};

const longest = 1_000_000;
const deepest = 100;

/** Elements of an XML text, as project files have them: no entities, no types, and no fault is fatal. The last to close is the root. */
export function scanXml(text: string): XmlElement[] {
  const found: XmlElement[] = [];
  const open: Open[] = [];
  const plain = blank(blank(text.slice(0, longest), "<!--", "-->"), "<![CDATA[", "]]>");
  let line = 1;
  let seen = 0;
  for (const match of plain.matchAll(/<([^<>]*)>/g)) {
    for (; seen < match.index; seen += 1) if (plain[seen] === "\n") line += 1;
    const [, start, name, end] = /^(\/?)([\w:.-]{1,200}).*?(\/?)$/s.exec(match[1] ?? "") ?? [];
    if (name === undefined) continue;
    if (open.length > deepest) break;
    if (start !== "/") {
      const path = `${open.at(-1)?.path ?? ""}${open.length > 0 ? "/" : ""}${name}`;
      const attributes = readAttributes(match[1] ?? "");
      open.push({ path, attributes, line, at: match.index + match[0].length, children: [] });
    }
    if (start === "/" || end === "/") {
      close(open, found, plain.slice(open.at(-1)?.at ?? 0, match.index));
    }
  }
  return found;
}

/** The text with stretches between two marks as white space, so that lines keep their numbers. */
function blank(text: string, from: string, to: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf(from); start >= 0; start = text.indexOf(from, at)) {
    const end = text.indexOf(to, start);
    const stop = end < 0 ? text.length : end + to.length;
    parts.push(text.slice(at, start), text.slice(start, stop).replace(/[^\n]/g, " "));
    at = stop;
  }
  return parts.join("") + text.slice(at);
}

function close(open: Open[], found: XmlElement[], inner: string): void {
  const last = open.pop();
  if (last === undefined) return;
  const { path, attributes, line, children } = last;
  const text = children.length > 0 ? "" : inner.trim();
  const element = { path, attributes, text, line, children };
  open.at(-1)?.children.push(element);
  found.push(element);
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map((pair) => [pair[1] ?? "", pair[2] ?? pair[3] ?? ""]));
}

/** Text of the child of this name; "" where there is none. */
export const childText = (element: XmlElement, name: string): string =>
  element.children.find((child) => child.path === `${element.path}/${name}`)?.text ?? "";
