import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { IndexReport } from "../../../src/codebase/codebase.ts";
import { decodeRecord } from "../../../src/codebase/index/encode-record.ts";
import { planReading } from "../../../src/codebase/index/plan-reading.ts";
import { readMissing } from "../../../src/codebase/index/read-missing.ts";
import { readingVersion } from "../../../src/codebase/index/reading-version.ts";
import { listSegments, writeSegment } from "../../../src/codebase/index/record-store.ts";
import { type Readers, startReaders } from "../../../src/codebase/index/start-workers.ts";
import { tidyCache } from "../../../src/codebase/index/tidy-cache.ts";
import { loadCodebase } from "../../../src/codebase/load-codebase.ts";
import { openCache } from "../../../src/workspace/git/open-cache.ts";
import { createSample, type Sample } from "../../workspace/repository.ts";
import { load, snapshotOf, tell } from "./load-sample.ts";

const texts = {
  "a.ts": 'import { b } from "./b.ts";\nexport class Alpha { run() {} }\n',
  "b.ts": "export const b = 1;\n",
  "c.py": "class Gamma(Base):\n    def go(self):\n        pass\n",
  "d.md": "# Delta\n",
  "e.json": '{"epsilon":1}\n',
  "deep/f.go": "package deep\n\nfunc Zeta() {}\n",
  "deep/same.go": "package deep\n\nfunc Zeta() {}\n",
  "g.test.ts": "export class Eta {}\n",
  "h.blob": "\0binary",
};

let sample: Sample;
let cache: string;

beforeEach(() => {
  sample = createSample(texts);
  cache = join(sample.storage, "shared");
});
afterEach(() => sample.remove());

const segments = (): string[] => readdirSync(cache).filter((name) => name.startsWith("index-"));

test("the second time nothing is read, and all is the same", async () => {
  const cold = await load(sample, { cache });
  const warm = await load(sample, { cache });
  expect(cold.made).toMatchObject({ cache: "made", read: 9, files: 9 });
  expect(warm.made).toMatchObject({ cache: "used", read: 0, files: 9 });
  expect(tell(warm)).toEqual(tell(cold));
});

test("whatever mix of files the cache held, all is the same", async () => {
  const whole = tell(await load(sample, { cache: join(sample.storage, "whole") }));
  const names = Object.keys(texts);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.subarray(names), async (held) => {
      const mixed = join(sample.storage, `mixed-${run++}`);
      const { snapshot } = await snapshotOf(sample, { cache: mixed });
      const part = { ...snapshot };
      part.list = async () => (await snapshot.list()).filter(({ path }) => held.includes(path));
      await loadCodebase(part, { workers: 0 });
      const mixedIn = await load(sample, { cache: mixed });
      expect(tell(mixedIn)).toEqual(whole);
      expect(mixedIn.made.read).toBeLessThanOrEqual(names.length - held.length);
    }),
    { numRuns: 12 },
  );
});

test("another commit, another branch and another clone read only what is new to them", async () => {
  await load(sample, { cache });
  sample.git("switch", "--quiet", "-c", "other");
  sample.write("a.ts", "export class AlphaTwo {}\n");
  sample.git("mv", "b.ts", "moved.ts");
  sample.commit("other");
  const branch = await load(sample, { cache });
  // A renamed file is read again: what is read may depend on its name.
  expect(branch.made).toMatchObject({ cache: "used", read: 2 });
  const clone = createSample();
  clone.git("fetch", "--quiet", sample.directory, "main");
  clone.git("reset", "--quiet", "--hard", "FETCH_HEAD");
  const cloned = await load(clone, { cache });
  expect(cloned.made).toMatchObject({ cache: "used", read: 0 });
  clone.remove();
});

const damages: [string, (file: string) => void][] = [
  ["cut off", (file) => truncateSync(file, readFileSync(file).length - 5)],
  ["emptied", (file) => writeFileSync(file, "")],
  ["changed in one bit", (file) => flipBit(file)],
  ["replaced by something else", (file) => writeFileSync(file, "x".repeat(5_000))],
];

function flipBit(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(file, bytes);
}

test.each(damages)("a cache that was %s is said, dropped and made again", async (_, damage) => {
  const cold = await load(sample, { cache });
  const [name = ""] = segments();
  damage(join(cache, name));
  const broken = await load(sample, { cache });
  expect(broken.made).toMatchObject({ cache: "broken", read: 9 });
  expect(tell(broken)).toEqual(tell(cold));
  const mended = await load(sample, { cache });
  expect(mended.made).toMatchObject({ cache: "used", read: 0 });
});

test("a broken file of the past is dropped and made again", async () => {
  const cold = await load(sample, { cache });
  const [name = ""] = readdirSync(cache).filter((file) => file.startsWith("history-"));
  flipBit(join(cache, name));
  expect(tell(await load(sample, { cache }))).toEqual(tell(cold));
  expect(tell(await load(sample, { cache }))).toEqual(tell(cold));
});

