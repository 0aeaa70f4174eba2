import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const cli = join(import.meta.dirname, "../../src/cli.ts");

test("a reader that leaves, such as head, is no crash", async () => {
  const flags = ["--disable-warning=ExperimentalWarning", cli, "--help"];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => {
    errors += bytes.toString();
  });
  const [code] = await once(child, "close");
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
}, 20_000);
