import { readdir } from "node:fs/promises";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { describe, expect, test } from "@jest/globals";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { z } from "zod";

const folder = new URL("../../src/documents/", import.meta.url);
const files = (await readdir(folder)).filter((file) => /^schema-.*\.ts$/.test(file));

/** Every root object the documents export: what a model may be asked for, whole or in part. */
const schemas: [string, z.ZodObject][] = [];
for (const file of files) {
  const exported: Record<string, unknown> = await import(new URL(file, folder).href);
  for (const [name, value] of Object.entries(exported)) {
    if (value instanceof z.ZodObject) schemas.push([`${file} ${name}`, value]);
  }
}

test("there are schemas to check", () => {
  expect(schemas.map(([name]) => name)).toContain("schema-build-spec.ts buildSpecSchema");
  expect(schemas.length).toBeGreaterThan(8);
});

/** Paths at which a JSON Schema allows an object no properties at all, or leaves one out of `required`. */
function findLosses(schema: unknown, path = "$"): string[] {
  if (Array.isArray(schema))
    return schema.flatMap((each, index) => findLosses(each, `${path}[${index}]`));
  if (typeof schema !== "object" || schema === null) return [];
  const node = schema as { type?: unknown; properties?: object; required?: string[] };
  const own: string[] = [];
  if (node.type === "object") {
    const names = Object.keys(node.properties ?? {});
    if (names.length === 0) own.push(`${path}: an object without properties`);
    own.push(
      ...names
        .filter((name) => !node.required?.includes(name))
        .map((name) => `${path}.${name}: not required`),
    );
  }
  return [
    ...own,
    ...Object.entries(schema).flatMap(([key, value]) => findLosses(value, `${path}.${key}`)),
  ];
}

describe.each(schemas)("%s", (_name, schema) => {
  test("survives every vendor's helper without loss", () => {
    const formats = [
      zodOutputFormat(schema).schema,
      zodTextFormat(schema, "value").schema,
      zodResponseFormat(schema, "value").json_schema.schema,
    ];
    for (const format of formats) {
      expect(findLosses(format)).toEqual([]);
      expect(Object.keys(Object(format).properties)).toEqual(Object.keys(schema.shape));
    }
  });
});

test.each([
  ["a record", z.object({ a: z.record(z.string(), z.string()) })],
  ["an optional field", z.object({ a: z.string().optional() })],
  ["a tuple", z.object({ a: z.tuple([z.string(), z.string()]) })],
])("the check notices %s", (_name, schema) => {
  const survives = () =>
    [zodOutputFormat(schema).schema, zodTextFormat(schema, "v").schema].flatMap((each) =>
      findLosses(each),
    ).length === 0;
  let survived = false;
  try {
    survived = survives();
  } catch {
    // The helper's own refusal counts as well.
  }
  expect(survived).toBe(false);
});
