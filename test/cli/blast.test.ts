import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type BlastCommandOptions, runBlast } from "../../src/cli/blast.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { openShop } from "../codebase/blast/shop.ts";
import { createSample, type Sample } from "../workspace/repository.ts";

let sample: Sample;
let folder: string;
beforeAll(() => {
  sample = openShop();
  folder = mkdtempSync(join(tmpdir(), "archwright-blast-"));
  writeFileSync(join(folder, "query.txt"), "Show the price on the page");
});
afterAll(() => {
  sample.remove();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (targets: readonly string[], options: Partial<BlastCommandOptions> = {}) => {
  const said = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => (said.out += `${text}\n`),
    err: (text) => (said.err += `${text}\n`),
    interactive: false,
    colours: false,
    ask: async () => null,
  };
  const cache = join(folder, "cache");
  const all = { repo: sample.directory, cache, top: 5, json: false, mermaid: false, ...options };
  return { code: await runBlast(targets, all, terminal), ...said };
};

describe("archwright blast", () => {
  test("tells a person what a change reaches", async () => {
    const { code, out } = await run(["src/store/cart.ts"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\n\d files import `src\/store\/cart\.ts`/);
    expect(out).toContain("\nImports it\n  src/index.ts  Cart\n  src/web/menu.ts  emptyCart\n");
    expect(out).toContain("\n  db/schema.sql  in 4 of 5 commits, without an import\n");
    expect(out).toContain("\n  Cart  line 2, handed on by src/index.ts\n");
    expect(out).toContain("\nOwners\n  @org/store\n");
  });
  test("gives JSON of all targets, the drawing alone, and weighs a request", async () => {
    const json = JSON.parse((await run(["Cart", "src/money.ts"], { json: true })).out);
    expect(json.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(json.radii.map(({ target }: { target: string }) => target)).toEqual([
      "src/store/cart.ts#Cart",
      "src/money.ts",
    ]);
    const drawing = await run(["src/money.ts"], { mermaid: true });
    expect(drawing.out).toMatch(/^flowchart LR\n {2}n0\["src\/money\.ts"\]\n/);
    const asked = await run(["src/money.ts"], { json: true, queryFile: join(folder, "query.txt") });
    expect(JSON.parse(asked.out).radii[0].ranked.length).toBeLessThanOrEqual(5);
  });
  test.each<[string, readonly string[], Partial<BlastCommandOptions>, RegExp]>([
    ["no such file", ["src/store/cort.ts"], {}, /Near are src\/store\/cart\.ts/],
    ["one of two is not there", ["src/money.ts", "zzz"], {}, /no file and no symbol zzz/],
    ["no repository", ["a"], { repo: tmpdir() }, /repository/],
    ["a bad number", ["a"], { top: Number.NaN }, /--top/],
    ["no such request", ["a"], { queryFile: "/nowhere" }, /cannot be read/],
    ["two forms at once", ["a"], { json: true, mermaid: true }, /give one of them/],
  ])("%s: a wrong call, and why", async (_name, targets, options, why) => {
    const answer = await run(targets, options);
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(why);
    expect(answer.out).toBe("");
  });
  test("a repository without a commit, and one without files", async () => {
    const empty = createSample();
    expect(await run(["a"], { repo: empty.directory })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no commit yet/),
    });
    empty.commit("nothing");
    expect(await run(["a"], { repo: empty.directory })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/holds no file/),
    });
    empty.remove();
  });
});
