import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

const shellBlocks = (markdown: string): string[] =>
  [...markdown.matchAll(/```(?:sh|bash|console)\n([\s\S]*?)```/g)].flatMap((m) =>
    (m[1] ?? "").split("\n"),
  );

const npmScript = (command: string): string | null => {
  const run = /^npm run (?:-s )?([\w:-]+)/.exec(command);
  if (run) return run[1] ?? null;
  return /^npm (test|start)\b/.exec(command)?.[1] ?? null;
};

test("every npm script that README and docs name exists", () => {
  const files = ["README.md", "docs/architecture.md", "docs/cli.md"];
  const offenders = files.flatMap((file) =>
    shellBlocks(read(file))
      .flatMap((line) => line.split("&&").map((part) => part.trim()))
      .flatMap((command) => npmScript(command) ?? [])
      .filter((script) => !(script in scripts))
      .map((script) => `${file}: npm run ${script}`),
  );
  expect(offenders).toEqual([]);
});

test("README shows the two commands that set everything up", () => {
  const commands = shellBlocks(read("README.md"));
  expect(commands).toContain("npm ci && npm run demo");
  expect(commands).toContain("npm ci && npm test");
});

test("continuous integration calls the very commands of README", () => {
  const ci = read(".ci/run");
  for (const command of ["npm ci && npm test", "npm ci && npm run demo"]) {
    for (const part of command.split(" && ")) expect(ci).toContain(part);
  }
  expect(read(".github/workflows/ci.yml")).toContain(".ci/run");
});

test("every archwright command that README names exists", async () => {
  const { createProgram } = await import("../../src/cli.ts");
  const known = createProgram().commands.map((command) => command.name());
  const named = shellBlocks(read("README.md"))
    .flatMap((line) => /(?:npx )?archwright ([a-z]+)/.exec(line)?.[1] ?? [])
    .filter((name) => name !== "help");
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});
