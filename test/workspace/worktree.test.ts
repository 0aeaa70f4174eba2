import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Workspace, Worktree } from "../../src/workspace/port.ts";
import {
  createSample,
  demand,
  limits,
  never,
  openSample,
  openTree,
  type Sample,
} from "./repository.ts";

const KEY = `ghp_${"aB3dE5gH7jK9".repeat(3)}`;

describe("a worktree", () => {
  let sample: Sample;
  let workspace: Workspace;
  let tree: Worktree;

  beforeAll(async () => {
    sample = createSample({
      "a.txt": "one\ntwo\n",
      "src/run.sh": "#!/bin/sh\n",
      ".gitignore": "ignored/\n",
      ".github/workflows/ci.yml": "on: push\n",
      "old-secret.txt": `token ${KEY}\n`,
      "windows.bat": "echo\r\n",
    });
    workspace = await openSample(sample, { limits: { textBytes: 10_000, changeBytes: 20_000 } });
  });
  afterAll(() => sample.remove());
  beforeEach(async () => {
    tree = await openTree(workspace);
  });
  afterEach(() => tree.close());

  const inTree = (path: string) => join(tree.directory, path);

  test("holds the commit's files and no git folder", async () => {
    expect(readdirSync(tree.directory).sort()).toEqual(
      [".github", ".gitignore", "a.txt", "old-secret.txt", "src", "windows.bat"].sort(),
    );
    expect(statSync(inTree("src/run.sh")).mode & 0o111).not.toBe(0);
    expect(await tree.changes()).toEqual([]);
    expect(await tree.commit("nothing")).toEqual({ ok: true, value: null });
  });

  test("reads, writes, moves, removes and commits", async () => {
    demand(await tree.write("src/deep/new.ts", "export {};\n"));
    demand(await tree.write("src/run.sh", "#!/bin/sh\nexit 0\n"));
    demand(await tree.move("a.txt", "moved/a.txt"));
    demand(await tree.remove("windows.bat"));
    writeFileSync(inTree("src/by-command.txt"), "made by a command\n");
    mkdirSync(inTree("ignored"));
    writeFileSync(inTree("ignored/x"), "left out\n");
    expect((await tree.changes()).sort()).toEqual(
      [
        "a.txt",
        "moved/a.txt",
        "src/by-command.txt",
        "src/deep/new.ts",
        "src/run.sh",
        "windows.bat",
      ].sort(),
    );
    const base = await tree.head();
    const head = demand(await tree.commit("Do it\n\nBecause."));
    if (head === null) throw new Error("nothing was committed");
    expect(await tree.head()).toBe(head);
    expect(await workspace.commits(base, head)).toEqual([{ sha: head, subject: "Do it" }]);
    const changed = await workspace.changed(base, head);
    expect(changed).toContainEqual({
      path: "moved/a.txt",
      from: "a.txt",
      status: "renamed",
      added: 0,
      removed: 0,
      binary: false,
    });
    expect(changed).toContainEqual({
      path: "windows.bat",
      from: null,
      status: "deleted",
      added: 0,
      removed: 1,
      binary: false,
    });
    const entries = await workspace.snapshot(head).list();
    expect(entries.find(({ path }) => path === "src/run.sh")?.kind).toBe("executable");
    expect(entries.some(({ path }) => path.startsWith("ignored/"))).toBe(false);
    expect(await tree.read("moved/a.txt")).toEqual({
      ok: true,
      value: { kind: "text", text: "one\ntwo\n" },
    });
    expect(await tree.read("a.txt")).toEqual({ ok: true, value: null });
    expect(await tree.read("src")).toEqual({ ok: true, value: null });
  });

  test.each([
    "../x",
    "/tmp/x",
    ".git/config",
    ".github/workflows/ci.yml",
    "sub/.npmrc",
    "docs/designs/x.md",
  ])("refuses to write, remove or move %j", async (path) => {
    const refused = { ok: false, failure: { reason: "path-refused" } };
    expect(await tree.write(path, "x")).toMatchObject(refused);
    expect(await tree.remove(path)).toMatchObject(refused);
    expect(await tree.move("a.txt", path)).toMatchObject(refused);
    expect(await tree.move(path, "b.txt")).toMatchObject(refused);
    expect(await tree.changes()).toEqual([]);
  });

  test("opens what the caller owns", async () => {
    const own = await openTree(workspace, "HEAD", ["docs/designs/**"]);
    demand(await own.write("docs/designs/1-x/design.md", "# X\n"));
    expect(demand(await own.commit("design"))).toMatch(/^[0-9a-f]{40}$/);
    await own.close();
  });

  test.each([
    ["a file outside", "link", "link", () => "/etc/hostname"],
    ["a folder outside", "link", "link/x", () => "/tmp"],
    ["a file above", "link", "link", () => "../../x"],
    ["nothing", "link", "link", () => "/nowhere/at/all"],
    ["itself", "link", "link/x", () => "link"],
    ["a protected folder", "link", "link/new.yml", () => ".github/workflows"],
  ])("does not write through a link to %s", async (_, link, path, target) => {
    symlinkSync(target(), inTree(link));
    expect(await tree.write(path, "x")).toMatchObject({
      ok: false,
      failure: { reason: "path-refused" },
    });
    expect(lstatSync(inTree(link)).isSymbolicLink()).toBe(true);
    expect(existsSync(inTree(".github/workflows/new.yml"))).toBe(false);
  });

  test("does not read through a link that leads outside, and does through one that does not", async () => {
    symlinkSync("/etc/passwd", inTree("out"));
    symlinkSync("a.txt", inTree("in"));
    expect(await tree.read("out")).toMatchObject({
      ok: false,
      failure: { reason: "path-refused" },
    });
    expect(await tree.read("in")).toMatchObject({ ok: true, value: { text: "one\ntwo\n" } });
  });

  test("refuses what is too large and leaves the file as it was", async () => {
    expect(await tree.write("a.txt", "x".repeat(10_001))).toMatchObject({
      ok: false,
      failure: { reason: "path-refused" },
    });
    expect(readFileSync(inTree("a.txt"), "utf8")).toBe("one\ntwo\n");
    writeFileSync(inTree("big.bin"), Buffer.alloc(20_001, 7));
    expect(await tree.read("big.bin")).toEqual({
      ok: true,
      value: { kind: "binary", bytes: 20_001 },
    });
    expect(await tree.commit("big")).toMatchObject({
      ok: false,
      failure: { reason: "path-refused", path: "big.bin" },
    });
  });

  describe("commits nothing that a command smuggled in", () => {
    const refusal = async () => {
      const base = await tree.head();
      const result = await tree.commit("smuggle");
      expect(await tree.head()).toBe(base);
      return result.ok ? "committed" : result.failure;
    };

    test("a workflow", async () => {
      writeFileSync(inTree(".github/workflows/evil.yml"), "on: push\n");
      expect(await refusal()).toMatchObject({
        reason: "path-refused",
        path: ".github/workflows/evil.yml",
      });
    });

    test("the removal of a workflow", async () => {
      demand(await tree.write("b.txt", "b"));
      rmSync(inTree(".github"), { recursive: true });
      expect(await refusal()).toMatchObject({
        reason: "path-refused",
        path: ".github/workflows/ci.yml",
      });
    });

    test.each(["/etc/passwd", "../../outside", "src/../../x", ".git/config", "src/../.GIT/x"])(
      "a link to %s",
      async (target) => {
        symlinkSync(target, inTree("link"));
        expect(await refusal()).toMatchObject({ reason: "path-refused", path: "link" });
      },
    );

    test("a name that is not UTF-8", async () => {
      writeFileSync(
        Buffer.concat([Buffer.from(`${tree.directory}/`), Buffer.from([0x63, 0xe9])]),
        "x",
      );
      expect(await tree.changes()).toEqual(['"c\\351"']);
      expect(await refusal()).toMatchObject({ reason: "path-refused" });
    });

    test("a repository of its own", async () => {
      const inner = createSample({ "x.txt": "x" });
      cpSync(inner.directory, inTree("nested"), { recursive: true });
      inner.remove();
      expect(await refusal()).toMatchObject({
        reason: "path-refused",
        path: "nested",
        rule: "it is a submodule",
      });
    });

    test("a git folder at the root", async () => {
      const inner = createSample({ "x.txt": "x" });
      cpSync(join(inner.directory, ".git"), inTree(".git"), { recursive: true });
      writeFileSync(inTree(".git/config"), "[core]\n\tfsmonitor = touch /tmp/archwright-pwned\n");
      inner.remove();
      expect(await tree.changes()).toEqual([]);
      demand(await tree.write("b.txt", "b\n"));
      const head = demand(await tree.commit("b"));
      expect(
        (await workspace.changed(await demand(await workspace.resolve("HEAD")), head ?? "")).map(
          ({ path }) => path,
        ),
      ).toEqual(["b.txt"]);
      expect(existsSync("/tmp/archwright-pwned")).toBe(false);
    });

    test.each([
      ["one line", `a\nb\nconst token = "${KEY}";\n`, 3],
      [
        "a key block",
        `x\n-----BEGIN RSA PRIVATE KEY-----\n${"MIIEpAIBAAKCAQEA7y8z\n".repeat(4)}-----END RSA PRIVATE KEY-----\n`,
        2,
      ],
    ])("a secret in %s", async (_, text, line) => {
      demand(await tree.write("src/config.ts", text));
      expect(await refusal()).toEqual({ reason: "secret-in-change", path: "src/config.ts", line });
    });
  });

  test("what is no file is left out", async () => {
    execFileSync("mkfifo", [inTree("fifo")]);
    expect(await tree.changes()).toEqual([]);
    expect(await tree.read("fifo")).toMatchObject({
      ok: false,
      failure: { reason: "path-refused" },
    });
    expect(await tree.write("fifo", "x")).toMatchObject({
      ok: false,
      failure: { reason: "path-refused" },
    });
  });

  test("what the caller leaves out stays out, whatever its name", async () => {
    writeFileSync(inTree("left.txt"), "left\n");
    writeFileSync(inTree("a.txt"), "left too\n");
    const odd = Buffer.concat([Buffer.from(`${tree.directory}/`), Buffer.from([0x63, 0xe9])]);
    writeFileSync(odd, "x");
    demand(await tree.write("b.txt", "b\n"));
    const base = await tree.head();
    const except = ["left.txt", "a.txt", '"c\\351"'];
    const head = demand(await tree.commit("b", { except })) ?? "";
    expect((await workspace.changed(base, head)).map(({ path }) => path)).toEqual(["b.txt"]);
    expect((await tree.changes()).sort()).toEqual([...except].sort());
    expect(await tree.commit("again", { except })).toEqual({ ok: true, value: null });
  });

  test("a secret that was there before is nobody's fault", async () => {
    demand(await tree.write("old-secret.txt", `token ${KEY}\nand a line\n`));
    expect(demand(await tree.commit("add a line"))).not.toBeNull();
  });

  test("close removes the checkout and keeps the commits", async () => {
    demand(await tree.write("b.txt", "b\n"));
    const head = demand(await tree.commit("b"));
    await tree.close();
    expect(existsSync(tree.directory)).toBe(false);
    expect(readdirSync(join(sample.storage, "worktrees"))).toEqual([]);
    expect(await workspace.snapshot(head ?? "").read("b.txt")).toEqual({
      kind: "text",
      text: "b\n",
    });
    expect(demand(await workspace.resolve(head ?? ""))).toBe(head);
  });

  test("a command that cannot even start is an outcome, not an error", async () => {
    const other = await openTree(workspace);
    await other.close();
    expect(await other.run("unit", "true", limits, never())).toMatchObject({
      ended: "not-started",
      exitCode: null,
    });
  });

  test("two worktrees do not meet", async () => {
    const other = await openTree(workspace);
    demand(await tree.write("a.txt", "mine\n"));
    expect(await other.read("a.txt")).toMatchObject({ value: { text: "one\ntwo\n" } });
    expect(await other.changes()).toEqual([]);
    await other.close();
  });

  describe("tools for a model", () => {
    const call = async (name: string, input: unknown): Promise<string> => {
      const tool = tree.tools().find((candidate) => candidate.name === name);
      if (!tool) throw new Error(`no tool ${name}`);
      return tool.run(input, never()).catch((error: Error) => `failed: ${error.message}`);
    };

    test("are these, without a shell", () => {
      expect(tree.tools().map(({ name }) => name)).toEqual([
        "read",
        "glob",
        "grep",
        "write",
        "edit",
        "remove",
        "move",
      ]);
      for (const { input } of tree.tools())
        expect(input).toMatchObject({ type: "object", required: expect.any(Array) });
    });

    test("read, find and search, and name no folder of this machine", async () => {
      expect(await call("read", { file_path: "a.txt" })).toBe("one\ntwo\n");
      expect(await call("read", { file_path: "a.txt", view_range: [2, 2] })).toBe("two");
      expect(await call("glob", { pattern: "**/*.{txt,sh}" })).toBe(
        "a.txt\nold-secret.txt\nsrc/run.sh",
      );
      expect(await call("grep", { pattern: "^tw" })).toMatch(/^a\.txt:2:two\n?$/);
      expect(await call("grep", { pattern: "two", path: "src" })).toBe("no matches");
      for (const name of ["read", "write", "edit", "grep"]) {
        const input = {
          file_path: "../../x",
          path: "../../x",
          pattern: "x",
          content: "x",
          old_string: "x",
          new_string: "y",
        };
        const said = await call(name, input);
        expect(said).toMatch(/^failed: /);
        expect(said).not.toContain(sample.storage);
      }
    });

    test("write, edit, remove and move", async () => {
      await call("write", { file_path: "src/new/x.ts", content: "let a = 1;\n" });
      await call("edit", { file_path: "src/new/x.ts", old_string: "1", new_string: "$& 2" });
      expect(readFileSync(inTree("src/new/x.ts"), "utf8")).toBe("let a = $& 2;\n");
      expect(
        await call("edit", { file_path: "src/new/x.ts", old_string: "absent", new_string: "" }),
      ).toMatch(/^failed: .*not found/);
      expect(await call("move", { from: "src/new/x.ts", to: "src/y.ts" })).toBe(
        "moved src/new/x.ts to src/y.ts",
      );
      expect(await call("move", { from: "src/y.ts", to: "a.txt" })).toMatch(
        /^failed: .*something already/,
      );
      expect(await call("remove", { file_path: "src/y.ts" })).toBe("removed src/y.ts");
      expect(await call("remove", { file_path: "src" })).toMatch(/^failed: .*folder/);
      const entries = await workspace
        .snapshot(demand(await tree.commit("none")) ?? (await tree.head()))
        .list();
      expect(entries.map(({ path }) => path)).not.toContain("src/y.ts");
    });

    test.each([
      ["write", { file_path: ".git/hooks/pre-commit", content: "x" }],
      ["write", { file_path: ".github/workflows/ci.yml", content: "x" }],
      ["write", { file_path: "../escape.txt", content: "x" }],
      ["write", { file_path: "/tmp/archwright-escape.txt", content: "x" }],
      ["write", { file_path: "big.txt", content: "x".repeat(10_001) }],
      ["write", { file_path: "a.txt" }],
      ["write", null],
      ["edit", { file_path: ".github/workflows/ci.yml", old_string: "push", new_string: "x" }],
      ["remove", { file_path: ".github/workflows/ci.yml" }],
      ["move", { from: ".github/workflows/ci.yml", to: "ci.yml" }],
      ["read", { file_path: "/etc/passwd" }],
      ["read", { file_path: "out" }],
      ["write", { file_path: "out", content: "x" }],
      ["glob", { pattern: "../**" }],
      ["glob", { pattern: "/etc/*" }],
      ["grep", { pattern: "(" }],
    ])("refuse %s %j", async (name, input) => {
      symlinkSync("/etc/passwd", inTree("out"));
      expect(await call(name, input)).toMatch(/^failed: /);
      expect(await tree.changes()).toEqual(["out"]);
    });

    test("do not show binary files as text", async () => {
      writeFileSync(inTree("x.bin"), Buffer.from([0, 1, 2]));
      expect(await call("read", { file_path: "x.bin" })).toMatch(/^failed: x.bin is not text/);
    });

    test("stop when the run is stopped", async () => {
      const aborted = AbortSignal.abort(new Error("stopped"));
      const tool = tree.tools().find(({ name }) => name === "write");
      await expect(tool?.run({ file_path: "z.txt", content: "z" }, aborted)).rejects.toThrow();
      expect(existsSync(inTree("z.txt"))).toBe(false);
    });
  });
});
