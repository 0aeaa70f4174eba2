import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { bundle } from "../../../scripts/bundle.mjs";
import { createSample, type Sample } from "../../workspace/repository.ts";
import { load } from "./load-sample.ts";

// The bundle as it is shipped, in a folder without any package: it has its threads and grammars beside it.

const root = join(import.meta.dirname, "../../..");
const work = realpathSync(mkdtempSync(join(tmpdir(), "archwright-bundle-")));
let sample: Sample;

beforeAll(async () => {
  const entry = "test/codebase/index/bundled.ts";
  await bundle({ entry, name: "bundled" }, join(work, "dist"), root);
  // More than a thread's start is worth, in each language that has a grammar of its own file.
  const many = Array.from({ length: 60 }, (_, n) => `export class Made${n} { run(): void {} }\n`);
  sample = createSample({
    ...Object.fromEntries(many.map((text, n) => [`made-${n}.ts`, text])),
    "a.py": "class Snake(Base):\n    def slither(self):\n        pass\n",
    "a.go": "package a\n\ntype Gopher struct{}\n\nfunc (g *Gopher) Dig() {}\n",
    "a.rs": "pub struct Crab;\nimpl Crab { pub fn pinch(&self) {} }\n",
    "A.java": "public class Bean extends Plant { void grow() {} }\n",
  });
}, 120_000);
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
  sample.remove();
});

type Told = { read: number; cache: string; symbols: unknown[] };

function run(workers: string, folder = "dist"): Told {
  const storage = mkdtempSync(join(work, "storage-"));
  const parameters = [join(work, folder, "bundled.mjs"), sample.directory, storage, workers];
  const output = execFileSync(process.execPath, parameters, { cwd: work, encoding: "utf8" });
  return JSON.parse(output) as Told;
}

test.each(["0", "2"])("with %s threads it reads what the sources read", async (workers) => {
  const told = run(workers);
  expect(told).toMatchObject({ read: 64, cache: "made" });
  const codebase = await load(sample);
  expect(told.symbols).toEqual(codebase.files.flatMap(({ symbols }) => symbols));
  const names = codebase.files.flatMap(({ symbols }) => symbols.map(({ name }) => name));
  expect(names).toEqual(expect.arrayContaining(["Made7", "Snake", "slither", "Gopher", "Dig"]));
  expect(names).toEqual(expect.arrayContaining(["Crab", "pinch", "Bean", "grow"]));
});

test("every grammar lies beside it", () => {
  const shipped = readdirSync(join(work, "dist")).filter((name) => name.endsWith(".wasm.br"));
  expect(shipped).toHaveLength(12);
});

test("where the grammars are lost it still reads, by the look of lines", () => {
  const without = (path: string): boolean => !path.endsWith(".wasm.br");
  cpSync(join(work, "dist"), join(work, "bare"), { recursive: true, filter: without });
  const told = run("1", "bare");
  expect(told).toMatchObject({ read: 64, cache: "made" });
  const names = (told.symbols as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["Made7", "Snake", "Bean"]));
});

test("the same sources give the same bytes", async () => {
  const entry = "test/codebase/index/bundled.ts";
  await bundle({ entry, name: "bundled" }, join(work, "again"), root);
  const parameters = ["diff", "--no-index", "--quiet", join(work, "dist"), join(work, "again")];
  expect(() => execFileSync("git", parameters)).not.toThrow();
}, 180_000);
