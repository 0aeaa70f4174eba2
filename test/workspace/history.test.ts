import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { History } from "../../src/workspace/port.ts";
import { createSample, demand, openSample, type Sample } from "./repository.ts";

let sample: Sample;
beforeEach(() => {
  sample = createSample();
});
afterEach(() => sample.remove());

async function read(
  of: Sample = sample,
  { most = 100, cache = "cache", revision = "HEAD" } = {},
): Promise<History> {
  const workspace = await openSample(of, { cache: join(of.storage, cache) });
  const commit = demand(await workspace.resolve(revision));
  return await workspace.snapshot(commit).history({ most });
}

const plain = ({ commits, shallow }: History) => ({ commits: [...commits], shallow });

test("newest first, with what each commit touched; merges tell nothing", async () => {
  sample.write("a.txt", "1");
  sample.commit("first\n\nbody of the message");
  sample.git("switch", "--quiet", "-c", "side");
  sample.write("side.txt", "1");
  sample.commit("beside");
  sample.git("switch", "--quiet", "main");
  sample.write("a.txt", "2");
  sample.write("b.txt", "1");
  sample.commit("second");
  sample.git("merge", "--quiet", "--no-edit", "side");
  sample.git("rm", "--quiet", "b.txt");
  const head = sample.commit("third");
  const { commits, shallow } = await read();
  expect(shallow).toBe(false);
  expect(commits[0]).toMatchObject({ id: head, subject: "third", paths: ["b.txt"] });
  const told = Object.fromEntries(commits.map(({ subject, paths }) => [subject, paths]));
  expect(told).toEqual({
    third: ["b.txt"],
    second: ["a.txt", "b.txt"],
    beside: ["side.txt"],
    first: ["a.txt"],
  });
  expect(Math.abs((commits[0]?.at ?? 0) - Date.now() / 1_000)).toBeLessThan(600);
});

test("at most so many", async () => {
  for (const word of ["one", "two", "three"]) sample.commit(word);
  const { commits } = await read(sample, { most: 2 });
  expect(commits.map(({ subject }) => subject)).toEqual(["three", "two"]);
});

test("no subject and no name is taken for anything else", async () => {
  sample.write("first.txt", "1");
  const first = sample.commit("\u001e1234 5 subject\u001f\u0007 M\u001b[31m");
  const names = [
    ...["line\nbreak.txt", "M", "A\nM", first, `${first} 1 x`, "\u001e", "\u001ename", ":100644"],
    ...[" lead", "tail ", "日本語.txt", '"quoted"', "tab\t", "back\\slash"],
  ];
  for (const name of names) sample.write(name, name);
  sample.write(Buffer.from([0x63, 0xe9, 0x2e]), "latin name");
  sample.commit("M\tA:100644 \u0000".replace("\u0000", "\u0085"));
  sample.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", "");
  const { commits } = await read();
  expect(commits.map(({ paths }) => paths.length)).toEqual([0, names.length + 1, 1]);
  const quoted = names.map((name) => (name === '"quoted"' ? '"\\042quoted\\042"' : name));
  expect(new Set(commits[1]?.paths)).toEqual(new Set([...quoted, '"c\\351."']));
  expect(commits[2]).toMatchObject({
    id: first,
    subject: "\u001e1234 5 subject\u001f\u0007 M\u001b[31m",
  });
});

test("a subject that is not UTF-8 is made so, and a very long one is cut", async () => {
  const message = join(sample.directory, "../message");
  writeFileSync(message, Buffer.from("caf\u00e9\n", "latin1"));
  sample.git(
    "-c",
    "i18n.commitEncoding=ISO-8859-1",
    ...["commit", "--quiet", "--allow-empty", "-F", message],
  );
  sample.commit("x".repeat(2_000));
  const { commits } = await read();
  expect(commits.map(({ subject }) => subject)).toEqual(["x".repeat(500), "café"]);
});

