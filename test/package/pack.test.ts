import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

// The package as a user gets it: packed from the tracked files, installed in an empty folder, run by npx.
// Packing happens in a copy, because it rewrites package.json for a moment.

const root = join(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "archwright-package-"));
const copy = join(work, "copy");
const project = join(work, "project");
const environment = {
  ...process.env,
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  NO_COLOR: "1",
};

const call = (command: string, parameters: string[], cwd: string): string =>
  execFileSync(command, parameters, {
    cwd,
    encoding: "utf8",
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });

beforeAll(() => {
  const files = call("git", ["ls-files", "--cached", "--others", "--exclude-standard"], root);
  for (const file of files.split("\n").filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  mkdirSync(project);
  call("npm", ["pack", "--pack-destination", work], copy);
  const tarball = readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "no-tarball";
  call("npm", ["install", "--no-audit", "--no-fund", join(work, tarball)], project);
}, 180_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
};

test("packing leaves the manifest as it was", () => {
  expect(readFileSync(join(copy, "package.json"), "utf8")).toBe(
    readFileSync(join(root, "package.json"), "utf8"),
  );
});

test("installing it brings nothing else along", () => {
  const installed = readdirSync(join(project, "node_modules")).filter(
    (name) => !name.startsWith("."),
  );
  expect(installed).toEqual(["archwright"]);
});

test("npx archwright --version", () => {
  expect(call("npx", ["archwright", "--version"], project).trim()).toBe(manifest.version);
});

test("npx archwright --help names every command", () => {
  const help = call("npx", ["archwright", "--help"], project);
  for (const command of [
    "run",
    "design",
    "validate",
    "approve",
    "build",
    "review",
    "status",
    "spec",
    "ledger",
    "demo",
  ]) {
    expect(help).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  }
});

test("npx archwright demo reaches an accepted branch", () => {
  const summary = join(work, "summary.json");
  call("npx", ["archwright", "demo", "--json", summary, "--keep", join(work, "kept")], project);
  const told = JSON.parse(readFileSync(summary, "utf8")) as {
    scores: number[];
    branch: string;
    repository: string;
  };
  expect(told.scores.at(0)).toBeLessThan(90);
  expect(told.scores.at(-1)).toBeGreaterThanOrEqual(90);
  const branches = call("git", ["branch", "--list", told.branch], told.repository);
  expect(branches).toContain(told.branch);
}, 120_000);
