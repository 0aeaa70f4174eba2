import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { renderDesign } from "../../src/documents/render-design.ts";
import type { ValidationReport } from "../../src/documents/schema-validation-report.ts";

// The demo's repository and its design, and the same design with a base class and a test path that are wrong. No model, no key, no ledger.

const root = fileURLToPath(new URL("../../", import.meta.url));
const planted = join(root, "test/fixtures/planted-plan");
const folder = mkdtempSync(join(tmpdir(), "archwright-validate-"));
const desk = join(folder, "desk");

beforeAll(() => {
  cpSync(join(root, "examples/invoice-desk"), desk, { recursive: true });
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...words], {
      cwd: desk,
      env: { PATH: process.env.PATH ?? "", GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  git("init", "-q", "-b", "main");
  git("add", "--all");
  git("commit", "-q", "-m", "Start");
  const reply = JSON.parse(
    readFileSync(join(root, "examples/csv-export-replies/design.json"), "utf8"),
  );
  writeFileSync(join(folder, "BUILD_01.md"), renderBuildSpec(reply.specs[0]));
  writeFileSync(join(folder, "design.md"), renderDesign(reply.design));
  cpSync(join(planted, "BUILD_01.md"), join(desk, "PLANTED.md"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

async function validate(...words: string[]) {
  const called = await execa(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, "src/cli.ts"), "validate", ...words],
    {
      reject: false,
      extendEnv: false,
      env: { PATH: process.env.PATH ?? "", HOME: folder },
      cwd: folder,
    },
  );
  return { code: called.exitCode, out: called.stdout, err: called.stderr };
}

const right = ["--spec", "BUILD_01.md", "--design", "design.md", "--repo", desk];
const wrong = [
  ...["--spec", join(planted, "BUILD_01.md")],
  ...["--design", join(planted, "design.md"), "--repo", desk],
];

describe("the demo's design", () => {
  test("is ready, with the blast radius of its files", async () => {
    const { code, out } = await validate(...right, "--no-model");
    expect(out).toMatch(/^Ready · \d+ claims: ✓ \d+ checked, ✗ 0 refuted/m);
    expect(out).toContain("| `src/formats.ts` | `src/cli.ts`");
    expect(out).not.toContain("The whole report");
    expect(code).toBe(0);
  });
  test("planted with a wrong base class and a wrong test path: both are found, with what is there instead", async () => {
    const { code, out } = await validate(...wrong, "--json");
    const report = JSON.parse(out) as ValidationReport;
    expect(report.verdict).toBe("needs-refinement");
    const found = report.claims.filter(({ verdict }) => verdict === "false");
    expect(found.map(({ kind, text }) => `${kind}: ${text}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(symbol|base-class): .*`BaseFormat`/),
        "test-path: Tests like `tests/unit/csv_spec.ts` stand there",
      ]),
    );
    const notes = found.map(({ note }) => note).join("\n");
    expect(notes).toContain("`Format` at `src/formats.ts:6` is nearest");
    expect(notes).toContain("tests stand below `test`, named `{name}.test.ts`");
    expect(report.checks).toEqual([]);
    expect(code).toBe(1);
  });
  test("is said the same each time", async () => {
    const [one, other] = [await validate(...wrong, "--json"), await validate(...wrong, "--json")];
    expect(one.out).toBe(other.out);
  });
});

describe("remarks for GitHub's runners", () => {
  test("stand at the line of the spec that says it and at the line of the file that shows it, below the repository", async () => {
    const call = ["--spec", join(desk, "PLANTED.md"), "--repo", desk, "--annotations"];
    const { out } = await validate(...call);
    const remarks = out.split("\n").filter((line) => /^::(error|warning|notice) /.test(line));
    const path = remarks.find((line) => line.includes("test-path") && line.startsWith("::error"));
    const line = Number(/line=(\d+)/.exec(path ?? "")?.[1]);
    const lines = readFileSync(join(desk, "PLANTED.md"), "utf8").split("\n");
    expect(path).toMatch(/^::error file=PLANTED\.md,line=\d+,title=C-\d+ test-path::/);
    expect(lines[line - 1]).toContain("tests/unit/csv_spec.ts");
    expect(remarks).toContainEqual(
      expect.stringMatching(/^::notice file=test\/cli\.test\.ts,line=1,title=C-\d+ test-path::/),
    );
  });
  test("cannot be forged by the words of a document: what is printed after them is no command", async () => {
    const forged = join(folder, "forged.md");
    const text = readFileSync(join(folder, "BUILD_01.md"), "utf8");
    const said = "## Rollback\n\n::add-mask::a\n::error file=x::y";
    writeFileSync(forged, text.replace(/## Rollback\n\n[^#]*/, `${said}\n\n`));
    const { out } = await validate("--spec", forged, "--repo", desk, "--annotations");
    const lines = out.split("\n");
    const stop = lines.findIndex((line) => line.startsWith("::stop-commands::"));
    const token = lines[stop]?.slice("::stop-commands::".length) ?? "";
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(lines.at(-1)).toBe(`::${token}::`);
    expect(lines.slice(0, stop).join()).not.toContain("::add-mask");
  });
  test("beside JSON go to standard error, so that the output stays JSON", async () => {
    const { out, err } = await validate(...wrong, "--json", "--annotations");
    expect(() => JSON.parse(out)).not.toThrow();
    expect(err).toContain("::error ");
  });
});

describe("what is wrong with the documents or the call", () => {
  test("faults of a document are told with line and column, and end it with 1", async () => {
    const file = join(folder, "broken.md");
    writeFileSync(
      file,
      readFileSync(join(folder, "BUILD_01.md"), "utf8").replace(
        /checkpoint: compile/,
        "checkpoint: comple",
      ),
    );
    const { code, out } = await validate("--spec", file, "--repo", desk);
    expect(out).toMatch(/broken\.md:\d+:\d+ .*comple/);
    expect(code).toBe(1);
    const json = JSON.parse((await validate("--spec", file, "--repo", desk, "--json")).out);
    expect(json.faults[0]).toMatchObject({ file, line: expect.any(Number) });
  });
  test("a spec that nobody could build is named with its line", async () => {
    const file = join(folder, "empty.md");
    const text = readFileSync(join(folder, "BUILD_01.md"), "utf8");
    writeFileSync(file, text.replace(/## Objective\n\n[^#]*/, "## Objective\n\nTBD\n\n"));
    const { code, out } = await validate("--spec", file, "--repo", desk);
    expect(out).toMatch(/✗ critical Objective: the objective is empty.*`BUILD_01\.md:\d+`/);
    expect(code).toBe(1);
  });
  test.each<[string, string[], RegExp]>([
    ["neither a feature nor a spec", [], /--issue names a feature.*--spec FILE/],
    ["both", ["--issue", "3", "--spec", "x.md"], /not both/],
    ["an option of specs with a feature", ["--issue", "3", "--json"], /--json goes with --spec/],
    ["a model for specs alone", [...right, "--model", "a:b"], /no model is asked/],
    ["a file that is not there", ["--spec", "gone.md"], /gone\.md is not there/],
    ["a folder without a repository", ["--spec", "BUILD_01.md", "--repo", folder], /not|git/i],
    ["one spec twice", [...right, "--spec", "BUILD_01.md"], /Two specs are called BUILD_01/],
  ])("%s: said, and ends with 2", async (_name, words, said) => {
    const { code, err } = await validate(...words);
    expect(err).toMatch(said);
    expect(code).toBe(2);
  });
});
