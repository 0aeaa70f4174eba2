import { escapeCell, escapeEnd, escapeStart } from "./escape-line.ts";
import type { Block, Field, Layout, Part, Section } from "./layout.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { Values } from "./reading.ts";
import { renderLine } from "./render-line.ts";
import { writeFence } from "./write-fence.ts";
import { writeProse } from "./write-prose.ts";

/** The Markdown of a document, of its normal form; ends with one line feed. */
export function writeDocument<T>(layout: Layout<T>, value: T): string {
  const values = normalizeDocument(layout, value as Values);
  const extras = values.extraSections as { heading: string; body: string }[];
  const parts = [
    ...writeBlock(layout, values, 1),
    ...extras.flatMap(({ heading, body }) => [writeHeading(heading, 2), writeProse(body, 2)]),
  ];
  return `<!-- archwright:${layout.kind} ${layout.version} -->\n${joinBlocks(parts)}\n`;
}

/** One block on its own, such as the file of one decision record. */
export const writeLoneBlock = (block: Block, values: Values): string =>
  `${joinBlocks(writeBlock(block, values, 1))}\n`;

export const joinBlocks = (parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("\n\n");

const writeHeading = (text: string, depth: number): string =>
  `${"#".repeat(depth)} ${escapeEnd(text)}`.trimEnd();

function writeBlock(block: Block, values: Values, depth: number): string[] {
  const fields = writeFields(block.fields, values).join("\n");
  const limit = block.sections.length > 0 ? depth + 1 : depth;
  const body =
    block.body === null ? "" : writeProse(String(values[block.body]), limit, block, fields);
  return [
    writeHeading(renderLine(block.line, values), depth),
    fields,
    body,
    ...block.sections.flatMap((section) => writeSection(section, values[section.field], depth + 1)),
  ];
}

export function writeSection(section: Section, value: unknown, depth: number): string[] {
  const empty = value === "" || (Array.isArray(value) && value.length === 0);
  if (empty && !section.required) return [];
  const content =
    empty && section.kind !== "prose" ? ["None."] : writeContent(section, value, depth);
  return [writeHeading(section.heading, depth), ...content];
}

function writeContent(section: Section, value: unknown, depth: number): string[] {
  const list = Array.isArray(value) ? value : [];
  switch (section.kind) {
    case "prose":
      return [writeProse(String(value), depth)];
    case "fence":
      return [writeFence(String(value), section.info)];
    case "bullets":
      return [
        list
          .map((each) => writeBullet([section.part], { [fieldOf(section.part)]: each }))
          .join("\n"),
      ];
    case "items":
      return [list.map((each) => writeItem(section, each)).join("\n")];
    case "table":
      return [writeTable(section, list)];
    case "blocks":
      return list.flatMap((each) => writeBlock(section.block, each, depth + 1));
    case "record":
      return [writeFields(section.fields, value as Values).join("\n")];
  }
}

const fieldOf = (part: Part): string => ("field" in part ? part.field : "");

function writeBullet(parts: readonly Part[], values: Values): string {
  const line = renderLine(parts, values);
  return `- ${parts[0]?.kind === "text" ? escapeStart(line) : line}`.trimEnd();
}

function writeItem(section: Section & { kind: "items" }, values: Values): string {
  const below = writeFields(section.fields, values).map((line) => indent(line, 2));
  return [writeBullet(section.line, values), ...below].join("\n");
}

/** Blank lines stay blank: an indented one would only be trailing white space. */
const indent = (block: string, by: number): string =>
  block
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(by) + line))
    .join("\n");

function writeFields(fields: readonly Field[], values: Values): string[] {
  return fields.flatMap((field) => {
    if (field.kind === "line") return writeLineField(field, values);
    const value = values[field.field];
    if (field.kind === "fence")
      return [`- ${field.key}:\n${indent(writeFence(String(value), "text"), 2)}`];
    if (field.kind === "texts")
      return (value as string[]).map((each) => `- ${field.key}: ${each}`.trimEnd());
    const group = field.many ? (value as Values[]) : value === null ? [] : [value as Values];
    return group.flatMap((each) => writeFields(field.fields, each));
  });
}

function writeLineField(field: Field & { kind: "line" }, values: Values): string[] {
  const { absent } = field;
  const same =
    absent &&
    Object.keys(absent).every((key) => JSON.stringify(absent[key]) === JSON.stringify(values[key]));
  return same ? [] : [`- ${field.key}: ${renderLine(field.parts, values)}`.trimEnd()];
}

function writeTable(section: Section & { kind: "table" }, rows: Values[]): string {
  const row = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const { columns } = section;
  return [
    row(columns.map((column) => column.title)),
    row(columns.map(() => "---")),
    ...rows.map((values) =>
      row(columns.map((column) => escapeCell(renderLine([column.part], values)))),
    ),
  ].join("\n");
}
