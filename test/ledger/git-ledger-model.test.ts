import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { openGitLedger, openRepository } from "../../src/ledger/git/open-git-ledger.ts";
import { verifyGitLedger } from "../../src/ledger/git/verify-git-ledger.ts";
import { openMemoryLedger } from "../../src/ledger/memory-ledger.ts";
import type { JsonObject, LedgerSnapshot, LedgerStore } from "../../src/ledger/port.ts";
import { unwrap } from "./contract.ts";
import { environment, makeRepository, type Repository } from "./git-repository.ts";

let repository: Repository;
beforeAll(async () => {
  repository = await makeRepository("--bare");
});
afterAll(() => repository.close());

/** A store, and what each of its writers believes the head to be. Heads are compared by their place in `names`. */
type Side = { stores: LedgerStore[]; heads: (string | null)[]; names: string[] };

type Step =
  | { kind: "append"; writer: number; events: JsonObject[]; documents: Record<string, string> }
  | { kind: "reload"; writer: number }
  | { kind: "read"; back: number }
  | { kind: "spend"; writer: number; key: string; micros: number };

const writer = fc.nat(2);
const event: fc.Arbitrary<JsonObject> = fc.record({
  type: fc.constantFrom("A", "B", "FromTheFuture"),
  data: fc.jsonValue({ maxDepth: 2 }),
});
const name = fc.constantFrom("design.md", "adrs/001-a.md", "adrs/002-b.md", "a/b/c.md");
const documents = fc.dictionary(name, fc.string({ unit: "grapheme" }), { maxKeys: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      writer,
      events: fc.array(event, { maxLength: 3 }),
      documents,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("reload" as const), writer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("read" as const), back: fc.nat(6) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("spend" as const),
      writer,
      key: fc.constantFrom("k", "l", "m"),
      micros: fc.nat(60),
    }),
  },
);

const place = (side: Side, head: string | null): number | null =>
  head === null ? null : side.names.indexOf(head);

const comparable = (side: Side, { head, records, documents }: LedgerSnapshot) => ({
  head: place(side, head),
  records: records.map(({ seq, prev, event }) => ({ seq, prev, event: JSON.stringify(event) })),
  documents,
});

async function run(side: Side, issue: number, day: string, step: Step): Promise<unknown> {
  const store = side.stores["writer" in step ? step.writer : 0] as LedgerStore;
  switch (step.kind) {
    case "append": {
      const parent = side.heads[step.writer] ?? null;
      const { events, documents } = step;
      const appended = unwrap(await store.append({ issue, parent, events, documents }));
      if (appended.kind === "appended") {
        side.names.push(appended.head);
        side.heads[step.writer] = appended.head;
      }
      return { kind: appended.kind, head: place(side, appended.head) };
    }
    case "reload": {
      const contains = side.heads[step.writer];
      const loaded = unwrap(await store.load(issue, contains ? { contains } : {}));
      side.heads[step.writer] = loaded.head;
      return comparable(side, loaded);
    }
    case "read": {
      const at = side.names.at(-1 - step.back);
      return comparable(side, unwrap(await store.load(issue, at ? { at } : {})));
    }
    case "spend":
      return unwrap(await store.recordSpend(day, step.key, step.micros, 100));
  }
}

test("over random appends of several writers with stale parents, git does what the model does", async () => {
  let issue = 0;
  const model = openMemoryLedger();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      issue += 1;
      const day = `2026-01-${String((issue % 28) + 1).padStart(2, "0")}`;
      const { directory } = repository;
      const git: Side = {
        stores: [0, 1, 2].map(() => openGitLedger({ directory, environment })),
        heads: [],
        names: [],
      };
      const memory: Side = { stores: [model, model, model], heads: [], names: [] };
      for (const each of steps) {
        expect(await run(git, issue, day, each)).toEqual(await run(memory, issue, day, each));
      }
      if (git.names.length > 0) {
        const place = openRepository({ directory, environment });
        const { faults } = unwrap(await verifyGitLedger(place, issue));
        expect(faults.filter(({ kind }) => kind !== "binding")).toEqual([]);
      }
    }),
    { numRuns: Number(process.env.LEDGER_RUNS ?? 6) },
  );
});