test("files of others in the folder do no harm and stay", async () => {
  mkdirSync(cache, { recursive: true });
  for (const name of ["index-.pack", "index-1-2-3.pack", "survey-1.json", "README"])
    writeFileSync(join(cache, name), "not ours");
  expect((await load(sample, { cache })).made.cache).toBe("made");
  expect((await load(sample, { cache })).made.cache).toBe("used");
  expect(readFileSync(join(cache, "survey-1.json"), "utf8")).toBe("not ours");
});

test("a cache that cannot be written is said, and is not the end", async () => {
  const file = join(sample.directory, "no-folder");
  writeFileSync(file, "");
  const codebase = await load(sample, { cache: join(file, "cache") });
  expect(codebase.made).toMatchObject({ cache: "unwritable", read: 9 });
  expect(codebase.symbolsNamed("Alpha")).toHaveLength(1);
});

test("two processes at once make one truth", async () => {
  const script = join(import.meta.dirname, "load-apart.ts");
  const flags = ["--disable-warning=ExperimentalWarning", script, sample.directory];
  const start = async (storage: string) => {
    const parameters = [...flags, join(sample.storage, storage), cache];
    const { stdout } = await promisify(execFile)(process.execPath, parameters);
    return JSON.parse(stdout) as IndexReport & { told: string };
  };
  const [one, two] = await Promise.all([start("one"), start("two")]);
  expect(one.told).toBe(two.told);
  const after = await start("three");
  expect(after).toMatchObject({ told: one.told, cache: "used", read: 0 });
}, 180_000);

test("many small segments become one, and nothing of them is lost", async () => {
  for (let turn = 0; turn < 12; turn++) {
    sample.write(`turn-${turn}.ts`, `export const turn${turn} = ${turn};\n`);
    sample.commit(`turn ${turn}`);
    await load(sample, { cache });
  }
  expect(segments().length).toBeLessThan(9);
  expect((await load(sample, { cache })).made).toMatchObject({ cache: "used", read: 0 });
  const first = await load(sample, { cache, revision: "HEAD~11" });
  expect(first.made).toMatchObject({ read: 0 });
});

test("of too much, what is used stays; of other versions, the newest", async () => {
  const store = openCache(cache);
  const used = new Map([["used", new Uint8Array(1_024)]]);
  await writeSegment(store, used).written;
  const large = (key: string) => new Map([[key, new Uint8Array(70 * 1024 * 1024)]]);
  for (const key of ["large 1", "large 2"]) await writeSegment(store, large(key)).written;
  for (const [version, at] of [
    ["old", "1"],
    ["older", "0"],
  ])
    writeFileSync(join(cache, `index-${version}-${at}-1-${"0".repeat(64)}.pack`), "x");
  await tidyCache(store, used);
  const left = await listSegments(store);
  expect(left.map(({ version }) => version)).toEqual([readingVersion(), "old"]);
  expect(left[0]?.bytes).toBeLessThan(2_048);
});

test("a file that ends its reader is unreadable, and the rest go on", async () => {
  const { snapshot } = await snapshotOf(sample);
  const honest = startReaders(0);
  const fatal = await snapshot.list().then((all) => all.find(({ path }) => path === "c.py")?.id);
  const readers: Readers = {
    ...honest,
    read: (batch) =>
      batch.files.some(({ reading }) => reading.name === "c.py")
        ? Promise.resolve(null)
        : honest.read(batch),
  };
  const wanted = planReading(await snapshot.list()).map(({ entry, reading, key }) => ({
    ...{ key: key ?? "", id: entry.id, reading },
  }));
  const kinds = new Map<string, string>();
  const take = (key: string, record: Uint8Array) => kinds.set(key, decodeRecord(record).kind);
  await readMissing(snapshot, wanted, readers, take);
  const unreadable = [...kinds].filter(([, kind]) => kind === "unreadable");
  expect(unreadable.map(([key]) => key.split(" ")[0])).toEqual([fatal]);
  expect(kinds.size).toBe(9);
});

test("a cache in use is emptied by somebody: what is gone is read anew", async () => {
  const cold = await load(sample, { cache });
  const { snapshot } = await snapshotOf(sample, { cache });
  const emptied = {
    ...snapshot,
    cache: {
      ...snapshot.cache,
      list: async () => {
        const names = await snapshot.cache.list();
        rmSync(cache, { recursive: true, force: true });
        return names;
      },
    },
  };
  const codebase = await loadCodebase(emptied, { workers: 0 });
  expect(codebase.made).toMatchObject({ read: 9, cache: "made" });
  expect(tell(codebase)).toEqual(tell(cold));
});
