import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const dockerfile = read("Dockerfile");
const lines = dockerfile.replaceAll(/\\\n/g, " ").split("\n");

const copies = lines
  .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
  .flatMap((line) => line.split(/\s+/).slice(1, -1));

/** Paths that the ignore file lets through, by its `!` lines. */
const sent = read(".dockerignore")
  .split("\n")
  .filter((line) => line.startsWith("!"))
  .map((line) => line.slice(1));

test("every path that the image copies exists, and is sent to the builder", () => {
  expect(copies.length).toBeGreaterThan(5);
  expect(copies.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(copies.filter((path) => !sent.includes(path))).toEqual([]);
});

test("everything that is sent to the builder is copied: no secret lies about in between", () => {
  expect(sent.filter((path) => !copies.includes(path))).toEqual([]);
  expect(read(".dockerignore").split("\n")).toContain("*");
});

test("the image runs the App's door as an unprivileged user, with git and an init", () => {
  const last = (word: string) => lines.findLast((line) => line.startsWith(word)) ?? "";
  expect(last("USER")).toBe("USER node");
  expect(last("FROM")).toContain("node:24");
  expect(dockerfile).toMatch(/install .*ca-certificates git tini/);
  expect(JSON.parse(last("ENTRYPOINT").replace("ENTRYPOINT ", ""))).toEqual(["tini", "--"]);
  const command = JSON.parse(last("CMD").replace("CMD ", "")) as string[];
  expect(command[0]).toBe("node");
  expect(existsSync(join(root, command.at(-1) ?? ""))).toBe(true);
  expect(dockerfile).toContain("npm ci --omit=dev --omit=optional");
});

test("in a container the App can be reached, and what it keeps lies on the volume", () => {
  const environment = lines.find((line) => line.startsWith("ENV ")) ?? "";
  expect(environment).toContain("HOST=0.0.0.0");
  expect(environment).toContain("ARCHWRIGHT_DATA=/data");
  expect(lines).toContain("VOLUME /data");
  expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]+\/health/);
});
