import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";

test("docs/configuration.md is what the schema says", () => {
  const check = [process.execPath, ["scripts/generate-docs.mjs", "--check"]] as const;
  expect(() => execFileSync(...check, { stdio: "pipe" })).not.toThrow();
});
