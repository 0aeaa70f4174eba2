import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { runSpec } from "../../src/cli/spec.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { hashBuildSpec } from "../../src/documents/hash-build-spec.ts";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { renderDesign } from "../../src/documents/render-design.ts";
import { sampleBuildSpec } from "../documents/sample-build-spec.ts";
import { sampleDocuments } from "../documents/sample-documents.ts";

const written = renderBuildSpec(sampleBuildSpec);
const plain = { json: false, write: false };
let folder = "";
let out = "";
let err = "";
const terminal: Terminal = {
  out: (text) => {
    out += text;
  },
  err: (text) => {
    err += text;
  },
  interactive: false,
  colours: false,
  ask: async () => null,
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-spec-"));
  out = "";
  err = "";
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function save(name: string, text: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

test("check says nothing is wrong, of specs and designs", async () => {
  const spec = await save("BUILD_02.md", written);
  const design = await save("design.md", renderDesign(sampleDocuments.design));
  expect(await runSpec("check", [spec, design], plain, terminal)).toBe(0);
  expect(err).toBe(`${spec}: no faults (build-spec)\n${design}: no faults (design)\n`);
  expect(out).toBe("");
});

test("check prints file:line:column message and the example below", async () => {
  const file = await save(
    "BUILD_02.md",
    "# BUILD_02: x\n\n## Parameters\n\n- mode: fst\n- testing: unit\n",
  );
  expect(await runSpec("check", [file], plain, terminal)).toBe(1);
  expect(out).toContain(
    `${file}:5:9 expected one of careful, standard, fast, found "fst"; did you mean "fast"?\n    - mode: standard\n    - testing: unit, integration\n`,
  );
});

test("check --json", async () => {
  const right = await save("right.md", written);
  const wrong = await save("wrong.md", written.replace("(must, unit)", "(mst, unit)"));
  expect(await runSpec("check", [right, wrong], { json: true, write: false }, terminal)).toBe(1);
  const line = written.split("\n").findIndex((each) => each.startsWith("- [ ] AC-1")) + 1;
  expect(JSON.parse(out)).toMatchObject([
    { file: right, kind: "build-spec", ok: true, faults: [] },
    { file: wrong, ok: false, faults: [{ line, column: 13 }] },
  ]);
});

test("hash prints the hash of the meaning", async () => {
  const file = await save("BUILD_02.md", written.replaceAll("\n", "\r\n"));
  expect(await runSpec("hash", [file], plain, terminal)).toBe(0);
  expect(out).toBe(`${hashBuildSpec(sampleBuildSpec)}  ${file}\n`);
});

test("format prints the canonical layout and leaves the file alone", async () => {
  const edited = written.replaceAll("\n- The", "\n* The");
  const file = await save("BUILD_02.md", edited);
  expect(await runSpec("format", [file], plain, terminal)).toBe(0);
  expect(out).toBe(written);
  expect(await readFile(file, "utf8")).toBe(edited);
});

test("format --write rewrites, but never a file with faults", async () => {
  const file = await save("right.md", written.replaceAll("\n", "\r\n"));
  const faulty = written.replace("(must, unit)", "(mst, unit)");
  const wrong = await save("wrong.md", faulty);
  const options = { json: false, write: true };
  expect(await runSpec("format", [file, wrong], options, terminal)).toBe(1);
  expect(await readFile(file, "utf8")).toBe(written);
  expect(await readFile(wrong, "utf8")).toBe(faulty);
});

test("a file that cannot be read", async () => {
  const missing = join(folder, "missing.md");
  const binary = await save("binary.md", Buffer.from([0xff, 0xfe, 0x00]));
  expect(await runSpec("check", [missing, folder, binary], plain, terminal)).toBe(2);
  expect(err).toBe(
    `${missing}: no such file\n${folder}: is a folder\n${binary}: is not UTF-8 text\n`,
  );
});

test("no file", async () => {
  expect(await runSpec("check", [], plain, terminal)).toBe(2);
  expect(err).toContain("no file given");
});
