import type { Root, RootContent } from "mdast";
import type { Parsed } from "./fault.ts";
import { findUnreadable } from "./find-unreadable.ts";
import { unifyLines } from "./fold-text.ts";
import type { Layout } from "./layout.ts";
import { nameLeftovers } from "./name-heading.ts";
import { normalizeDocument } from "./normalize-document.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import type { Problem } from "./problem.ts";
import { cutAtHeadings, readBlock } from "./read-block.ts";
import {
  keepLeftovers,
  pathKey,
  type Reading,
  startOf,
  startReading,
  type Values,
} from "./reading.ts";

/**
 * Reads a document by its layout and checks what its values say with `check`. Time is linear in the
 * length; what cannot be read so is refused by `findUnreadable`.
 */
export function readDocument<T>(
  markdown: string,
  layout: Layout<T>,
  check: (value: T) => Problem[],
): Parsed<T> {
  const source = unifyLines(markdown.replace(/^\uFEFF+/, ""));
  const reading = startReading(source);
  const root = readTree(reading);
  const values = root ? readRoot(layout, root, reading) : null;
  if (values === null || reading.faults.length > 0) return refuse(reading);
  const value = layout.schema.parse(normalizeDocument(layout, values));
  for (const { path, message, example } of check(value))
    reading.fault(findPlace(path, reading), message, example);
  return reading.faults.length > 0 ? refuse(reading) : { ok: true, value };
}

function refuse({ faults }: Reading): { ok: false; faults: Reading["faults"] } {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, faults: sorted };
}

/** Checks what would be slow before Markdown sees it. */
function readTree(reading: Reading): Root | null {
  const found = findUnreadable(reading.source);
  if (found === null) return parseMarkdown(reading.source);
  reading.fault(found.offset, found.message, found.example);
  return null;
}

function readRoot<T>(layout: Layout<T>, root: Root, reading: Reading): Values | null {
  const { children } = root;
  const title = children.findIndex((node) => node.type === "heading" && node.depth === 1);
  const before = children.slice(0, Math.max(title, 0));
  const early = cutAtHeadings(
    before.filter((node) => !isMarker(node, layout, reading)),
    2,
    reading.source.length,
  );
  if (reading.faults.length > 0) return null;
  const end = reading.source.length;
  const heading = children[title];
  if (heading?.type !== "heading") {
    reading.fault(0, "missing title", layout.example);
    return null;
  }
  keepLeftovers(early.lead, "this document", reading);
  for (const each of early.portions)
    reading.fault(startOf(each.heading), "section before the title", layout.example);
  const nodes = children.slice(title + 1);
  const values = readBlock(layout, { heading, nodes, end }, 1, reading, []);
  values.extraSections = [
    ...((values.extraSections as object[] | undefined) ?? []),
    ...joinLeftovers(reading),
  ];
  return values;
}

/** `<!-- archwright:<kind> <version> -->`; without one the document is of version 1. */
function isMarker<T>(node: RootContent, layout: Layout<T>, reading: Reading): boolean {
  if (node.type !== "html") return false;
  const match = /^<!--\s*archwright:([\w-]+)\s+(\d{1,9})\s*-->\s*$/.exec(node.value);
  if (!match) return false;
  const at = startOf(node);
  const right = `<!-- archwright:${layout.kind} ${layout.version} -->`;
  if (match[1] !== layout.kind)
    reading.fault(at, `this is a ${match[1]} document, not a ${layout.kind}`, right);
  else if (Number(match[2]) > layout.version)
    reading.fault(
      at,
      `version ${match[2]} is newer than this Archwright knows (${layout.version}); update Archwright`,
      right,
    );
  return true;
}

/** One extra section for each place that had something left over. */
function joinLeftovers({ leftovers }: Reading): { heading: string; body: string }[] {
  const bodies = new Map<string, string[]>();
  for (const { heading, body } of leftovers) {
    const all = bodies.get(heading) ?? [];
    all.push(body);
    bodies.set(heading, all);
  }
  return [...bodies].map(([heading, all]) => ({
    heading: nameLeftovers(heading),
    body: all.join("\n\n"),
  }));
}

/** The nearest place that is known: of the value itself, or of what it stands in. */
function findPlace(path: Problem["path"], { places }: Reading): number {
  for (let length = path.length; length > 0; length -= 1) {
    const place = places.get(pathKey(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return places.get("") ?? 0;
}
