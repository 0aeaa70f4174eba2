import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openJournal } from "../../src/app/open-journal.ts";
import { removeForgotten } from "../../src/app/remove-forgotten.ts";
import type { Model, Prompt } from "../../src/model/port.ts";

const nonce = "a".repeat(64);
const usage = { input: 10, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: 0, requests: 1 };
/** A micro-dollar a token. */
const price = (_model: string, { input, output }: { input: number; output: number }) =>
  input + output;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A model that makes these requests; what `null` asks never comes back with a usage. */
const modelOf = (answers: readonly (typeof usage | null)[]): Model => ({
  id: "vendor:model",
  generate: async (prompt) => {
    for (const answer of answers) {
      prompt.beforeRequest({ input: 100, maxOutput: 1_000 });
      if (answer) prompt.onUsage(answer);
    }
    return { ok: false, why: "refused", detail: "" };
  },
  act: () => new Promise(() => {}),
});
const prompt = (hooks: Partial<Prompt> = {}): Prompt => ({
  ...{ system: "", user: "", signal: new AbortController().signal },
  purpose: { role: "architect", phase: "design", spec: null, attempt: 1, step: null },
  beforeRequest: () => {},
  onUsage: () => {},
  ...hooks,
});

async function ask(answers: readonly (typeof usage | null)[], hooks: Partial<Prompt> = {}) {
  const journal = await openJournal(folder, nonce);
  const model = journal.watch(() => modelOf(answers), price)("architect");
  return await model.generate(prompt(hooks), "x", undefined as never).catch(() => null);
}
const micros = async (): Promise<(number | null)[]> =>
  (await openJournal(folder, nonce)).spent.map((spend) => spend.micros);

test("knows of a start, and what its requests cost; one that brought no usage cost nothing", async () => {
  expect((await openJournal(folder, nonce)).begun).toBe(false);
  await ask([usage, null, usage]);
  expect((await openJournal(folder, nonce)).begun).toBe(true);
  expect(await micros()).toEqual([15, 15]);
});

test("a request whose end nobody saw counts as what it costs at most", async () => {
  const killed = await openJournal(folder, nonce);
  const never: Model = {
    ...modelOf([]),
    generate: (given) => {
      given.beforeRequest({ input: 100, maxOutput: 1_000 });
      return new Promise(() => {});
    },
  };
  void killed
    .watch(
      () => never,
      price,
    )("architect")
    .generate(prompt(), "x", undefined as never);
  expect(await micros()).toEqual([1_100]);
});

test("a request that the allowance forbids was not made", async () => {
  const beforeRequest = () => {
    throw new Error("over the budget");
  };
  await ask([usage], { beforeRequest });
  expect(await micros()).toEqual([]);
});

test("a line that was cut off by a kill takes nothing else with it", async () => {
  await ask([usage]);
  appendFileSync(join(folder, `${nonce}.jsonl`), '\n{"kind":"asked","requ');
  await ask([usage]);
  expect(await micros()).toEqual([15, 15]);
});

test("keeps a result until the lease is over", async () => {
  const failure = { reason: "interrupted", detail: "a test" } as const;
  const outcome = { kind: "failed", reason: failure.reason, failure, step: null, work: null };
  const journal = await openJournal(folder, nonce);
  await journal.keep({ outcome, documents: { "design.md": "# x" }, spent: [] } as never);
  const again = await openJournal(folder, nonce);
  expect(again.result).toMatchObject({ outcome, documents: { "design.md": "# x" } });
  await again.close();
  expect(existsSync(join(folder, `${nonce}.jsonl`))).toBe(false);
});

test("clones and journals that nobody came back for are taken away, and young ones are not", async () => {
  for (const name of ["clones/old", "clones/young", "phases/old", "kept/old"]) {
    mkdirSync(join(folder, name), { recursive: true });
    const at = Date.now() / 1_000 - (name.endsWith("old") ? 4 : 2) * 24 * 3_600;
    utimesSync(join(folder, name), at, at);
  }
  await removeForgotten(folder);
  const left = ["clones/old", "clones/young", "phases/old", "kept/old"].filter((name) =>
    existsSync(join(folder, name)),
  );
  expect(left).toEqual(["clones/young", "kept/old"]);
});
