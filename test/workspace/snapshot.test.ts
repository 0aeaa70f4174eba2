import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Stop } from "../../src/shared/stop.ts";
import type { Snapshot, Workspace } from "../../src/workspace/port.ts";
import { createSample, demand, openSample, type Sample } from "./repository.ts";

const names = [
  "with space.txt",
  "line\nbreak.txt",
  "tab\there.txt",
  "quote'single.txt",
  "back\\slash.txt",
  "日本語.txt",
  "-dash.txt",
  ":colon.txt",
  "*star.txt",
];
const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x74, 0x78, 0x74]);

describe("a snapshot", () => {
  let sample: Sample;
  let workspace: Workspace;
  let snapshot: Snapshot;

  beforeAll(async () => {
    sample = createSample();
    for (const name of names) sample.write(name, `name of ${JSON.stringify(name)}\n`);
    sample.write(latin, "latin name\n");
    sample.write('"quoted".txt', "quoted name\n");
    sample.write("src/crlf.txt", "one\r\ntwo\r\n");
    sample.write("src/bom.txt", "\ufeffmark\n");
    sample.write("src/empty.txt", "");
    sample.write("src/binary.bin", Buffer.from([1, 2, 0, 3]));
    sample.write("src/latin.txt", Buffer.from([0x66, 0xe9, 0x0a]));
    sample.write("src/big.txt", "x".repeat(2_000));
    sample.write("src/run.sh", "#!/bin/sh\n");
    sample.git("update-index", "--add", "--chmod=+x", "src/run.sh");
    symlinkSync("crlf.txt", join(sample.directory, "src/link"));
    symlinkSync("loop-b", join(sample.directory, "loop-a"));
    symlinkSync("loop-a", join(sample.directory, "loop-b"));
    symlinkSync("/etc/passwd", join(sample.directory, "out"));
    const inner = createSample({ "inside.txt": "inside\n" });
    sample.git("submodule", "--quiet", "add", inner.directory, "vendor/inner");
    sample.git("add", "--all");
    sample.git("update-index", "--chmod=+x", "src/run.sh");
    sample.git("commit", "--quiet", "-m", "all kinds");
    inner.remove();
    workspace = await openSample(sample, { limits: { textBytes: 1_000 } });
    snapshot = workspace.snapshot(demand(await workspace.resolve("HEAD")));
  });
  afterAll(() => sample.remove());

  test("lists every name and kind", async () => {
    const entries = new Map((await snapshot.list()).map((entry) => [entry.path, entry]));
    for (const name of names) expect(entries.has(name)).toBe(true);
    expect(entries.get('"caf\\351.txt"')).toMatchObject({ kind: "file", bytes: 11 });
    expect(entries.get('"\\042quoted\\042.txt"')).toMatchObject({ kind: "file" });
    expect(entries.get("src/run.sh")?.kind).toBe("executable");
    expect(entries.get("src/link")?.kind).toBe("symlink");
    expect(entries.get("vendor/inner")).toMatchObject({ kind: "submodule", bytes: 0 });
  });

  test("reads every file that it lists, at once", async () => {
    const entries = (await snapshot.list()).filter(({ kind }) => kind !== "submodule");
    const contents = await Promise.all(entries.map(({ path }) => snapshot.read(path)));
    expect(contents.filter((content) => content === null)).toEqual([]);
    for (const name of names) {
      const text = `name of ${JSON.stringify(name)}\n`;
      expect(await snapshot.read(name)).toEqual({ kind: "text", text });
    }
  });

  test.each([
    ["src/crlf.txt", { kind: "text", text: "one\r\ntwo\r\n" }],
    ["src/bom.txt", { kind: "text", text: "\ufeffmark\n" }],
    ["src/empty.txt", { kind: "text", text: "" }],
    ["src/binary.bin", { kind: "binary", bytes: 4 }],
    ["src/latin.txt", { kind: "binary", bytes: 3 }],
    ["src/big.txt", { kind: "binary", bytes: 2_000 }],
    ["src/link", { kind: "text", text: "crlf.txt" }],
    ["loop-a", { kind: "text", text: "loop-b" }],
    ["out", { kind: "text", text: "/etc/passwd" }],
    ["vendor/inner", null],
    ["src", null],
    ["absent", null],
    ["../user repo/src/crlf.txt", null],
  ])("reads %j as git has it", async (path, content) => {
    expect(await snapshot.read(path)).toEqual(content);
  });

  test("searches text by extended regular expressions", async () => {
    expect(await snapshot.grep("^t(w|x)o", [], 10)).toEqual([
      { path: "src/crlf.txt", line: 2, text: "two" },
    ]);
    expect(await snapshot.grep("^name of", [], 3)).toHaveLength(3);
    expect(await snapshot.grep("name of", ["*.txt"], 100)).toHaveLength(names.length);
    expect(await snapshot.grep("two", ["docs/**"], 10)).toEqual([]);
    expect(await snapshot.grep("two", ["{src,lib}/**/*.txt"], 10)).toHaveLength(1);
    expect(await snapshot.grep("--help", [], 10)).toEqual([]);
    const odd = await snapshot.grep("name of .line", [], 10);
    expect(odd.map(({ path }) => path)).toEqual(["line\nbreak.txt"]);
  });

  test("a pattern that is none is a fault, not an absence", async () => {
    await expect(snapshot.grep("a(b", [], 10)).rejects.toThrow(Stop);
  });

  test("a commit that does not exist is a fault", async () => {
    await expect(workspace.snapshot("0".repeat(40)).list()).rejects.toThrow(Stop);
  });

  test("reads again after a pause", async () => {
    await new Promise((done) => setTimeout(done, 150));
    expect(await snapshot.read("src/crlf.txt")).toMatchObject({ kind: "text" });
  });
});
