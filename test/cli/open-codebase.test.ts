import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openCodebase } from "../../src/cli/open-codebase.ts";
import { showIndexing } from "../../src/cli/show-indexing.ts";
import { createSample, demand, fingerprint, type Sample } from "../workspace/repository.ts";

let sample: Sample;
beforeEach(() => {
  sample = createSample({ "src/a.ts": "export class Alpha {}\n", "README.md": "# Sample\n" });
});
afterEach(() => {
  delete process.env.ARCHWRIGHT_CACHE;
  sample.remove();
});

const own = ".git/archwright";

test("the head of any folder in a work tree, and nothing is written but inside git's folder", async () => {
  const before = fingerprint(sample.directory, [own]);
  const opened = demand(await openCodebase({ repo: join(sample.directory, "src") }));
  expect(opened).toMatchObject({ root: sample.directory, commit: opened.codebase.commit });
  expect(opened.codebase.symbolsNamed("Alpha")).toMatchObject([{ path: "src/a.ts" }]);
  expect(opened.codebase.made.cache).toBe("made");
  expect(fingerprint(sample.directory, [own])).toBe(before);
  const again = demand(await openCodebase({ repo: sample.directory }));
  expect(again.codebase.made).toMatchObject({ cache: "used", read: 0 });
});

test("another commit, a linked work tree and a bare clone", async () => {
  sample.write("src/b.ts", "export class Beta {}\n");
  sample.commit("second");
  const former = demand(await openCodebase({ repo: sample.directory, commit: "HEAD~1" }));
  expect(former.codebase.file("src/b.ts")).toBeNull();
  const linked = join(sample.storage, "linked");
  sample.git("worktree", "add", "--quiet", "--detach", linked, "HEAD~1");
  const there = demand(await openCodebase({ repo: linked }));
  expect(there.commit).toBe(former.commit);
  expect(there.codebase.made).toMatchObject({ cache: "used", read: 0 });
  const bare = join(sample.storage, "bare.git");
  sample.git("clone", "--quiet", "--bare", sample.directory, bare);
  const cloned = demand(await openCodebase({ repo: bare }));
  expect(cloned.codebase.symbolsNamed("Beta")).toHaveLength(1);
});

test.each(["option", "environment"])("the index is kept where the %s says", async (by) => {
  const cache = join(sample.storage, "kept");
  if (by === "environment") process.env.ARCHWRIGHT_CACHE = cache;
  const options = by === "option" ? { cache } : {};
  demand(await openCodebase({ repo: sample.directory, ...options }));
  expect(readdirSync(cache).some((name) => name.startsWith("index-"))).toBe(true);
  expect(existsSync(join(sample.directory, own, "cache"))).toBe(false);
});

test("where git's folder takes nothing it works all the same, and says that nothing is kept", async () => {
  writeFileSync(join(sample.directory, own), "a file where a folder would be");
  const opened = demand(await openCodebase({ repo: sample.directory }));
  expect(opened.codebase.made.cache).toBe("unwritable");
  expect(opened.codebase.symbolsNamed("Alpha")).toHaveLength(1);
});

test("a folder of temporary files that was needed goes with the process", () => {
  writeFileSync(join(sample.directory, own), "a file where a folder would be");
  const temporary = join(sample.storage, "temporary");
  mkdirSync(temporary, { recursive: true });
  const script = join(import.meta.dirname, "../../src/cli.ts");
  const parameters = ["--disable-warning=ExperimentalWarning", script, "context"];
  const call = [...parameters, "--repo", sample.directory, "--query", "alpha", "--json"];
  const environment = { PATH: process.env.PATH, TMPDIR: temporary };
  const output = execFileSync(process.execPath, call, { env: environment, encoding: "utf8" });
  expect(JSON.parse(output)).toMatchObject({ files: [{ path: "src/a.ts" }] });
  expect(readdirSync(temporary)).toEqual([]);
});

test("what cannot be opened is said by its reason", async () => {
  const reason = async (repo: string, commit?: string) => {
    const opened = await openCodebase(commit === undefined ? { repo } : { repo, commit });
    return opened.ok ? "opened" : opened.failure.reason;
  };
  const empty = createSample();
  expect(await reason(empty.directory)).toBe("no-commits");
  empty.remove();
  expect(await reason(join(sample.directory, "nowhere"))).toBe("not-a-repository");
  mkdirSync(sample.storage, { recursive: true });
  expect(await reason(sample.storage)).toBe("not-a-repository");
  expect(await reason(sample.directory, "nothing")).toBe("git-failed");
  expect(await reason(sample.directory, "--all")).toBe("git-failed");
  const tree = sample.git("rev-parse", "HEAD^{tree}").trim();
  rmSync(join(sample.directory, ".git/objects", tree.slice(0, 2), tree.slice(2)));
  expect(await reason(sample.directory)).toBe("git-failed");
});

test("a log is told of long work every five seconds at most, in plain characters", () => {
  const lines: string[] = [];
  let now = 0;
  const terminal = { out: () => {}, err: (text: string) => void lines.push(text) };
  const rest = { interactive: false, colours: false, ask: async () => null };
  const shown = showIndexing({ ...terminal, ...rest }, () => now);
  for (const [time, text] of [
    [6_000, "one\u001b[31m"],
    [8_000, "two"],
    [12_000, "three"],
  ] as const) {
    now = time;
    shown.progress({ kind: "note", text });
  }
  shown.close();
  expect(lines).toHaveLength(2);
  expect(lines[0]).not.toContain("\u001b");
  expect(lines[1]).toBe("three");
});
