import { foldText, trimProse, unifyLines } from "./fold-text.ts";
import type { Block, Field, Layout, Part, Section } from "./layout.ts";
import { nameHeading, nameLeftovers } from "./name-heading.ts";
import type { Values } from "./reading.ts";

/**
 * The value as its Markdown can carry it; idempotent, and what `parse` gives is already so:
 * - a text or name is one line: lines are trimmed and joined with a space;
 * - prose has no blank lines before it and no white space after it;
 * - line endings are LF, NUL and lone surrogates become U+FFFD, -0 becomes 0;
 * - where a field may be null, the empty string is null;
 * - an extra section whose heading is one of the known ones becomes `More on …`.
 */
export function normalizeDocument<T>(layout: Layout<T>, values: Values): Values {
  const normal = normalizeBlock(layout, values);
  const known = new Set(layout.sections.map((section) => nameHeading(section.heading)));
  const extras = Array.isArray(values.extraSections) ? values.extraSections : [];
  normal.extraSections = extras.map(({ heading, body }: { heading: string; body: string }) => {
    const name = foldText(heading);
    return {
      heading: known.has(nameHeading(name)) ? nameLeftovers(name) : name,
      body: trimProse(body),
    };
  });
  return normal;
}

function normalizeBlock(block: Block, values: Values): Values {
  const normal: Values = {};
  normalizeParts(block.line, values, normal);
  normalizeFields(block.fields, values, normal);
  if (block.body !== null) normal[block.body] = trimProse(String(values[block.body]));
  for (const section of block.sections)
    normal[section.field] = normalizeSection(section, values[section.field]);
  return normal;
}

const records = (value: unknown): Values[] => (Array.isArray(value) ? value : []);

function normalizeSection(section: Section, value: unknown): unknown {
  switch (section.kind) {
    case "prose":
      return trimProse(String(value));
    case "fence":
      return unifyLines(String(value));
    case "bullets":
      return records(value).map((each) => foldText(String(each)));
    case "items":
      return records(value).map((each) => {
        const normal: Values = {};
        normalizeParts(section.line, each, normal);
        normalizeFields(section.fields, each, normal);
        return normal;
      });
    case "table": {
      const parts = section.columns.map((column) => column.part);
      return records(value).map((each) => normalizeParts(parts, each, {}));
    }
    case "blocks":
      return records(value).map((each) => normalizeBlock(section.block, each));
    case "record":
      return normalizeFields(section.fields, value as Values, {});
  }
}

function normalizeFields(fields: readonly Field[], values: Values, normal: Values): Values {
  for (const field of fields) {
    if (field.kind === "line") {
      const nullable = field.absent ?? {};
      normalizeParts(field.parts, values, normal);
      for (const name of Object.keys(nullable))
        if (normal[name] === "" && nullable[name] === null) normal[name] = null;
      continue;
    }
    const value = values[field.field];
    if (field.kind === "fence") normal[field.field] = unifyLines(String(value));
    else if (field.kind === "texts")
      normal[field.field] = records(value).map((each) => foldText(String(each)));
    else normal[field.field] = normalizeGroup(field, value);
  }
  return normal;
}

function normalizeGroup(field: Field & { kind: "group" }, value: unknown): unknown {
  if (field.many) return records(value).map((each) => normalizeFields(field.fields, each, {}));
  return value === null ? null : normalizeFields(field.fields, value as Values, {});
}

function normalizeParts(parts: readonly Part[], values: Values, normal: Values): Values {
  for (const part of parts) {
    if (part.kind === "literal") continue;
    if (part.kind === "place")
      for (const field of part.fields) normal[field] = normalizeValue(values[field]);
    else if (part.kind === "optional") {
      if (normalizeValue(values[part.field]) !== "") normalizeParts(part.parts, values, normal);
      normal[part.field] = normalizeValue(values[part.field]) || null;
    } else {
      const value = normalizeValue(values[part.field]);
      normal[part.field] = value === "" && "nullable" in part && part.nullable ? null : value;
    }
  }
  return normal;
}

function normalizeValue(value: unknown): unknown {
  if (typeof value === "string") return foldText(value);
  if (typeof value === "number") return value + 0;
  if (Array.isArray(value)) return value.map((each) => normalizeValue(each));
  return value;
}
