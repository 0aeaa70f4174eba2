import { readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, expect, jest, test } from "@jest/globals";
import { reportCrash } from "../../src/cli/report-crash.ts";

afterEach(() => {
  jest.restoreAllMocks();
});

test("a fault of the program is a sentence; its stack is in a file that only its owner reads", () => {
  let said = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const key = "sk-ant-api03-0123456789abcdefghijklmnopqrstuvwxyz0123456789";
  const error = new TypeError(`boom \u001b[31m${key}`);
  expect(reportCrash(error)).toBe(1);
  const path = /details are in (.*)\.$/m.exec(said)?.[1] ?? "";
  try {
    expect(said).toMatch(/^✗ Archwright itself failed: boom /);
    expect(said).toContain("running the same command again goes on from there");
    expect(said).not.toMatch(/\n\s+at /);
    const stack = readFileSync(path, "utf8");
    expect(stack).toContain("report-crash.test.ts");
    expect(statSync(path).mode & 0o077).toBe(0);
    for (const text of [said, stack]) expect(text).not.toContain(key);
    expect(said).not.toContain("\u001b");
  } finally {
    if (path) rmSync(dirname(path), { recursive: true, force: true });
  }
});
