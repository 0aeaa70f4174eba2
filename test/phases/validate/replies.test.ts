import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { expect, test } from "@jest/globals";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { checkKinds } from "../../../src/phases/validate/checks/kinds.ts";
import { emptyReply } from "../../../src/phases/validate/checks/reply.ts";
import { refineReplySchema } from "../../../src/phases/validate/refine-prompt.ts";

const schemas = [
  ...checkKinds.map(({ name, schema }) => [name, schema] as const),
  ["refinement", refineReplySchema] as const,
];

test.each(schemas)("what is asked of %s can be asked of every vendor", (_name, schema) => {
  expect(() => zodOutputFormat(schema)).not.toThrow();
  expect(() => zodTextFormat(schema, "reply")).not.toThrow();
  expect(() => zodResponseFormat(schema, "reply")).not.toThrow();
  // A field that may be left out is one that a vendor refuses.
  expect(JSON.stringify(zodTextFormat(schema, "reply").schema)).not.toContain('"optional"');
});

test("the four begin with the same words, long enough for vendors to keep, and end with one question each", () => {
  const systems = checkKinds.map(({ system }) => system);
  const [first = ""] = systems;
  let same = 0;
  while (systems.every((system) => system[same] === first[same]) && same < first.length) same += 1;
  expect(same).toBeGreaterThan(1_500);
  expect(new Set(systems.map((system) => system.slice(same))).size).toBe(4);
  for (const { name, system } of checkKinds)
    expect(system.slice(same - 5)).toContain(`${name}`.slice(1));
});

test("a check that finds nothing says so in a reply that its schema takes", () => {
  for (const { schema } of checkKinds) expect(schema.safeParse(emptyReply).success).toBe(true);
});
