import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { defaultProtectedPaths } from "../../src/workspace/check-path.ts";
import { openWorkspace } from "../../src/workspace/git/open-workspace.ts";
import {
  createSample,
  demand,
  environment,
  fingerprint,
  limits,
  never,
  openSample,
  openTree,
  type Sample,
} from "./repository.ts";

const open = (repository: string, storage: string, path = environment.PATH) =>
  openWorkspace({
    repository,
    storage,
    isolation: "none",
    protectedPaths: defaultProtectedPaths,
    environment: { ...environment, PATH: path },
  });

describe("openWorkspace refuses by name", () => {
  let base: string;
  beforeAll(async () => {
    base = realpathSync(await mkdtemp(join(tmpdir(), "archwright-open-")));
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  test("a folder without a repository", async () => {
    expect(await open(base, join(base, "s"))).toEqual({
      ok: false,
      failure: { reason: "not-a-repository", path: base },
    });
    expect(existsSync(join(base, "s"))).toBe(false);
  });

  test("a folder that is not there, and a file", async () => {
    writeFileSync(join(base, "file"), "");
    for (const path of [join(base, "absent"), join(base, "file")]) {
      expect(await open(path, join(base, "s"))).toEqual({
        ok: false,
        failure: { reason: "not-a-repository", path },
      });
    }
  });

  test("a repository without a commit", async () => {
    const sample = createSample();
    sample.write("a.txt", "not committed\n");
    expect(await open(sample.directory, sample.storage)).toMatchObject({
      failure: { reason: "no-commits" },
    });
    sample.remove();
  });

  test("a broken repository, with git's words", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    sample.write(".git/config", "[core\n");
    expect(await open(sample.directory, sample.storage)).toMatchObject({
      failure: { reason: "git-failed", detail: expect.stringMatching(/config/) },
    });
    sample.remove();
  });

  test("a machine without git", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    await mkdir(join(base, "bin"));
    expect(await open(sample.directory, sample.storage, join(base, "bin"))).toEqual({
      ok: false,
      failure: { reason: "git-missing" },
    });
    sample.remove();
  });

  test("a storage that cannot be made", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    expect(await open(sample.directory, join(base, "file", "s"))).toMatchObject({
      failure: { reason: "git-failed", detail: expect.stringMatching(/^(ENOTDIR|EEXIST)/) },
    });
    sample.remove();
  });
});

describe("openWorkspace takes", () => {
  test("a folder inside a work tree", async () => {
    const sample = createSample({ "deep/er/a.txt": "a\n" });
    const workspace = await openSample(sample, { repository: join(sample.directory, "deep/er") });
    const snapshot = workspace.snapshot(demand(await workspace.resolve("HEAD")));
    expect((await snapshot.list()).map(({ path }) => path)).toEqual(["deep/er/a.txt"]);
    sample.remove();
  });

  test("a linked work tree, and sees its branch as checked out", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    sample.git("worktree", "add", "--quiet", "-b", "side", "../side");
    const workspace = await openSample(sample, {
      repository: join(dirname(sample.directory), "side"),
    });
    expect(await workspace.branchHead("side")).toBe(demand(await workspace.resolve("main")));
    sample.remove();
  });

  test("a bare repository", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    sample.git("clone", "--quiet", "--bare", ".", "../bare.git");
    const workspace = await openSample(sample, {
      repository: join(dirname(sample.directory), "bare.git"),
    });
    const tree = await openTree(workspace, "main");
    demand(await tree.write("b.txt", "b\n"));
    demand(await workspace.publish("work", demand(await tree.commit("b")) ?? "", null));
    expect(await workspace.branchHead("work")).not.toBeNull();
    await tree.close();
    sample.remove();
  });

  test("a detached head, and a branch without a commit beside others", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    sample.git("checkout", "--quiet", "--detach");
    const detached = await openSample(sample);
    expect(demand(await detached.resolve("HEAD"))).toMatch(/^[0-9a-f]{40}$/);
    sample.git("checkout", "--quiet", "--orphan", "fresh");
    const orphan = await openSample(sample);
    expect(await orphan.resolve("HEAD")).toMatchObject({ failure: { reason: "git-failed" } });
    expect(demand(await orphan.resolve("main"))).toMatch(/^[0-9a-f]{40}$/);
    sample.remove();
  });

  test("a shallow clone and a repository with SHA-256", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    sample.write("a.txt", "b\n");
    sample.commit("second");
    sample.git("clone", "--quiet", "--depth", "1", `file://${sample.directory}`, "../shallow");
    const shallow = await openSample(sample, {
      repository: join(dirname(sample.directory), "shallow"),
    });
    const tree = await openTree(shallow);
    demand(await tree.write("b.txt", "b\n"));
    const head = demand(await tree.commit("third")) ?? "";
    demand(await shallow.publish("work", head, null));
    expect(await shallow.commits(demand(await shallow.resolve("main")), head)).toHaveLength(1);
    await tree.close();

    sample.git("init", "--quiet", "--object-format=sha256", "-b", "main", "../long");
    sample.git("-C", "../long", "commit", "--quiet", "--allow-empty", "-m", "x");
    const long = await openSample(sample, {
      repository: join(dirname(sample.directory), "long"),
      storage: `${sample.storage}-long`,
    });
    const other = await openTree(long);
    demand(await other.write("b.txt", "b\n"));
    const made = demand(await other.commit("b")) ?? "";
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    demand(await long.publish("work", made, null));
    await other.close();
    sample.remove();
  });

  test("a worktree that a killed process left is removed at the next start", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    const left = join(sample.storage, "worktrees/left");
    mkdirSync(join(left, "tree"), { recursive: true });
    writeFileSync(join(left, "owner.json"), JSON.stringify({ pid: 2 ** 22 + 1, scratch: "/etc" }));
    const workspace = await openSample(sample);
    const tree = await openTree(workspace);
    await openSample(sample);
    expect(readdirSync(join(sample.storage, "worktrees"))).toHaveLength(1);
    expect(existsSync(tree.directory)).toBe(true);
    await tree.close();
    sample.remove();
  });
});

