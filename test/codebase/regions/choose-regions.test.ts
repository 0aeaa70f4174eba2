import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { estimateTokenCount } from "tokenx";
import type { Codebase } from "../../../src/codebase/codebase.ts";
import { loadCodebase } from "../../../src/codebase/load-codebase.ts";
import { selectRegions } from "../../../src/codebase/regions/select-regions.ts";
import { openStage, type Stage } from "../../phases/stage.ts";

const filler = (from: number, count: number): string =>
  Array.from(
    { length: count },
    (_none, at) => `export const plain${from + at} = ${from + at};`,
  ).join("\n");

const long = [
  filler(0, 300),
  "export function retryWithBackoff(attempts: number): number {",
  "  return attempts * 2; // waits longer after each failed attempt",
  "}",
  filler(300, 300),
].join("\n");

let stage: Stage;
let codebase: Codebase;
beforeAll(async () => {
  stage = await openStage({
    "src/long.ts": `${long}\n`,
    "src/short.ts": "export const attempts = 3;\n",
  });
  codebase = await loadCodebase(stage.workspace.snapshot(stage.base));
});
afterAll(() => stage.close());

const ranked = [
  { path: "src/long.ts", score: 2, reasons: ["declares retryWithBackoff"] },
  { path: "src/short.ts", score: 1, reasons: [] },
  { path: "src/gone.ts", score: 0.5, reasons: [] },
];
const choose = (request: string, tokens: number) =>
  selectRegions(codebase, request, ranked, tokens);

describe("the stretches of ranked files", () => {
  test("lead to the declaration that the request names, not to the file's beginning", async () => {
    const regions = await choose("retry with backoff: `retryWithBackoff` waits too long", 1_500);
    const found = regions.find(({ text }) => text.includes("export function retryWithBackoff"));
    expect(found).toMatchObject({ path: "src/long.ts", reasons: ["declares retryWithBackoff"] });
    expect(found?.startLine).toBeGreaterThan(200);
    const lines = regions.map(({ startLine, endLine }) => endLine - startLine + 1);
    expect(lines.reduce((sum, count) => sum + count)).toBeLessThan(200);
  });

  test("are the very lines of the file, in order, none twice", async () => {
    const lines = long.split("\n");
    const regions = await choose("retry attempts plain", 100_000);
    for (const { path, startLine, endLine, text } of regions)
      if (path === "src/long.ts") expect(text).toBe(lines.slice(startLine - 1, endLine).join("\n"));
    const places = regions.filter(({ path }) => path === "src/long.ts");
    expect(places.length).toBeGreaterThan(1);
    for (const [index, { startLine }] of places.entries())
      expect(startLine).toBeGreaterThan(places[index - 1]?.endLine ?? 0);
    expect(regions.map(({ path }) => path)).toContain("src/short.ts");
  });

  test("stay within any budget, and the same words give the same stretches", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8_000 }), fc.string(), async (tokens, words) => {
        const regions = await choose(`attempts ${words}`, tokens);
        const read = regions.reduce((sum, { text }) => sum + estimateTokenCount(text), 0);
        expect(read).toBeLessThanOrEqual(tokens);
        expect(await choose(`attempts ${words}`, tokens)).toEqual(regions);
      }),
      { numRuns: 25 },
    );
  });
});
