import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { styleText } from "node:util";
import { expect, test } from "@jest/globals";
import { guardOutput } from "../../src/cli/guard-output.ts";
import { createSample } from "../workspace/repository.ts";

const ESCAPE = "\u001b";
const bold = (text: string): string =>
  styleText(["bold", "green"], text, { validateStream: false, stream: process.stdout });

test.each([
  ["clears the screen", `a${ESCAPE}[2Jb`],
  ["moves the cursor", `a${ESCAPE}[10Ab`],
  ["names the window", `a${ESCAPE}]0;name\u0007b`],
  ["hides what follows", `a${ESCAPE}[8mb`],
  ["hides among others", `a${ESCAPE}[1;8mb`],
  ["writes over the line", "a\u0008\u007fb"],
  ["is an eight-bit sequence", "a\u009b2Jb"],
  ["turns the direction", "a\u202eb"],
  ["writes into the clipboard", `a${ESCAPE}]52;c;AAAA${ESCAPE}\\b`],
])("what %s does not reach a terminal", (_what, text) => {
  for (const colours of [true, false]) {
    const shown = guardOutput(`${text}\n`, colours);
    expect(shown).toMatch(/^a[ -~]{0,2}b\n$/);
  }
});

test("our own styles stay where colours are wanted, and only there", () => {
  const styled = bold("done");
  expect(styled).toContain(ESCAPE);
  expect(guardOutput(styled, true)).toBe(styled);
  expect(guardOutput(styled, false)).toBe("done");
});

test("a path and a command of a stranger's repository reach a terminal in plain letters", () => {
  const sample = createSample({
    [`add${ESCAPE}[2Jfile.ts`]: "export const file = 1;\n",
    ".github/archwright.yml": 'commands:\n  unit: "x\\e]0;NAMED\\a\\e[2Jy"\n',
  });
  const cli = join(import.meta.dirname, "../../src/cli.ts");
  // Python's pty is a terminal that most machines have; without one nothing can be shown here.
  const terminal = ["import pty, sys", "sys.exit(pty.spawn(sys.argv[1:]) >> 8)"].join("\n");
  const words = ["run", "--issue", "add a file please", "--dry-run", "--isolation", "none"];
  const called = spawnSync("python3", ["-c", terminal, process.execPath, cli, ...words], {
    cwd: sample.directory,
    env: {
      PATH: process.env.PATH,
      HOME: sample.storage,
      TERM: "xterm",
      ANTHROPIC_API_KEY: "none-at-all",
    },
    encoding: "utf8",
  });
  sample.remove();
  if (called.error) return;
  const said = called.stdout;
  expect(said).toContain("xy");
  expect(said).toContain("addfile.ts");
  const controls = said.split(ESCAPE).slice(1);
  expect(controls.filter((control) => !/^\[\d{1,2}m/.test(control))).toEqual([]);
});
