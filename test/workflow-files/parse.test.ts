import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parseActionSource, parseWorkflowSource } from "../github/workflow-source.ts";

// Every workflow and action file of this repository, read by GitHub's own parser.

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const ours = /^archwright\/archwright\/(\.github\/workflows\/[\w-]+\.yml)@v1$/;
const find = (reference: string): string | null => {
  const path = ours.exec(reference)?.[1];
  return path ? read(path) : null;
};

const workflows = [
  ...readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`),
  "examples/workflow.yml",
  "examples/workflow-app.yml",
];

test.each(workflows)("%s is valid, with what it calls", async (path) => {
  const { errors, root: file } = await parseWorkflowSource(path, read(path), find);
  expect(errors).toEqual([]);
  expect(Object.keys(file)).toEqual(expect.arrayContaining(["on", "jobs"]));
});

test("the parser is asked in earnest: unknown events, keys, contexts and inputs are errors", async () => {
  const errors = async (content: string) =>
    (await parseWorkflowSource("w.yml", content, find)).errors.length;
  const job = "{ runs-on: x, steps: [{ run: 'true' }] }";
  expect(await errors(`on: push\njobs: { a: ${job} }`)).toBe(0);
  expect(await errors(`on: pushed\njobs: { a: ${job} }`)).toBeGreaterThan(0);
  expect(await errors(`on: push\njobs: { a: { runs-on: x } }\nname2: x`)).toBeGreaterThan(0);
  expect(
    await errors(`on: push\njobs: { a: { runs-on: '$\{{ secrets.X }}', steps: [{ run: x }] } }`),
  ).toBeGreaterThan(0);
  expect(
    await errors(
      "on: push\njobs: { a: { uses: archwright/archwright/.github/workflows/archwright.yml@v1, with: { wrk: x } } }",
    ),
  ).toBeGreaterThan(0);
});

test.each(["action.yml", "action/action.yml", "examples/setup-action.yml"])(
  "%s is valid",
  (path) => {
    expect(parseActionSource(path, read(path)).errors).toEqual([]);
  },
);
