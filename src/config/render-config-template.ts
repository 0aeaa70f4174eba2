import { configJsonSchema } from "./explain-issue.ts";

type Schema = {
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
};

const scalar = (value: unknown): string => JSON.stringify(value ?? null);

const isFilledObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const LINE = 100;

/** A sentence as comment lines of a bearable width. */
function remark(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && `${indent}# ${line} ${word}`.length > LINE) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}# ${each}`);
}

function entry(name: string, schema: Schema, depth: number): string[] {
  const indent = "  ".repeat(depth);
  const said = schema.description ? remark(`${schema.description}.`, indent) : [];
  if (schema.properties) {
    const inner = Object.entries(schema.properties).flatMap(([key, value]) =>
      entry(key, value, depth + 1),
    );
    return [...said, `${indent}#${name}:`, ...inner];
  }
  const value = isFilledObject(schema.default) ? "{}" : scalar(schema.default);
  return [...said, `${indent}#${name}: ${value}`];
}

/**
 * A configuration in which every key stands with its meaning and its default, all commented out: it changes nothing until a
 * line is. Made from the schema, so it cannot fall behind.
 */
export function renderConfigTemplate(): string {
  const { properties = {} } = configJsonSchema() as Schema;
  const head = [
    "# Archwright. Every line below is the default; take the # away from a key, and from the sections it stands in, to change it.",
    "# Read from the default branch only. docs/configuration.md of Archwright has the same as a table.",
  ];
  const body = Object.entries(properties).flatMap(([name, schema]) => [
    "",
    ...entry(name, schema, 0),
  ]);
  return `${[...head, ...body].join("\n")}\n`;
}
