import fc from "fast-check";
import { z } from "zod";
import { arbitraryText } from "./arbitrary-text.ts";

const someText: fc.Arbitrary<string> = arbitraryText;
const someNumber = fc.oneof(
  fc.integer({ min: -3, max: 120 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const someWhole = fc.oneof(fc.integer({ min: -3, max: 120 }), fc.maxSafeInteger());

/** Any value that a schema of ours takes. */
export function arbitraryOf<T>(schema: z.ZodType<T>): fc.Arbitrary<T> {
  return build(schema) as fc.Arbitrary<T>;
}

function build(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject)
    return fc.record(
      Object.fromEntries(Object.entries(schema.shape).map(([key, each]) => [key, build(each)])),
    );
  if (schema instanceof z.ZodArray) return fc.array(build(schema.element), { maxLength: 3 });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodNullable) return fc.option(build(schema.unwrap()), { nil: null });
  if (schema instanceof z.ZodString) return someText;
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return schema.isInt ? someWhole : someNumber;
  throw new Error(`no arbitrary for ${schema?.constructor.name}`);
}
