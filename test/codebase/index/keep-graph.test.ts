import { afterEach, expect, test } from "@jest/globals";
import type { Codebase, ImportEdge } from "../../../src/codebase/codebase.ts";
import { loadCodebase } from "../../../src/codebase/load-codebase.ts";
import type { Cache } from "../../../src/workspace/port.ts";
import { openStage, type Stage } from "../../phases/stage.ts";

const files = {
  "src/a.ts": 'import { b } from "./b.ts";\nexport * from "./c.ts";\nexport const a = b;\n',
  "src/b.ts": "export const b = 1;\n",
  "src/c.ts": "export const c = 2;\n",
  "test/a.test.ts": 'import { a } from "../src/a.ts";\na;\n',
};

const stages: Stage[] = [];
afterEach(() => {
  for (const stage of stages.splice(0)) stage.close();
});

async function open(): Promise<{ cache: Cache; load: () => Promise<Codebase> }> {
  const stage = await openStage(files);
  stages.push(stage);
  const snapshot = stage.workspace.snapshot(stage.base);
  return { cache: snapshot.cache, load: () => loadCodebase(snapshot) };
}

const edgesOf = ({ files: all, graph }: Codebase): ImportEdge[] =>
  all.flatMap(({ path }) => [...graph.importsOf(path), ...graph.importersOf(path)]);

const keptGraphs = async (cache: Cache): Promise<string[]> =>
  (await cache.list()).filter((name) => name.startsWith("graph-"));

/** Writing goes on beside the run. */
async function untilKept(cache: Cache): Promise<string> {
  for (let turn = 0; turn < 500; turn++) {
    const [name] = await keptGraphs(cache);
    if (name !== undefined) return name;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("no graph was kept");
}

test("a graph that was kept is the one that would be made", async () => {
  const { cache, load } = await open();
  const made = edgesOf(await load());
  expect(made.map(({ from, to }) => `${from} ${to}`)).toContain("src/a.ts src/b.ts");
  const name = await untilKept(cache);
  expect(edgesOf(await load())).toEqual(made);
  expect(await keptGraphs(cache)).toEqual([name]);
});

test.each([
  ["cut short", (bytes: Uint8Array) => bytes.slice(0, -3)],
  ["changed in one letter", (bytes: Uint8Array) => bytes.with(bytes.length - 4, 0x39)],
  ["empty", () => new Uint8Array()],
  ["something else", () => new TextEncoder().encode("[[0,[[1,1,[],0]]]]")],
])("a kept graph that is %s is made again", async (_how, spoil) => {
  const { cache, load } = await open();
  const made = edgesOf(await load());
  const name = await untilKept(cache);
  await cache.write(name, spoil((await cache.read(name)) ?? new Uint8Array()));
  expect(edgesOf(await load())).toEqual(made);
});
