import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";

// A few of the ways to die; `npm run test:crash` tries all of them.

test("a feature that dies at an outside call comes to the same GitHub", async () => {
  const main = join(import.meta.dirname, "main.ts");
  const sample = ["--every", "151", "--shift", "60", "--workers", "1"];
  const options = { reject: false, all: true } as const;
  const flags = ["--disable-warning=ExperimentalWarning"];
  const ended = await execa(process.execPath, [...flags, main, ...sample], options);
  const line = /^N = .+$/m.exec(ended.all ?? "")?.[0] ?? "";
  console.log(`crash test, a sample: ${line}`);
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(line).toMatch(/^N = \d{3,}, .*not the same GitHub = 0, off-spec = 0,/);
}, 600_000);