test("a renamed file is one that went and one that came", async () => {
  sample.write("old.txt", "the very same text\n".repeat(9));
  sample.commit("first");
  sample.git("mv", "old.txt", "new.txt");
  sample.commit("moved");
  expect((await read()).commits[0]?.paths).toEqual(["new.txt", "old.txt"]);
});

const kept = (): string[] =>
  readdirSync(join(sample.storage, "cache")).filter((name) => name.startsWith("history-"));

test("what was kept of other commits does not change what is told", async () => {
  const clock = 1_700_000_000;
  const commit = (name: string, at: number) => {
    sample.write(`${name}.txt`, name);
    sample.git("add", "--all");
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", name],
      {
        cwd: sample.directory,
        env: {
          ...process.env,
          GIT_COMMITTER_DATE: `${clock + at} +0000`,
          GIT_AUTHOR_DATE: `${clock} +0000`,
        },
      },
    );
  };
  // Two branches whose commits interleave, one of them with a clock that goes back.
  for (const [index, at] of [0, 20, 40].entries()) commit(`main-${index}`, at);
  sample.git("switch", "--quiet", "-c", "side", "HEAD~1");
  for (const [index, at] of [30, 10, 50].entries()) commit(`side-${index}`, at);
  sample.git("switch", "--quiet", "main");
  await read(sample, { revision: "side" });
  await read(sample, { revision: "main" });
  sample.git("merge", "--quiet", "--no-edit", "side");
  for (const most of [2, 5, 100]) {
    const extended = await read(sample, { most });
    const anew = await read(sample, { most, cache: `apart-${most}` });
    expect(plain(extended)).toEqual(plain(anew));
    expect(plain(await read(sample, { most }))).toEqual(plain(anew));
  }
});

test("only so many pasts are kept", async () => {
  for (let turn = 0; turn < 9; turn++) {
    sample.commit(`turn ${turn}`);
    await read();
  }
  expect(kept().length).toBeLessThan(7);
});

function shallowClone(depth: number): Sample {
  const storage = join(sample.storage, "../shallow-storage");
  const directory = join(sample.storage, "../shallow");
  sample.git("clone", "--quiet", `--depth=${depth}`, `file://${sample.directory}`, directory);
  mkdirSync(storage, { recursive: true });
  return { ...sample, directory, storage };
}

test.each([
  [1, [], true],
  [2, ["third"], true],
  [3, ["third", "second", "first"], false],
])("a clone of depth %s tells of %j, cut off: %s", async (depth, subjects, cut) => {
  for (const [name, subject] of [
    ["a.txt", "first"],
    ["b.txt", "second"],
    ["c.txt", "third"],
  ]) {
    sample.write(name ?? "", "1");
    sample.commit(subject);
  }
  const { commits, shallow } = await read(shallowClone(depth));
  expect(commits.map(({ subject }) => subject)).toEqual(subjects);
  expect(shallow).toBe(cut);
});

test("a past that grows at its old end is not told from before", async () => {
  for (const name of ["a.txt", "b.txt", "c.txt"]) {
    sample.write(name, "1");
    sample.commit(name);
  }
  const clone = shallowClone(2);
  expect((await read(clone)).commits).toHaveLength(1);
  execFileSync("git", ["fetch", "--quiet", "--unshallow"], { cwd: clone.directory });
  const whole = await read(clone);
  expect(whole.shallow).toBe(false);
  expect(whole.commits.map(({ paths }) => paths)).toEqual([["c.txt"], ["b.txt"], ["a.txt"]]);
});

test("a past that git cannot read is one that was cut off", async () => {
  sample.write("a.txt", "1");
  sample.commit("first");
  sample.write("a.txt", "2");
  sample.commit("second");
  const tree = sample.git("rev-parse", "HEAD~1^{tree}").trim();
  rmSync(join(sample.directory, ".git/objects", tree.slice(0, 2), tree.slice(2)));
  expect(await read()).toEqual({ commits: [], shallow: true });
});
