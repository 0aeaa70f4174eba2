import { expect, test } from "@jest/globals";
import { readSettings } from "../../src/app/read-settings.ts";

test("the page that makes an App is for this machine alone, unless somebody says otherwise", () => {
  expect(readSettings({})).toMatchObject({ kind: "setup", host: "localhost" });
  expect(readSettings({ HOST: "0.0.0.0" })).toMatchObject({ kind: "setup", host: "0.0.0.0" });
});

test("in production there is none, whatever is missing", () => {
  const read = readSettings({ NODE_ENV: "production" });
  expect(read.kind).toBe("invalid");
});
