import type { Heading, List, ListItem, RootContent } from "mdast";
import type { Position } from "unist";
import { unescapeEnd } from "./escape-line.ts";
import type { Block } from "./layout.ts";
import { nameHeading } from "./name-heading.ts";
import { type KeyedItem, listItems, listKeys, readFields, readKey } from "./read-fields.ts";
import { readLine } from "./read-line.ts";
import { readProse } from "./read-prose.ts";
import { readSection } from "./read-section.ts";
import {
  endOf,
  innerSpan,
  keepLeftovers,
  type Path,
  pathKey,
  type Reading,
  startOf,
  type Values,
} from "./reading.ts";

/** A heading with the nodes up to the next one of its depth, and the offset where that next one begins. */
export type Portion = { heading: Heading; nodes: RootContent[]; end: number };

/** Cuts nodes at headings of at most `depth`; what is before the first one is `lead`. */
export function cutAtHeadings(
  nodes: readonly RootContent[],
  depth: number,
  end: number,
): { lead: RootContent[]; leadEnd: number; portions: Portion[] } {
  const lead: RootContent[] = [];
  const portions: Portion[] = [];
  for (const node of nodes) {
    const open = portions.at(-1);
    if (node.type === "heading" && node.depth <= depth) {
      if (open) open.end = startOf(node);
      portions.push({ heading: node, nodes: [], end });
    } else (open?.nodes ?? lead).push(node);
  }
  return { lead, leadEnd: portions[0] ? startOf(portions[0].heading) : end, portions };
}

/** Reads a heading and what stands under it; `depth` is the depth of the heading. */
export function readBlock(
  block: Block,
  portion: Portion,
  depth: number,
  reading: Reading,
  path: Path,
): Values {
  const values: Values = {};
  const { heading } = portion;
  reading.places.set(pathKey(path), startOf(heading));
  const title = innerSpan(heading, reading.source);
  const span = { text: unescapeEnd(title.text), offset: title.offset };
  readLine(block.line, span, values, { reading, path, example: block.example });
  const sectioned = block.sections.length > 0;
  const cut = cutAtHeadings(portion.nodes, sectioned ? depth + 1 : 0, portion.end);
  const named = `${title.text.slice(0, 80)}`;
  readBody(block, { nodes: cut.lead, start: endOf(heading), end: cut.leadEnd }, values, {
    reading,
    path,
    heading: named,
  });
  if (sectioned) readSections(block, cut.portions, depth + 1, values, { reading, path, portion });
  return values;
}

type Body = { nodes: RootContent[]; start: number; end: number };

/** Bullets of fields first, then prose: the first bullet that is no new field begins the prose. */
export function readBody(
  block: Pick<Block, "fields" | "body" | "example">,
  body: Body,
  values: Values,
  context: { reading: Reading; path: Path; heading: string },
): void {
  const { reading } = context;
  const { taken, rest, start } = takeFields(block, body, reading);
  readFields(block.fields, taken, values, {
    ...context,
    example: block.example,
    owner: body.start,
  });
  if (block.body === null) keepLeftovers(rest, context.heading, reading);
  else values[block.body] = readProse(rest, reading.source.slice(start, body.end));
}

function takeFields(block: Pick<Block, "fields" | "body">, body: Body, reading: Reading) {
  const taken: KeyedItem[] = [];
  const keys = listKeys(block.fields);
  const repeats = new Set(
    block.fields.flatMap((field) =>
      field.kind === "texts" ? [field.key] : field.kind === "group" ? listKeys([field]) : [],
    ),
  );
  const seen = new Set<string>();
  const lists = body.nodes.findIndex((node) => node.type !== "list");
  const count = lists < 0 ? body.nodes.length : lists;
  if (keys.length === 0 || count === 0) return { taken, rest: body.nodes, start: body.start };
  const others = body.nodes.slice(count);
  const items = listItems(body.nodes.slice(0, count));
  for (const item of items) {
    const keyed = readKey(item, keys, reading.source);
    const fresh = keyed && (repeats.has(keyed.key) || !seen.has(keyed.key));
    if (!fresh) {
      const start = lineStart(startOf(item), reading.source);
      const list: List = { type: "list", children: items.slice(taken.length) };
      list.position = spanOf(item, items.at(-1) ?? item);
      return { taken, rest: [list, ...others], start };
    }
    seen.add(keyed.key);
    taken.push(keyed);
  }
  const last = items.at(-1);
  return { taken, rest: others, start: last ? endOf(last) : body.start };
}

const nowhere = { line: 1, column: 1, offset: 0 };

const spanOf = (first: ListItem, last: ListItem): Position => ({
  start: first.position?.start ?? nowhere,
  end: last.position?.end ?? nowhere,
});

const lineStart = (offset: number, source: string): number =>
  source.lastIndexOf("\n", offset - 1) + 1;

function readSections(
  block: Block,
  portions: Portion[],
  depth: number,
  values: Values,
  context: { reading: Reading; path: Path; portion: Portion },
): void {
  const { reading, path, portion } = context;
  const known = new Map(block.sections.map((section) => [nameHeading(section.heading), section]));
  const seen = new Map<string, number>();
  for (const each of portions) {
    const title = innerSpan(each.heading, reading.source).text;
    const name = nameHeading(title);
    const section = known.get(name);
    if (!section) keepSection(each, title, depth, values, context);
    else if (seen.has(name)) {
      const message = `section "${section.heading}" appears twice`;
      reading.fault(startOf(each.heading), message, "merge the two sections into one");
    } else {
      seen.set(name, startOf(each.heading));
      reading.places.set(pathKey([...path, section.field]), startOf(each.heading));
      readSection(section, each, depth, values, { reading, path });
    }
  }
  for (const section of block.sections) {
    if (seen.has(nameHeading(section.heading))) continue;
    if (section.required)
      reading.fault(
        startOf(portion.heading),
        `missing section "${section.heading}"`,
        `${"#".repeat(depth)} ${section.heading}\n\n${section.example}`,
      );
    else readSection(section, null, depth, values, { reading, path });
  }
}

/** A section nobody knows: kept as it stands at the top, among the leftovers further down. */
function keepSection(
  portion: Portion,
  title: string,
  depth: number,
  values: Values,
  { reading }: { reading: Reading },
): void {
  const from = startOf(portion.heading);
  if (depth > 2) {
    reading.leftovers.push({ heading: title, body: reading.source.slice(from, portion.end) });
    return;
  }
  const body = readProse(portion.nodes, reading.source.slice(endOf(portion.heading), portion.end));
  const extra = { heading: unescapeEnd(title), body };
  const extras = (values.extraSections as object[] | undefined) ?? [];
  extras.push(extra);
  values.extraSections = extras;
}
