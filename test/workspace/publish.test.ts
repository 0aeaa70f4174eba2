import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Workspace } from "../../src/workspace/port.ts";
import { createSample, demand, openSample, openTree, type Sample } from "./repository.ts";

describe("publish and keep", () => {
  let sample: Sample;
  let workspace: Workspace;
  let base: string;
  let head: string;
  let next: string;

  const make = async (from: string, name: string) => {
    const tree = await openTree(workspace, from);
    demand(await tree.write(name, `${name}\n`));
    const made = demand(await tree.commit(name));
    await tree.close();
    return made ?? "";
  };

  beforeAll(async () => {
    sample = createSample({ "a.txt": "a\n" });
    workspace = await openSample(sample);
    base = demand(await workspace.resolve("main"));
    head = await make(base, "b.txt");
    next = await make(head, "c.txt");
  });
  afterAll(() => sample.remove());

  const refOf = (ref: string) => sample.git("rev-parse", ref).trim();

  test("makes a branch whose objects are the user's, and moves it forward", async () => {
    expect(await workspace.branchHead("feature/x")).toBeNull();
    demand(await workspace.publish("feature/x", head, null));
    demand(await workspace.publish("feature/x", next, head));
    expect(await workspace.branchHead("feature/x")).toBe(next);
    sample.git("fsck", "--strict");
    expect(sample.git("show", "feature/x:c.txt")).toBe("c.txt\n");
    expect(sample.git("status", "--short")).toBe("");
    const author = sample.git("log", "-1", "--format=%an %cn", "feature/x").trim();
    expect(author).toBe("Archwright Archwright");
  });

  test("the branch outlives the harness's own data", async () => {
    const other = createSample({ "a.txt": "a\n" });
    const own = await openSample(other);
    const tree = await openTree(own);
    demand(await tree.write("b.txt", "b.txt\n"));
    demand(await own.publish("x", demand(await tree.commit("b")) ?? "", null));
    rmSync(other.storage, { recursive: true });
    other.git("gc", "--quiet", "--prune=now");
    other.git("fsck", "--strict");
    expect(other.git("show", "x:b.txt")).toBe("b.txt\n");
    await tree.close();
    other.remove();
  });

  test("publishing again is no change", async () => {
    demand(await workspace.publish("again", head, null));
    demand(await workspace.publish("again", head, null));
    expect(refOf("again")).toBe(head);
  });

  test("never moves a branch that is not where it was", async () => {
    sample.git("branch", "moved", base);
    expect(await workspace.publish("moved", head, null)).toEqual({
      ok: false,
      failure: { reason: "branch-moved", branch: "moved", expected: null, actual: base },
    });
    expect(await workspace.publish("y", next, head)).toEqual({
      ok: false,
      failure: { reason: "branch-moved", branch: "y", expected: head, actual: null },
    });
    expect(refOf("moved")).toBe(base);
  });

  test("never moves a branch that a work tree stands on", async () => {
    expect(await workspace.publish("main", head, base)).toEqual({
      ok: false,
      failure: { reason: "branch-checked-out", branch: "main", path: sample.directory },
    });
    expect(refOf("main")).toBe(base);
    sample.git("worktree", "add", "--quiet", "-b", "side", "../side", base);
    expect(await workspace.publish("side", head, base)).toMatchObject({
      failure: { reason: "branch-checked-out" },
    });
  });

  test("never moves a branch back or aside", async () => {
    demand(await workspace.publish("back", next, null));
    expect(await workspace.publish("back", head, next)).toMatchObject({
      failure: { reason: "git-failed" },
    });
    const aside = await make(base, "d.txt");
    expect(await workspace.publish("back", aside, next)).toMatchObject({
      failure: { reason: "git-failed" },
    });
    expect(refOf("back")).toBe(next);
  });

  test("leaves work behind only where the caller says so, and still only from where it was", async () => {
    const aside = await make(base, "e.txt");
    demand(await workspace.publish("replaced", next, null));
    const wrong = await workspace.publish("replaced", aside, head, { replace: true });
    expect(wrong).toMatchObject({ failure: { reason: "branch-moved", actual: next } });
    demand(await workspace.publish("replaced", aside, next, { replace: true }));
    expect(refOf("replaced")).toBe(aside);
  });

  test.each(["", "a..b", "-x", "x.lock", "a b", "refs/../x", "@{1}", "x~1"])(
    "refuses the branch name %j",
    async (name) => {
      expect(await workspace.publish(name, head, null)).toMatchObject({
        failure: { reason: "git-failed" },
      });
    },
  );

  test("of several writers at once one wins", async () => {
    const heads = await Promise.all(["p", "q", "r", "s"].map((name) => make(base, `${name}.txt`)));
    const results = await Promise.all(heads.map((each) => workspace.publish("race", each, null)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results) {
      if (!result.ok) expect(result.failure.reason).toBe("branch-moved");
    }
    expect(heads).toContain(refOf("race"));
  });

  test("keeps unfinished work reachable, and replaces it", async () => {
    demand(await workspace.keep("1/BUILD_01", head));
    demand(await workspace.keep("1/BUILD_01", next));
    expect(refOf("refs/archwright/work/1/BUILD_01")).toBe(next);
    expect(sample.git("branch", "--list", "--all")).not.toContain("BUILD_01");
    expect(demand(await workspace.resolve("refs/archwright/work/1/BUILD_01"))).toBe(next);
  });

  test("a stopped process's work is found by another", async () => {
    const later = await openSample(sample);
    expect(await later.snapshot(next).read("c.txt")).toMatchObject({ text: "c.txt\n" });
    const tree = await openTree(later, next);
    expect(await tree.head()).toBe(next);
    await tree.close();
  });

  test("a diff says where it was cut", async () => {
    const whole = await workspace.diff(base, next);
    expect(whole).toContain("+c.txt");
    expect(await workspace.diff(base, next, { paths: ["c.txt"] })).not.toContain("b.txt");
    const cut = await workspace.diff(base, next, { limit: 150 });
    expect(cut).toMatch(/\n\[diff cut at 150 bytes\]\n$/);
    expect(Buffer.byteLength(cut)).toBeLessThan(200);
  });

  test("a revision that is none is told", async () => {
    for (const revision of ["absent", "--all", "-n1", "", "main^{tree}", "a\nb", "\0"]) {
      expect(await workspace.resolve(revision)).toMatchObject({
        ok: false,
        failure: { reason: "git-failed" },
      });
    }
  });
});
