import type { Code, List, ListItem, RootContent } from "mdast";
import type { Field } from "./layout.ts";
import { readLine } from "./read-line.ts";
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
import { suggestWord } from "./suggest-word.ts";

export type FieldContext = { reading: Reading; path: Path; example: string; heading: string };

/** One `- key: …` bullet: its key, what follows on the line, and the nodes below. */
export type KeyedItem = { key: string; value: Span; start: number; below: RootContent[] };

/** Reads a bullet as `key: value` when its key is one of the given; null otherwise. */
export function readKey(item: ListItem, keys: readonly string[], source: string): KeyedItem | null {
  const [first, ...below] = item.children;
  if (first?.type !== "paragraph") return null;
  return readKeyLine(innerSpan(first, source), keys, below);
}

/** The same for a line of text. */
export function readKeyLine(
  span: Span,
  keys: readonly string[],
  below: RootContent[] = [],
): KeyedItem | null {
  const match = /^(\*{0,2})([A-Za-z][A-Za-z -]{0,39}?)(?:\1[ \t]*:|:\1)[ \t]*/.exec(span.text);
  const key = match?.[2]?.toLowerCase();
  if (!match || key === undefined || !keys.includes(key)) return null;
  const value = { text: span.text.slice(match[0].length), offset: span.offset + match[0].length };
  return { key, value, start: span.offset, below };
}

/** Every key that the fields know, groups included. */
export const listKeys = (fields: readonly Field[]): string[] =>
  fields.flatMap((field) => (field.kind === "group" ? listKeys(field.fields) : [field.key]));

/** The bullets of several lists, in order. */
export const listItems = (nodes: readonly RootContent[]): ListItem[] =>
  nodes.filter((node): node is List => node.type === "list").flatMap((list) => list.children);

/**
 * Reads keyed bullets into `values`. A missing or repeated key is a fault; what is no field is kept
 * among the leftovers. `owner` is where faults about missing keys point.
 */
export function readFields(
  fields: readonly Field[],
  items: readonly KeyedItem[],
  values: Values,
  context: FieldContext & { owner: number },
): void {
  const groups = new Map<string, { record: Values; field: Field & { kind: "group" } }>();
  for (const field of fields) prepareField(field, values);
  for (const item of items) {
    const field = fields.find((each) => ownsKey(each, item.key));
    if (field?.kind === "group") readGroupKey(field, item, values, groups, context);
    else if (field) readField(field, item, values, context);
  }
  for (const { record, field } of groups.values())
    checkMissing(field.fields, record, context.owner, context);
  checkMissing(fields, values, context.owner, context);
}

function prepareField(field: Field, values: Values): void {
  if (field.kind === "texts") values[field.field] = [];
  if (field.kind === "group") values[field.field] = field.many ? [] : null;
}

const ownsKey = (field: Field, key: string): boolean =>
  field.kind === "group" ? field.fields.some((each) => ownsKey(each, key)) : field.key === key;

function readGroupKey(
  group: Field & { kind: "group" },
  item: KeyedItem,
  values: Values,
  groups: Map<string, { record: Values; field: Field & { kind: "group" } }>,
  context: FieldContext & { owner: number },
): void {
  let open = groups.get(group.field)?.record;
  const field = group.fields.find((each) => ownsKey(each, item.key));
  const first = group.fields[0] === field;
  if (first || open === undefined) {
    if (open && !group.many) {
      repeated(item, context);
      return;
    }
    if (open) checkMissing(group.fields, open, context.owner, context);
    open = {};
    groups.set(group.field, { record: open, field: group });
    if (group.many) (values[group.field] as Values[]).push(open);
    else values[group.field] = open;
  }
  const list = values[group.field];
  const path = Array.isArray(list)
    ? [...context.path, group.field, list.length - 1]
    : [...context.path, group.field];
  if (field && field.kind !== "group") readField(field, item, open, { ...context, path });
}

function repeated(item: KeyedItem, { reading, example }: FieldContext): void {
  reading.fault(item.start, `"${item.key}" appears twice`, example);
}

const seenKeys = new WeakMap<Values, Set<string>>();

/** The keys that were read into a record, rightly or not. */
function seenIn(record: Values): Set<string> {
  const seen = seenKeys.get(record) ?? new Set<string>();
  seenKeys.set(record, seen);
  return seen;
}

function readField(
  field: Exclude<Field, { kind: "group" }>,
  item: KeyedItem,
  values: Values,
  context: FieldContext,
): void {
  const { reading, path, example, heading } = context;
  const seen = seenIn(values);
  if (field.kind !== "texts" && seen.has(field.key)) {
    repeated(item, context);
    return;
  }
  seen.add(field.key);
  if (field.kind === "fence") {
    readFence(field, item, values, context);
    return;
  }
  if (field.kind === "line") readLine(field.parts, item.value, values, context);
  else {
    const list = values[field.field] as string[];
    const one: Values = {};
    readLine([{ kind: "text", field: "text", nullable: false }], item.value, one, {
      reading,
      path: [...path, field.field, list.length],
      example,
    });
    list.push(String(one.text));
  }
  keepLeftovers(item.below, heading, reading);
}

function readFence(
  field: Field & { kind: "fence" },
  item: KeyedItem,
  values: Values,
  context: FieldContext,
): void {
  const { reading, path, example, heading } = context;
  const code = item.below.find((node): node is Code => node.type === "code");
  if (code) {
    values[field.field] = code.value;
    reading.places.set(pathKey([...path, field.field]), startOf(code));
  } else reading.fault(item.start, `"${field.key}" needs a fenced code block below it`, example);
  if (!code) values[field.field] = "";
  keepLeftovers(
    item.below.filter((node) => node !== code),
    heading,
    reading,
  );
}

/** Fills what may be absent; the rest is a fault. */
function checkMissing(
  fields: readonly Field[],
  values: Values,
  owner: number,
  context: FieldContext,
): void {
  const seen = seenIn(values);
  for (const field of fields) {
    if (field.kind === "group" || field.kind === "texts" || seen.has(field.key)) continue;
    if (field.kind === "line" && field.absent) Object.assign(values, structuredClone(field.absent));
    else context.reading.fault(owner, `missing "${field.key}:"`, context.example);
  }
}

/** Splits the bullets below an item into fields; an unknown key that looks like a slip is a fault. */
export function splitFields(
  nodes: readonly RootContent[],
  fields: readonly Field[],
  context: FieldContext,
): KeyedItem[] {
  const { reading, heading, example } = context;
  const keys = listKeys(fields);
  const found: KeyedItem[] = [];
  for (const node of nodes) {
    if (node.type !== "list") keepLeftovers([node], heading, reading);
    for (const item of listItems([node])) {
      const keyed = readKey(item, keys, reading.source);
      if (keyed) found.push(keyed);
      else if (!isSlip(item, keys, reading, example)) keepLeftovers([item], heading, reading);
    }
  }
  return found;
}

function isSlip(item: ListItem, keys: string[], reading: Reading, example: string): boolean {
  const line = reading.source.slice(startOf(item), Math.min(endOf(item), startOf(item) + 60));
  const typed = /^[-*+\s]*\**([A-Za-z][A-Za-z -]{0,30}?)\**:/.exec(line)?.[1];
  const meant = typed === undefined ? null : suggestWord(typed, keys);
  if (typed === undefined || meant === null) return false;
  reading.fault(startOf(item), `unknown "${typed}:"; did you mean "${meant}:"?`, example);
  return true;
}
