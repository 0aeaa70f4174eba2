import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Codebase } from "../../../src/codebase/codebase.ts";
import { rankForRequest } from "../../../src/codebase/rank/rank-for-request.ts";
import type { RankedFile } from "../../../src/codebase/ranked-file.ts";
import { createSample, type Sample } from "../../workspace/repository.ts";
import { load } from "../index/load-sample.ts";
import { openMailer } from "./mailer.ts";

let sample: Sample;
let codebase: Codebase;
beforeAll(async () => {
  sample = openMailer();
  codebase = await load(sample);
});
afterAll(() => sample.remove());

const rank = (request: string, top = 60): RankedFile[] =>
  rankForRequest(codebase, request, { top });
const placeOf = (request: string, path: string): number =>
  rank(request).findIndex((file) => file.path === path);
const reasonsOf = (request: string, path: string): readonly string[] =>
  rank(request).find((file) => file.path === path)?.reasons ?? [];

describe("the first of all is the file", () => {
  test.each<[string, string, string]>([
    ["whose words the request has", "retry failed mail", "src/queue.ts"],
    ["that the request names by its path", "Look at src/senders/null.ts", "src/senders/null.ts"],
    ["that the request names without folders", "queue.ts is broken", "src/queue.ts"],
    [
      "whose name stands in the request in two words",
      "the smtp channel: open smtp channel",
      "src/senders/smtp.ts",
    ],
  ])("%s", (_why, request, path) => {
    expect(rank(request)[0]?.path).toBe(path);
  });
});

test("what declares a name of the request, and what uses it, come first", () => {
  const paths = rank("`delayOf` grows too fast").map(({ path }) => path);
  expect(paths.slice(0, 2).sort()).toEqual(["src/backoff.ts", "src/queue.ts"]);
});

test("a commit of the past that was about the same brings its files to the front, though they have no word of the request", () => {
  expect(placeOf("bounced recipients", "src/web/style.ts")).toBeLessThan(3);
  expect(placeOf("bounced recipients", "src/web/page.ts")).toBeGreaterThan(3);
});

describe("what the likeliest files say of others", () => {
  test("a file that changes with them comes before one that does not, without a word of the request", () => {
    const request = "`retryFailed` gives up";
    expect(placeOf(request, "src/audit.ts")).toBeLessThan(placeOf(request, "src/web/page.ts"));
    expect(reasonsOf(request, "src/audit.ts")).toContain("changed with src/queue.ts in 5 commits");
  });
  test("a file that they import comes before one that they do not", () => {
    const request = "`retryFailed` gives up";
    expect(placeOf(request, "src/backoff.ts")).toBeLessThan(placeOf(request, "lib/smtp.ts"));
    expect(reasonsOf(request, "src/backoff.ts")).toContain("imported by src/queue.ts");
  });
});

describe("reasons", () => {
  test.each<[string, string, string]>([
    ["`delayOf` grows too fast", "src/backoff.ts", "defines delayOf"],
    ["Look at src/senders/null.ts", "src/senders/null.ts", "named in the request"],
    ["retry failed mail", "src/queue.ts", "words: retry, failed"],
    ["bounced recipients", "src/web/style.ts", "changed in “Suppress bounced recipients (#12)”"],
    [
      "`openSmtpChannel` leaks",
      "src/index.ts",
      "registers src/senders/smtp.ts and 3 of its siblings",
    ],
    ["`openSmtpChannel` leaks", "lib/smtp.ts", "same role as src/senders/smtp.ts"],
  ])("%s: %s, %s", (request, path, reason) => {
    expect(reasonsOf(request, path)).toContain(reason);
  });
  test("every file has one, and none has more than four", () => {
    const counts = rank("retry failed mail over smtp").map(({ reasons }) => reasons.length);
    expect(counts.filter((count) => count > 4)).toEqual([]);
    expect(
      rank("retry failed mail")
        .slice(0, 3)
        .map(({ reasons }) => reasons.length),
    ).not.toContain(0);
  });
});

describe("order", () => {
  test("documents come after the code, vendored files not at all", () => {
    const paths = rank("retry failed mail").map(({ path }) => path);
    expect(paths.at(-1)).toBe("docs/retry.md");
    expect(paths.filter((path) => path.includes("node_modules"))).toEqual([]);
  });
  test("a test of what is ranked stands at the fourth place", () => {
    expect(rank("retry failed mail")[3]?.path).toBe("test/queue.test.ts");
  });
  test("nothing where no file has anything of the request", () => {
    expect([rank("zebra xylophone"), rank(""), rank("the and of")]).toEqual([[], [], []]);
  });
});

test("any request: the same twice, no path twice, no more than was asked for, and a shorter list is the beginning of the code of a longer one", () => {
  const words = fc.constantFrom(
    "retry",
    "`deliverEnvelope`",
    "smtp",
    "src/queue.ts",
    "bounced",
    "\n",
    "page",
    "é",
    "constructor",
    "__proto__",
  );
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 12 }),
      fc.integer({ min: 1, max: 20 }),
      (list, top) => {
        const request = list.join(" ");
        const paths = rank(request, top).map(({ path }) => path);
        expect(rank(request, top).map(({ path }) => path)).toEqual(paths);
        expect(new Set(paths).size).toBe(paths.length);
        expect(paths.length).toBeLessThanOrEqual(top);
        const code = rank(request, top)
          .filter(({ score }) => score > 0)
          .map(({ path }) => path);
        expect(
          rank(request, 60)
            .map(({ path }) => path)
            .slice(0, code.length),
        ).toEqual(code);
      },
    ),
    { numRuns: 60 },
  );
});

test("settings that are a program are ranked among the code", async () => {
  const settings = createSample({
    "src/page.ts": "export const page = 1;\n",
    "src/preprocess.ts": "export const preprocess = 1;\n",
    "svelte.config.js": "export default { preprocess: vitePreprocess() };\n",
  });
  try {
    const found = rankForRequest(await load(settings), "drop `vitePreprocess`", { top: 12 });
    expect(found[0]?.path).toBe("svelte.config.js");
  } finally {
    settings.remove();
  }
});
