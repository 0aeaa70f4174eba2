import type { ListItem, RootContent } from "mdast";
import { unescapeStart } from "./escape-line.ts";
import { foldText } from "./fold-text.ts";
import type { Part, Section } from "./layout.ts";
import { cutAtHeadings, type Portion, readBlock, readBody } from "./read-block.ts";
import { listItems, listKeys, readFields, readKeyLine, splitFields } from "./read-fields.ts";
import { readLine } from "./read-line.ts";
import { readProse } from "./read-prose.ts";
import { readTable } from "./read-table.ts";
import {
  endOf,
  innerSpan,
  keepLeftovers,
  type Path,
  pathKey,
  type Reading,
  type Span,
  startOf,
  type Values,
} from "./reading.ts";

type Context = { reading: Reading; path: Path };

/** Reads one section into its field; null for a section that is not there and need not be. */
export function readSection(
  section: Section,
  portion: Portion | null,
  depth: number,
  values: Values,
  context: Context,
): void {
  const { reading, path } = context;
  const nodes = portion?.nodes ?? [];
  const at: Path = [...path, section.field];
  switch (section.kind) {
    case "prose": {
      const start = portion ? endOf(portion.heading) : 0;
      values[section.field] = portion
        ? readProse(nodes, reading.source.slice(start, portion.end))
        : "";
      return;
    }
    case "fence":
      values[section.field] = readFenced(section, nodes, reading);
      return;
    case "bullets":
      values[section.field] = readBullets(section, withoutNone(nodes, reading), reading, at);
      return;
    case "items":
      values[section.field] = readItems(section, withoutNone(nodes, reading), reading, at);
      return;
    case "table":
      values[section.field] = readTable(section, withoutNone(nodes, reading), reading, at);
      return;
    case "blocks":
      values[section.field] = readBlocks(section, portion, depth + 1, { reading, path: at });
      return;
    case "record": {
      const record: Values = {};
      const owner = portion ? startOf(portion.heading) : 0;
      const body = { nodes, start: owner, end: portion?.end ?? 0 };
      const { fields, example, heading } = section;
      readBody({ fields, example, body: null }, body, record, { reading, path: at, heading });
      values[section.field] = record;
    }
  }
}

/** `None.` in place of a list says that there is nothing, on purpose. */
function withoutNone(nodes: RootContent[], reading: Reading): RootContent[] {
  return nodes.filter((node) => {
    if (node.type !== "paragraph") return true;
    const { text } = innerSpan(node, reading.source);
    return !/^(?:none|n\/a|-|—)\.?$/i.test(text.slice(0, 8).replaceAll("_", ""));
  });
}

function readFenced(section: Section, nodes: RootContent[], reading: Reading): string {
  const code = nodes.find((node) => node.type === "code");
  keepLeftovers(
    nodes.filter((node) => node !== code),
    section.heading,
    reading,
  );
  return code?.type === "code" ? code.value : "";
}

function readBullets(
  section: Section & { kind: "bullets" },
  nodes: RootContent[],
  reading: Reading,
  path: Path,
): string[] {
  const others = nodes.filter((node) => node.type !== "list");
  keepLeftovers(others, section.heading, reading);
  return listItems(nodes).map((item, index) => {
    const values: Values = {};
    reading.places.set(pathKey([...path, index]), startOf(item));
    const span = itemSpan(item, reading.source);
    const context = { reading, path: [...path, index], example: section.example };
    readLine([section.part], unescapeFirst([section.part], span), values, context);
    return String(Object.values(values)[0] ?? "");
  });
}

/** Everything that is in a bullet, so that a nested list or a second paragraph is not lost. */
function itemSpan(item: ListItem, source: string): Span {
  const first = item.children[0];
  if (!first) return { text: "", offset: startOf(item) };
  const offset = startOf(first);
  return { text: source.slice(offset, endOf(item)), offset };
}

/** A text that begins its bullet may carry the backslash of `escapeStart`. */
function unescapeFirst(parts: readonly Part[], span: Span): Span {
  if (parts[0]?.kind !== "text") return span;
  return { text: unescapeStart(foldText(span.text)), offset: span.offset };
}

function readItems(
  section: Section & { kind: "items" },
  nodes: RootContent[],
  reading: Reading,
  path: Path,
): Values[] {
  keepLeftovers(
    nodes.filter((node) => node.type !== "list"),
    section.heading,
    reading,
  );
  return listItems(nodes).map((item, index) =>
    readItem(section, item, { reading, path: [...path, index] }),
  );
}

function readItem(
  section: Section & { kind: "items" },
  item: ListItem,
  { reading, path }: Context,
): Values {
  const values: Values = {};
  const { fields, example, heading } = section;
  reading.places.set(pathKey(path), startOf(item));
  const [first, ...below] = item.children;
  const headed = first?.type === "paragraph";
  const whole = headed ? innerSpan(first, reading.source) : { text: "", offset: startOf(item) };
  const { line, keyed } = splitLines(whole, listKeys(fields));
  readLine(section.line, unescapeFirst(section.line, line), values, { reading, path, example });
  const context = { reading, path, example, heading };
  const items = splitFields(headed ? below : item.children, fields, context);
  readFields(fields, [...keyed, ...items], values, { ...context, owner: startOf(item) });
  return values;
}

/** A line of the paragraph that begins with a known key is that field, without a bullet of its own. */
function splitLines(span: Span, keys: readonly string[]) {
  const keyed = [];
  let offset = span.offset;
  let line: Span | null = null;
  for (const text of span.text.split("\n")) {
    const indent = text.length - text.trimStart().length;
    const found = line && readKeyLine({ text: text.trim(), offset: offset + indent }, keys);
    if (found) keyed.push(found);
    else if (line && keyed.length === 0)
      line = { text: `${line.text}\n${text}`, offset: line.offset };
    else if (!line) line = { text, offset };
    else appendValue(keyed.at(-1), text);
    offset += text.length + 1;
  }
  return { line: line ?? span, keyed };
}

function appendValue(item: { value: Span } | undefined, text: string): void {
  if (item) item.value = { text: `${item.value.text}\n${text}`, offset: item.value.offset };
}

function readBlocks(
  section: Section & { kind: "blocks" },
  portion: Portion | null,
  depth: number,
  { reading, path }: Context,
): Values[] {
  if (!portion) return [];
  const cut = cutAtHeadings(portion.nodes, depth, portion.end);
  keepLeftovers(withoutNone(cut.lead, reading), section.heading, reading);
  return cut.portions.map((each, index) =>
    readBlock(section.block, each, depth, reading, [...path, index]),
  );
}
