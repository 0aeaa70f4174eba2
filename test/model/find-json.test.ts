import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findJson, withoutThoughts } from "../../src/model/find-json.ts";

const object = '{\n  "a": "b"\n}';

describe("findJson", () => {
  test.each([
    ["bare", object],
    ["with white space", `\n ${object}\n`],
    ["fenced", `\`\`\`json\n${object}\n\`\`\``],
    ["fenced without a language", `Sure:\n\`\`\`\n${object}\n\`\`\`\nAnything else?`],
    ["fenced with tildes", `~~~json\n${object}\n~~~`],
    ["in an unclosed fence", `\`\`\`json\n${object}`],
    ["in prose", `The answer is ${object}, as asked.`],
    ["after thoughts", `<think>maybe {"a": 1}</think>${object}`],
    ["after thoughts whose opening is missing", `maybe\n</think>\n\n${object}`],
    [
      "fenced after thoughts",
      `<think>\`\`\`json\n{}\n\`\`\`</think>\n\`\`\`json\n${object}\n\`\`\``,
    ],
  ])("finds the object %s", (_name, reply) => {
    expect(findJson(reply)).toBe(object);
  });

  test("keeps fences inside strings", () => {
    const value = JSON.stringify({ code: "```ts\nlet a = {};\n```\n" });
    expect(findJson(`\`\`\`json\n${value}\n\`\`\``)).toBe(value);
    expect(findJson(value)).toBe(value);
  });

  test("gives back a text without an object as it is", () => {
    expect(findJson("I cannot do that.")).toBe("I cannot do that.");
  });

  test("finds any object in a fence or in prose", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.parse(findJson(`Here:\n\`\`\`json\n${json}\n\`\`\`\n`))).toEqual(
          JSON.parse(json),
        );
        expect(JSON.parse(findJson(`Here: ${json} .`))).toEqual(JSON.parse(json));
      }),
      { numRuns: 200 },
    );
  });

  test("takes linear time", () => {
    const started = performance.now();
    findJson("```\n".repeat(250_000));
    findJson(" \n".repeat(500_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

test("withoutThoughts leaves an object alone that only mentions the tag", () => {
  const value = '{"text": "</think>"}';
  expect(withoutThoughts(value)).toBe(value);
});
