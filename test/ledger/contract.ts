import { describe, expect, test } from "@jest/globals";
import type { Append, JsonObject, LedgerSnapshot, LedgerStore } from "../../src/ledger/port.ts";
import type { Result } from "../../src/shared/result.ts";

/** A fresh, empty store; `close` removes what it stood on. */
export type OpenStore = () => Promise<{ store: LedgerStore; close: () => Promise<void> }>;

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

export const opened = (issue: number): JsonObject => ({
  type: "FeatureOpened",
  v: 1,
  repository: { id: "r1", name: "o/r" },
  issue: { id: `i${issue}`, number: issue, title: "t" },
});

/** Appends that must land; returns the new head. */
export async function mustAppend(
  store: LedgerStore,
  parent: string | null,
  events: JsonObject[],
  more: Partial<Append> = {},
): Promise<string> {
  const request = { issue: 1, parent, events, documents: {}, ...more };
  const appended = unwrap(await store.append(request));
  if (appended.kind !== "appended") throw new Error(`conflict with ${appended.head}`);
  return appended.head;
}

export const eventsOf = (snapshot: LedgerSnapshot): JsonObject[] =>
  snapshot.records.map(({ event }) => event);

/** What every ledger store promises, whatever it stands on. */
export function describeLedgerStore(name: string, open: OpenStore): void {
  const withStore = (run: (store: LedgerStore) => Promise<void>) => async () => {
    const { store, close } = await open();
    try {
      await run(store);
    } finally {
      await close();
    }
  };

  describe(`${name}: appending and loading`, () => {
    test(
      "an issue without ledger is empty, and there is none to list",
      withStore(async (store) => {
        expect(unwrap(await store.load(1))).toEqual({
          issue: 1,
          head: null,
          records: [],
          documents: {},
        });
        expect(unwrap(await store.list())).toEqual([]);
      }),
    );

    test(
      "events and documents come back, chained, in order",
      withStore(async (store) => {
        const first = await mustAppend(store, null, [opened(1)], {
          documents: { "design.md": "# Plan\r\n", "adrs/001-a.md": "", "adrs/002-a.md": "" },
        });
        const second = await mustAppend(store, first, [{ type: "A" }, { type: "B", n: 1.5 }], {
          documents: { "design.md": "# Plan, revised\n", "a/b/c.md": "Zoë \u0000 🙂" },
        });
        const loaded = unwrap(await store.load(1));
        expect(loaded.head).toBe(second);
        expect(eventsOf(loaded)).toEqual([opened(1), { type: "A" }, { type: "B", n: 1.5 }]);
        expect(loaded.records.map(({ seq }) => seq)).toEqual([1, 2, 3]);
        expect(loaded.records[0]?.prev).toBe("0".repeat(64));
        expect(new Set(loaded.records.map(({ prev }) => prev)).size).toBe(3);
        expect(loaded.documents).toEqual({
          "design.md": "# Plan, revised\n",
          "adrs/001-a.md": "",
          "adrs/002-a.md": "",
          "a/b/c.md": "Zoë \u0000 🙂",
        });
      }),
    );

    test(
      "an earlier commit can still be read",
      withStore(async (store) => {
        const first = await mustAppend(store, null, [opened(1)], { documents: { "a.md": "1" } });
        await mustAppend(store, first, [{ type: "A" }], { documents: { "a.md": "2" } });
        const loaded = unwrap(await store.load(1, { at: first }));
        expect(loaded).toMatchObject({ head: first, documents: { "a.md": "1" } });
        expect(eventsOf(loaded)).toEqual([opened(1)]);
      }),
    );

    test(
      "events of a later version are kept as they are, odd keys and lone surrogates included",
      withStore(async (store) => {
        const future: JsonObject = JSON.parse(
          '{"type":"NotYetInvented","v":9,"__proto__":{"a":1},"constructor":[null,true,1e-9],"x":"\\ud800 \\u2028"}',
        );
        const head = await mustAppend(store, null, [opened(1), future]);
        await mustAppend(store, head, [{ type: "A" }]);
        const kept = eventsOf(unwrap(await store.load(1)))[1] ?? {};
        expect(JSON.stringify(Object.entries(kept).sort())).toBe(
          JSON.stringify(Object.entries(future).sort()),
        );
      }),
    );

    test(
      "documents may be appended without events, and events without documents",
      withStore(async (store) => {
        const first = await mustAppend(store, null, [], { documents: { "a.md": "1" } });
        const second = await mustAppend(store, first, [{ type: "A" }]);
        await mustAppend(store, second, [], { documents: { "b.md": "2" } });
        const loaded = unwrap(await store.load(1));
        expect(loaded.documents).toEqual({ "a.md": "1", "b.md": "2" });
        expect(eventsOf(loaded)).toEqual([{ type: "A" }]);
      }),
    );

    test(
      "issues 1, 10 and 100 are different issues",
      withStore(async (store) => {
        await mustAppend(store, null, [{ type: "Ten" }], { issue: 10 });
        expect(unwrap(await store.load(1)).head).toBeNull();
        await mustAppend(store, null, [{ type: "Hundred" }], { issue: 100 });
        await mustAppend(store, null, [{ type: "One" }], { issue: 1 });
        expect(eventsOf(unwrap(await store.load(1)))).toEqual([{ type: "One" }]);
        expect(eventsOf(unwrap(await store.load(10)))).toEqual([{ type: "Ten" }]);
        expect(unwrap(await store.list())).toEqual([1, 10, 100]);
      }),
    );
  });

  describe(`${name}: compare-and-swap`, () => {
    test(
      "a stale parent is a conflict that names the head and writes nothing",
      withStore(async (store) => {
        const first = await mustAppend(store, null, [opened(1)]);
        const second = await mustAppend(store, first, [{ type: "A" }]);
        for (const parent of [null, first, "0123456789".repeat(4), "nonsense"]) {
          const request = { issue: 1, parent, events: [{ type: "Late" }], documents: {} };
          expect(unwrap(await store.append(request))).toEqual({ kind: "conflict", head: second });
        }
        expect(unwrap(await store.load(1)).head).toBe(second);
      }),
    );

    test(
      "a parent that never was, of an issue that has no ledger, is a conflict",
      withStore(async (store) => {
        const parent = "0123456789".repeat(4);
        const request = { issue: 1, parent, events: [{ type: "A" }], documents: {} };
        expect(unwrap(await store.append(request))).toEqual({ kind: "conflict", head: null });
      }),
    );

    test(
      "of the same append by several at once exactly one is told that it won",
      withStore(async (store) => {
        const head = await mustAppend(store, null, [opened(1)]);
        const request = { issue: 1, parent: head, events: [{ type: "Lease" }], documents: {} };
        const answers = await Promise.all([1, 2, 3, 4].map(() => store.append(request)));
        const kinds = answers.map((answer) => unwrap(answer).kind).sort();
        expect(kinds).toEqual(["appended", "conflict", "conflict", "conflict"]);
        expect(unwrap(await store.load(1)).records).toHaveLength(2);
      }),
    );
  });

  describe(`${name}: pinned reads`, () => {
    test(
      "a head that contains the pinned commit is read, another is unavailable",
      withStore(async (store) => {
        const first = await mustAppend(store, null, [opened(1)]);
        const second = await mustAppend(store, first, [{ type: "A" }]);
        const other = await mustAppend(store, null, [opened(2)], { issue: 2 });
        expect(unwrap(await store.load(1, { contains: first })).head).toBe(second);
        expect(unwrap(await store.load(1, { contains: second })).head).toBe(second);
        expect(unwrap(await store.load(1, { at: first, contains: first })).head).toBe(first);
        for (const pins of [
          { contains: other },
          { at: other },
          { at: first, contains: second },
          { at: "HEAD" },
          { contains: "--all" },
        ]) {
          const answer = await store.load(1, pins);
          expect(answer).toMatchObject({ ok: false, failure: { reason: "ledger-unavailable" } });
        }
        expect(await store.load(3, { contains: first })).toMatchObject({ ok: false });
      }),
    );
  });

  describe(`${name}: what may be written`, () => {
    const refused = [
      "",
      "../a.md",
      "a/../b.md",
      "/etc/passwd",
      ".git/config",
      "a/.git/x",
      ".GIT",
      "a\\b.md",
      "C:a.md",
      "events.jsonl",
      "Events.JSONL",
      "a//b.md",
      "a/",
      ".hidden",
      "-x.md",
      "a b.md",
      "a\nb.md",
      "é.md",
      "a/b/c/d.md",
      "a.",
      `${"x".repeat(101)}.md`,
    ];
    test(
      "names that could leave their folder are refused, and nothing is written",
      withStore(async (store) => {
        for (const document of refused) {
          const request = { issue: 1, parent: null, events: [], documents: { [document]: "x" } };
          expect(await store.append(request)).toMatchObject({
            ok: false,
            failure: { reason: "path-refused", path: document },
          });
        }
        expect(unwrap(await store.list())).toEqual([]);
      }),
    );

    test(
      "a name cannot be a file and a folder",
      withStore(async (store) => {
        const head = await mustAppend(store, null, [], { documents: { "a/b.md": "x" } });
        for (const documents of [{ a: "x" }, { "a/b.md/c": "x" }] as Record<string, string>[]) {
          expect(
            await store.append({ issue: 1, parent: head, events: [], documents }),
          ).toMatchObject({ ok: false, failure: { reason: "path-refused" } });
        }
      }),
    );

    test(
      "text that is no UTF-8 is refused",
      withStore(async (store) => {
        const documents = { "a.md": "broken \ud800" };
        expect(await store.append({ issue: 1, parent: null, events: [], documents })).toEqual({
          ok: false,
          failure: { reason: "not-text", path: "a.md" },
        });
      }),
    );

    test(
      "secrets are taken out of events and documents",
      withStore(async (store) => {
        const secret = `ghp_${"a1B2c3D4".repeat(5)}`;
        const event = { type: "A", deep: [{ text: `token ${secret}`, [secret]: 1 }] };
        await mustAppend(store, null, [event], { documents: { "a.md": `see ${secret}` } });
        const loaded = unwrap(await store.load(1));
        expect(JSON.stringify(loaded)).not.toContain(secret);
        expect(loaded.documents["a.md"]).toBe("see [redacted:github-token]");
      }),
    );

    test(
      "a number that is no issue is a bug of the caller",
      withStore(async (store) => {
        for (const issue of [0, -1, 1.5, Number.NaN]) {
          await expect(store.load(issue)).rejects.toThrow(RangeError);
          const request = { issue, parent: null, events: [], documents: {} };
          await expect(store.append(request)).rejects.toThrow(RangeError);
        }
      }),
    );
  });

  describe(`${name}: money of a day`, () => {
    test(
      "what others have cost is settled with a reservation, whether that fits or not",
      withStore(async (store) => {
        const spend = (key: string, micros: number, settled = {}) =>
          store.recordSpend("2026-01-09", key, micros, 100, settled);
        unwrap(await spend("a", 90));
        expect(unwrap(await spend("b", 50, { a: 40 }))).toEqual({ fitted: true, total: 90 });
        expect(unwrap(await spend("c", 50, { b: 60 }))).toEqual({ fitted: false, total: 100 });
        // Once more says the same.
        expect(unwrap(await spend("c", 50, { b: 60 }))).toEqual({ fitted: false, total: 100 });
        expect(unwrap(await spend("c", 50, { b: 10 }))).toEqual({ fitted: true, total: 100 });
      }),
    );

    test(
      "fits up to the cap, a key replaces itself, what does not fit is not written",
      withStore(async (store) => {
        const spend = async (key: string, micros: number, cap = 100, day = "2026-03-01") =>
          unwrap(await store.recordSpend(day, key, micros, cap));
        expect(await spend("a", 60)).toEqual({ fitted: true, total: 60 });
        expect(await spend("b", 41)).toEqual({ fitted: false, total: 60 });
        expect(await spend("b", 40)).toEqual({ fitted: true, total: 100 });
        expect(await spend("a", 60)).toEqual({ fitted: true, total: 100 });
        expect(await spend("a", 70)).toEqual({ fitted: false, total: 100 });
        expect(await spend("a", 50, 10)).toEqual({ fitted: true, total: 90 });
        expect(await spend("a", 10)).toEqual({ fitted: true, total: 50 });
        expect(await spend("a", 7, 100, "2026-03-02")).toEqual({ fitted: true, total: 7 });
        expect(await spend("__proto__", 3)).toEqual({ fitted: true, total: 53 });
        expect(await spend("__proto__", 4)).toEqual({ fitted: true, total: 54 });
        expect(unwrap(await store.list())).toEqual([]);
      }),
    );

    test(
      "reservations at once never pass the cap together",
      withStore(async (store) => {
        const keys = ["a", "b", "c", "d", "e", "f"];
        const answers = await Promise.all(
          keys.map(async (key) => unwrap(await store.recordSpend("2026-03-01", key, 30, 100))),
        );
        expect(answers.filter(({ fitted }) => fitted)).toHaveLength(3);
        const { total } = unwrap(await store.recordSpend("2026-03-01", "z", 0, 100));
        expect(total).toBe(90);
      }),
    );

    test(
      "a day, key or amount that is none is a bug of the caller",
      withStore(async (store) => {
        await expect(store.recordSpend("../x", "a", 1, 9)).rejects.toThrow(RangeError);
        await expect(store.recordSpend("2026-03-01", "", 1, 9)).rejects.toThrow(RangeError);
        await expect(store.recordSpend("2026-03-01", "a", -1, 9)).rejects.toThrow(RangeError);
        await expect(store.recordSpend("2026-03-01", "a", 0.5, 9)).rejects.toThrow(RangeError);
      }),
    );
  });
}
