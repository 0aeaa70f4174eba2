import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { estimateTokenCount } from "tokenx";
import { describeSurvey } from "../../../src/codebase/survey/describe-survey.ts";
import { drawSurvey } from "../../../src/codebase/survey/draw-survey.ts";
import { loadSurvey } from "../../../src/codebase/survey/load-survey.ts";
import { renderSurvey } from "../../../src/codebase/survey/render-survey.ts";
import { surveyArchitecture } from "../../../src/codebase/survey/survey-architecture.ts";
import { givenShop } from "./given-survey.ts";

describe("drawSurvey", () => {
  test("draws layers from the top, with a dotted arrow in a ring", async () => {
    expect(drawSurvey(await surveyArchitecture(givenShop()))).toBe(
      [
        "flowchart TD",
        '  c0["src/web · 3"]',
        '  c1["src/shop · 3"]',
        '  c2["src/log · 3"]',
        '  c3["src/store · 3"]',
        "  c3 -.->|2| c2",
        "  c0 -->|2| c1",
        "  c2 -.->|1| c3",
        "  c1 -->|1| c3",
      ].join("\n"),
    );
  });

  const line =
    /^(?:flowchart TD| {2}c\d+\["[\p{L}\p{N} ._/@+-]+ · \d+"\]| {2}c\d+ (?:-->|-\.->)\|\d+\| c\d+)$/u;
  test.each([
    'a"] --> c1\n  click c0 "javascript:alert(1)"',
    "```",
    "<script>alert(1)</script>",
    "%%{init: {}}%%",
    "end",
    "#quot;]",
  ])("a folder named %j cannot leave its label", async (evil) => {
    const drawing = drawSurvey(await surveyArchitecture(givenShop({ evil })));
    expect(drawing.split("\n").filter((each) => !line.test(each))).toEqual([]);
  });
  test("no name breaks the drawing or the tables", async () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => !text.includes("/") && !/^(?:shop|store|log)$/.test(text));
    await fc.assert(
      fc.asyncProperty(name, async (evil) => {
        const survey = await surveyArchitecture(givenShop({ evil }));
        expect(
          drawSurvey(survey)
            .split("\n")
            .every((each) => line.test(each)),
        ).toBe(true);
        const rows = renderSurvey(survey)
          .split("\n")
          .filter((each) => each.startsWith("| "));
        expect(rows.every((row) => row.endsWith(" |") && !row.includes("``"))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe("renderSurvey", () => {
  test("one screen says the most, before the drawing and the tables", async () => {
    const text = renderSurvey(await surveyArchitecture(givenShop()));
    const [screen = "", rest = ""] = text.split("## Components and directions of import");
    expect(screen.split("\n").length).toBeLessThan(24);
    expect(screen).toContain("12 source files with 510 lines (typescript 12), 2 test files");
    expect(screen).toContain("`src/web` → `src/shop` → `src/log`, `src/store`");
    expect(screen).toContain(
      "1 ring of components: `src/log` ⇄ `src/store` (weakest: `src/log` → `src/store`, 1 import",
    );
    expect(screen).toContain("Hottest file: `src/shop/b.ts` (9 commits, 400 lines)");
    expect(screen).toContain("`src/shop/b.ts` and `src/store/c.ts` changed together 5 of 5 times");
    for (const heading of [
      "Components",
      "Directions",
      "Hot spots",
      "Most imported",
      "Hidden coupling",
    ])
      expect(rest).toContain(`## ${heading}`);
    expect(rest).toContain("| `src/shop` | 3 | 420 | typescript | 2 |");
  });
});

describe("describeSurvey", () => {
  test.each([30, 120, 400, 4000])("stays within %d tokens, whole lines only", async (tokens) => {
    const survey = await surveyArchitecture(givenShop());
    const text = describeSurvey(survey, tokens);
    expect(estimateTokenCount(text)).toBeLessThanOrEqual(tokens);
    const whole = describeSurvey(survey, 100_000).split("\n");
    const lines = text.split("\n").filter((each) => !/^\[\d+ more lines?\]$/.test(each));
    expect(lines).toEqual(whole.slice(0, lines.length));
    if (lines.length < whole.length) expect(text).toMatch(/\[\d+ more lines?\]$/);
  });
});

describe("loadSurvey", () => {
  const openMemory = () => {
    const files = new Map<string, Uint8Array>();
    return {
      files,
      list: async () => [...files.keys()].sort(),
      read: async (name: string) => files.get(name) ?? null,
      write: async (name: string, bytes: Uint8Array) => files.set(name, bytes).size > 0,
      remove: async (name: string) => void files.delete(name),
    };
  };
  const codebase = () => ({ ...givenShop(), grep: () => Promise.reject(new Error("searched")) });

  test("is made once for a commit; what is broken is made anew", async () => {
    const cache = openMemory();
    const survey = await loadSurvey(givenShop(), cache);
    expect(await loadSurvey(codebase(), cache)).toEqual(survey);
    const [name = ""] = cache.files.keys();
    expect(name).toMatch(/^[a-z0-9.-]+$/);
    const bytes = cache.files.get(name) ?? new Uint8Array();
    for (const broken of [bytes.slice(0, 100), new Uint8Array(), bytes.map((byte) => byte ^ 1)]) {
      cache.files.set(name, broken);
      await expect(loadSurvey(codebase(), cache)).rejects.toThrow("searched");
      expect(await loadSurvey(givenShop(), cache)).toEqual(survey);
    }
  });
  test("a deepened history is surveyed again, and old surveys go", async () => {
    const cache = openMemory();
    await loadSurvey(givenShop({ shallow: true }), cache);
    expect((await loadSurvey(givenShop(), cache)).notes).toEqual([]);
    for (let index = 0; index < 30; index += 1)
      cache.files.set(`survey-0-${index}.json`, new Uint8Array());
    cache.files.set("index-of-others", new Uint8Array());
    await loadSurvey({ ...givenShop(), commit: "1".repeat(40) }, cache);
    expect([...cache.files.keys()].filter((name) => name.startsWith("survey-0"))).toEqual([]);
    expect(cache.files.has("index-of-others")).toBe(true);
  });
  test("a cache that cannot be written costs nothing but time", async () => {
    const cache = { ...openMemory(), write: async () => false };
    expect((await loadSurvey(givenShop(), cache)).components).toHaveLength(4);
  });
});
