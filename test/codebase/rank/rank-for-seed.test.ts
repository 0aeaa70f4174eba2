import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Codebase } from "../../../src/codebase/codebase.ts";
import { rankForSeed } from "../../../src/codebase/rank/rank-for-seed.ts";
import type { RankedFile } from "../../../src/codebase/ranked-file.ts";
import type { Sample } from "../../workspace/repository.ts";
import { load } from "../index/load-sample.ts";
import { openMailer } from "./mailer.ts";

let sample: Sample;
let codebase: Codebase;
beforeAll(async () => {
  sample = openMailer();
  codebase = await load(sample);
});
afterAll(() => sample.remove());

const rank = (seed: string, request: string | null = null, top = 60): RankedFile[] =>
  rankForSeed(codebase, seed, request, { top });
const sources = (seed: string, request: string | null = null): string[] =>
  rank(seed, request)
    .map(({ path }) => path)
    .filter((path) => path.startsWith("src/"));

describe("without a request", () => {
  test("what changes with the seed, what it imports and what is like it come first", () => {
    expect(sources("src/queue.ts").slice(0, 3)).toContain("src/audit.ts");
    expect(sources("src/queue.ts").slice(0, 3)).toContain("src/backoff.ts");
    expect(sources("src/senders/smtp.ts").slice(0, 2).sort()).toEqual([
      "src/senders/file.ts",
      "src/senders/http.ts",
    ]);
  });
  test("a file says why", () => {
    const reasons = new Map(rank("src/queue.ts").map((file) => [file.path, file.reasons]));
    expect(reasons.get("src/audit.ts")).toContain("changed with src/queue.ts in 5 commits");
    expect(reasons.get("src/backoff.ts")).toContain("imported by src/queue.ts");
    expect(reasons.get("test/queue.test.ts")).toContain("changed with src/queue.ts in 5 commits");
  });
});

describe("with a request", () => {
  test("the request moves up what it is about", () => {
    const alone = sources("src/queue.ts").indexOf("src/senders/http.ts");
    const asked = sources("src/queue.ts", "`openHttpChannel` leaks").indexOf("src/senders/http.ts");
    expect(asked).toBeLessThan(alone);
    expect(asked).toBe(0);
  });
  test("one that says nothing of this codebase changes nothing of the order", () => {
    expect(sources("src/queue.ts", "zebra xylophone")).toEqual(sources("src/queue.ts"));
  });
});

test.each(["src/queue.ts", "docs/retry.md", "package.json", "test/queue.test.ts", "gone.ts"])(
  "%s is not among its own files, and no more come than were asked for",
  (seed) => {
    const paths = rank(seed, "retry failed mail", 5).map(({ path }) => path);
    expect(paths).not.toContain(seed);
    expect(paths).toHaveLength(5);
  },
);
