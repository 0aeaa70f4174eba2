import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";

// The committed bundle, spawned as the runner does: INPUT_* and GITHUB_* and nothing else of ours.

const bundle = join(import.meta.dirname, "../../action/dist/index.mjs");
const reply = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../examples/csv-export-replies/design.json"), "utf8"),
) as { specs: BuildSpec[] };
const example = reply.specs.map(renderBuildSpec)[0] ?? "";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-action-"));
  mkdirSync(join(folder, "specs"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const spawnAction = async (files: string) => {
  const output = join(folder, "output");
  writeFileSync(output, "");
  const ended = await execa(process.execPath, [bundle], {
    cwd: folder,
    env: { INPUT_FILES: files, GITHUB_OUTPUT: output, PATH: process.env.PATH },
    extendEnv: false,
    reject: false,
  });
  return { code: ended.exitCode, stdout: ended.stdout, output: readFileSync(output, "utf8") };
};

describe("the Action", () => {
  test("annotates each fault at its line and fails", async () => {
    writeFileSync(join(folder, "specs/BUILD_01.md"), "# BUILD_01: A, B: C\n\n## Objective\n\nx\n");
    const { code, stdout, output } = await spawnAction("specs/*.md");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=specs\/BUILD_01.md,line=\d+,col=\d+::/m);
    expect(output).toMatch(/checked=1\nfaults=[1-9]/);
  });

  test("a document without faults passes", async () => {
    writeFileSync(join(folder, "specs/BUILD_01.md"), example);
    const { code, stdout } = await spawnAction("specs/*.md");
    expect(stdout).toContain("1 documents checked, 0 faults");
    expect(code).toBe(0);
  });

  test("nothing found is said and is no fault; no pattern at all is a wrong call", async () => {
    expect(await spawnAction("none/*.md")).toMatchObject({
      code: 0,
      stdout: "0 documents checked, 0 faults",
    });
    expect((await spawnAction("  ")).code).toBe(2);
  });

  test("a file name cannot smuggle a workflow command", async () => {
    cpSync(bundle, join(folder, "specs/a%0A::set-output name=x::y.md"));
    const { stdout } = await spawnAction("specs/*.md");
    expect(stdout.split("\n").filter((line) => line.startsWith("::set-output"))).toEqual([]);
  });
});