describe("the user's repository", () => {
  /** A repository whose every way of running something leaves a mark. */
  const createTrap = (): { sample: Sample; mark: string } => {
    const sample = createSample({
      "a.txt": "one\ntwo\n",
      "b.trap": "filtered\n",
      "crlf.txt": "one\r\n",
      "sub/c.txt": "c\n",
    });
    const mark = join(dirname(sample.directory), "mark");
    const trap = `sh -c 'echo ran >> "${mark}"; cat'`;
    for (const hook of [
      "post-checkout",
      "pre-commit",
      "post-commit",
      "reference-transaction",
      "post-index-change",
      "pre-auto-gc",
      "post-merge",
      "update",
    ]) {
      sample.write(`.git/hooks/${hook}`, `#!/bin/sh\necho ${hook} >> "${mark}"\n`);
    }
    const settings = [
      ["filter.trap.clean", trap],
      ["filter.trap.smudge", trap],
      ["filter.trap.process", trap],
      ["filter.trap.required", "true"],
      ["diff.trap.command", trap],
      ["diff.trap.textconv", trap],
      ["diff.external", trap],
      ["merge.trap.driver", trap],
      ["core.fsmonitor", trap],
      ["core.pager", trap],
      ["core.editor", trap],
      ["core.alternateRefsCommand", trap],
      ["uploadpack.packObjectsHook", trap],
      ["core.autocrlf", "true"],
      ["commit.gpgSign", "true"],
      ["gpg.program", trap],
      ["fetch.recurseSubmodules", "true"],
      ["grep.patternType", "fixed"],
      ["color.ui", "always"],
      ["diff.noprefix", "true"],
      ["core.quotePath", "false"],
    ] as const;
    for (const [name, value] of settings) sample.git("config", name, value);
    sample.write(
      ".git/info/attributes",
      "*.trap filter=trap diff=trap merge=trap\n* text=auto eol=crlf\n",
    );
    return { sample, mark };
  };

  test("is byte for byte as it was, whatever is done, and nothing of it is executed", async () => {
    const { sample, mark } = createTrap();
    for (const hook of readdirSync(join(sample.directory, ".git/hooks"))) {
      chmodSync(join(sample.directory, ".git/hooks", hook), 0o755);
    }
    sample.write("a.txt", "dirty\n");
    sample.write("untracked.txt", "untracked\n");
    const before = fingerprint(sample.directory);

    const workspace = await openSample(sample);
    const base = demand(await workspace.resolve("main"));
    const tree = await openTree(workspace, "main");
    expect(await tree.read("b.trap")).toMatchObject({ value: { text: "filtered\n" } });
    expect(await tree.read("crlf.txt")).toMatchObject({ value: { text: "one\r\n" } });
    expect(await tree.changes()).toEqual([]);
    demand(await tree.write("b.trap", "changed\n"));
    demand(await tree.write(".gitignore", "x\n"));
    demand(await tree.write("new.txt", "new\r\n"));
    await tree.run(
      "unit",
      "git config --global x.y z; git init . ; git add -A; git config core.fsmonitor 'touch gotcha'; echo done",
      limits,
      never(),
    );
    const head = demand(await tree.commit("change")) ?? "";
    const snapshot = workspace.snapshot(head);
    expect(await snapshot.read("b.trap")).toEqual({ kind: "text", text: "changed\n" });
    expect(await snapshot.read("new.txt")).toEqual({ kind: "text", text: "new\r\n" });
    expect(await snapshot.grep("chang.d", [], 5)).toHaveLength(1);
    const diff = await workspace.diff(base, head);
    expect(diff).toContain("diff --git a/b.trap b/b.trap");
    expect(diff).toContain("+changed");
    expect((await workspace.changed(base, head)).map(({ path }) => path).sort()).toEqual([
      ".gitignore",
      "b.trap",
      "new.txt",
    ]);
    await tree.close();
    expect(fingerprint(sample.directory)).toBe(before);

    demand(await workspace.publish("archwright/1", head, null));
    demand(await workspace.keep("1", head));
    expect(existsSync(mark)).toBe(false);
    // The trap does spring for a git that is not careful: the check above can fail.
    expect(() => sample.git("add", "b.trap")).toThrow();
    expect(existsSync(mark)).toBe(true);
    sample.remove();
  });

  test("does not let committed attributes change bytes or hide differences", async () => {
    const rules = [
      "*.txt text eol=crlf",
      "*.id ident",
      "*.u16 working-tree-encoding=UTF-16",
      "*.hide -diff",
      "*.lfs filter=lfs diff=lfs merge=lfs -text",
    ];
    const sample = createSample();
    const files = {
      "a.txt": "one\n",
      "b.id": "$Id$\n",
      "c.u16": "plain\n",
      "d.hide": "one\n",
      "e.lfs": "version https://git-lfs\n",
      "f.txt": "mixed\r\n",
    };
    for (const [path, content] of Object.entries(files)) sample.write(path, content);
    sample.commit("files");
    sample.write(".gitattributes", `${rules.join("\n")}\n`);
    sample.git("add", ".gitattributes");
    sample.git("commit", "--quiet", "-m", "attributes");
    const workspace = await openSample(sample);
    const tree = await openTree(workspace);
    const base = await tree.head();
    for (const [path, text] of Object.entries(files)) {
      expect(await tree.read(path)).toEqual({ ok: true, value: { kind: "text", text } });
    }
    expect(await tree.changes()).toEqual([]);
    demand(await tree.write("f.txt", "mixed\r\nlines\n"));
    demand(await tree.write("d.hide", "two\n"));
    const head = demand(await tree.commit("change")) ?? "";
    expect(await workspace.snapshot(head).read("f.txt")).toMatchObject({
      text: "mixed\r\nlines\n",
    });
    expect(await workspace.diff(base, head, { paths: ["d.hide"] })).toContain("-one\n+two\n");
    expect(await workspace.changed(base, head)).toContainEqual({
      path: "d.hide",
      from: null,
      status: "modified",
      added: 1,
      removed: 1,
      binary: false,
    });
    await tree.close();
    sample.remove();
  });

  test("keeps everything but refs and objects when work is published", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    sample.write("a.txt", "dirty\n");
    sample.git("add", "a.txt");
    sample.write("a.txt", "dirtier\n");
    const own = [".git/refs", ".git/objects", ".git/logs/refs"];
    const before = fingerprint(sample.directory, own);
    const status = sample.git("status", "--porcelain=v2", "--branch");
    const settled = fingerprint(sample.directory, own);
    const workspace = await openSample(sample, {
      storage: join(sample.directory, ".git/archwright"),
    });
    const tree = await openTree(workspace);
    demand(await tree.write("b.txt", "b\n"));
    const head = demand(await tree.commit("b")) ?? "";
    demand(await workspace.publish("work", head, null));
    demand(await workspace.keep("work", head));
    await tree.close();
    expect(before).toHaveLength(64);
    expect(fingerprint(sample.directory, [...own, ".git/archwright"])).toBe(settled);
    expect(sample.git("status", "--porcelain=v2", "--branch")).toBe(status);
    expect(sample.git("worktree", "list").trim().split("\n")).toHaveLength(1);
    expect(sample.git("stash", "list")).toBe("");
    sample.remove();
  });

  test("cannot be reached by git from a worktree inside its folder", async () => {
    const sample = createSample({ "a.txt": "a\n" });
    const workspace = await openSample(sample, {
      storage: join(sample.directory, ".git/archwright"),
    });
    const tree = await openTree(workspace);
    const outcome = await tree.run(
      "unit",
      "git config --local core.pager evil || git commit --allow-empty -m evil",
      limits,
      never(),
    );
    expect(outcome.exitCode).not.toBe(0);
    expect(sample.git("config", "--list", "--local")).not.toContain("evil");
    await tree.close();
    sample.remove();
  });
});
