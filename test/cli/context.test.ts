import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openShop } from "../codebase/blast/shop.ts";
import type { Sample } from "../workspace/repository.ts";

// The command as a benchmark and a person in a shell call it: a process of its own, by the contract of its output.

const cli = join(import.meta.dirname, "../../src/cli.ts");

let sample: Sample;
let folder: string;
beforeAll(() => {
  sample = openShop();
  folder = mkdtempSync(join(tmpdir(), "archwright-context-"));
  writeFileSync(join(folder, "query.txt"), "The cart forgets its items: `emptyCart` is called\n");
});
afterAll(() => {
  sample.remove();
  rmSync(folder, { recursive: true, force: true });
});

function context(...words: string[]): { code: number | null; out: string; err: string } {
  const home = join(folder, "home");
  const ended = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", cli, "context", "--repo", sample.directory, ...words],
    { encoding: "utf8", env: { PATH: process.env.PATH, HOME: home, TMPDIR: folder } },
  );
  return { code: ended.status, out: ended.stdout, err: ended.stderr };
}

type Answer = {
  files: { path: string; reasons: string[] }[];
  regions?: { path: string; startLine: number; endLine: number; text: string }[];
  rankings?: Record<string, { path: string }[]>;
};
const json = (...words: string[]): Answer => {
  const { code, out, err } = context(...words, "--json");
  expect({ code, err: err.replace(/^Reading the code.*\n/gm, "") }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as Answer;
};
const query = () => ["--query-file", join(folder, "query.txt")];

describe("archwright context", () => {
  test("answers a request with files that are there, best first, each with reasons; the same cold and warm", () => {
    const cold = json(...query(), "--top", "60");
    expect(cold.files[0]?.path).toBe("src/store/cart.ts");
    expect(cold.files[0]?.reasons.join(" ")).toContain("emptyCart");
    const tracked = new Set(sample.git("ls-files").split("\n"));
    expect(cold.files.filter(({ path }) => !tracked.has(path))).toEqual([]);
    expect(new Set(cold.files.map(({ path }) => path)).size).toBe(cold.files.length);
    expect(json(...query(), "--top", "60")).toEqual(cold);
  });

  test("never names the seed itself, and ranks with and without the request when asked for both", () => {
    const words = ["--seed-file", "src/store/cart.ts", ...query(), "--top", "60"];
    const { files, rankings } = json(...words, "--variants");
    expect(files.map(({ path }) => path)).not.toContain("src/store/cart.ts");
    expect(rankings?.["with the request"]).toEqual(files);
    expect(rankings?.["without the request"]?.map(({ path }) => path)).toContain("db/schema.sql");
    expect(json("--seed-file", "src/store/cart.ts").rankings).toBeUndefined();
  });

  test("adds stretches within a budget, for people and as JSON", () => {
    const { regions } = json(...query(), "--budget", "500");
    expect(regions?.[0]).toMatchObject({ path: "src/store/cart.ts", startLine: 1 });
    expect(regions?.[0]?.text).toContain("emptyCart");
    const { out } = context(...query(), "--budget", "500", "--top", "1");
    expect(out).toMatch(/^ {2}1 {2}src\/store\/cart\.ts\n {5}\S/);
    expect(out).toContain("\n--- src/store/cart.ts:1-");
  });

  test("writes nothing but the index, inside git's own folder", () => {
    const before = readdirSync(folder).sort();
    json(...query());
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(sample.git("status", "--porcelain", "--ignored")).toBe("");
  });

  test("says of a shallow clone that it does not know what changed together", () => {
    const clone = join(folder, "clone");
    spawnSync("git", ["clone", "-q", "--depth", "1", `file://${sample.directory}`, clone]);
    const copy = join(folder, "copy");
    cpSync(clone, copy, { recursive: true });
    const { code, err, out } = context("--repo", copy, "--query", "cart");
    expect(code).toBe(0);
    expect(err).toContain("The clone is shallow");
    expect(out).toContain("src/store/cart.ts");
    rmSync(clone, { recursive: true });
    rmSync(copy, { recursive: true });
  });

  test.each<[string, string[], RegExp]>([
    ["nothing to look for", [], /--query-file, --query or --seed-file/],
    ["two requests", ["--query", "a b", "--query-file", "x"], /not both/],
    ["a request that is not there", ["--query-file", "none.txt"], /none\.txt cannot be read/],
    ["a seed that is not there", ["--seed-file", "src/none.ts"], /has no file src\/none\.ts/],
    ["no files wanted", ["--query", "cart", "--top", "0"], /whole numbers from 1/],
    ["half a token", ["--query", "cart", "--budget", "0.5"], /whole numbers from 1/],
    ["no repository", ["--query", "cart", "--repo", tmpdir()], /not inside a git repository/],
  ])("refuses %s, with what to do", (_what, words, said) => {
    const { code, out, err } = context(...words);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(said);
  });

  test("words that nothing here has to do with give no file", () => {
    expect(json("--query", "zzz qqq").files).toEqual([]);
    expect(context("--query", "zzz qqq").out).toContain("No file has to do with these words.");
  });
});
