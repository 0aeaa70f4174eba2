import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openRepository } from "../../src/ledger/git/open-git-ledger.ts";
import { verifyGitLedger } from "../../src/ledger/git/verify-git-ledger.ts";
import type { Appended, JsonObject, LedgerStore } from "../../src/ledger/port.ts";
import type { Fault } from "../github/contract.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { environment } from "./git-repository.ts";
import { actions, openPlace, type Place } from "./github-place.ts";

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

const soundEvents = async (issue: number): Promise<number> => {
  const repository = openRepository({ directory: place.standIn.bare, environment });
  const report = unwrap(await verifyGitLedger(repository, issue, [actions]));
  expect(report.faults).toEqual([]);
  return report.events;
};

/** A whole small life of a ledger and of a day's money. */
async function live(store: LedgerStore, issue: number): Promise<void> {
  const day = `2026-01-${String((issue % 28) + 1).padStart(2, "0")}`;
  const first = await mustAppend(store, null, [opened(issue)], {
    issue,
    documents: { "design.md": "# Plan\n" },
  });
  const second = await mustAppend(store, first, [{ type: "A" }], { issue });
  unwrap(await store.recordSpend(day, `a${issue}`, 60, 1e9));
  unwrap(await store.recordSpend(day, `a${issue}`, 70, 1e9));
  const loaded = unwrap(await store.load(issue, { contains: second }));
  expect(eventsOf(loaded)).toEqual([opened(issue), { type: "A" }]);
}

const faults: readonly [name: string, fault: Fault][] = [
  ["502", { kind: "status", status: 502 }],
  ["502 after the effect", { kind: "status", status: 502, after: true }],
  ["a cut connection", { kind: "reset" }],
  ["a cut connection after the effect", { kind: "reset", after: true }],
  ["a secondary limit", { kind: "secondary-limit" }],
];

/** Every call of a life meets a fault in one of these rounds: those whose number leaves the round's rest. */
const rounds = [0, 1, 2, 3];

describe("faults at each call", () => {
  let issue = 1_000;
  test.each(faults)(
    "%s: everything lands once",
    async (_, fault) => {
      const { standIn } = place;
      for (const rest of rounds) {
        issue += 1;
        let met = 0;
        standIn.onRequest = (n) => {
          if (n % rounds.length !== rest) return;
          met += 1;
          standIn.fail({ ...fault, times: 1 });
        };
        try {
          await live(place.store(), issue);
        } finally {
          standIn.onRequest = null;
        }
        expect(met).toBeGreaterThan(3);
        expect([rest, await soundEvents(issue)]).toEqual([rest, 2]);
      }
    },
    30_000,
  );
});

describe("a fault that stays", () => {
  test("every answer of a move is lost: what landed is known to have landed", async () => {
    const store = place.store();
    const head = await mustAppend(store, null, [opened(1)]);
    for (const route of [/graphql/, /git\/refs/]) {
      place.standIn.fail({ route, kind: "reset", after: true, times: 3 });
    }
    await mustAppend(store, head, [{ type: "A" }]);
    expect(await soundEvents(1)).toBe(2);
    const { requests } = place.standIn;
    for (let left = 0; left < 6; left += 1) await store.load(1);
    expect(requests.at(-1)?.method).toBe("GET");
  });

  test("nothing can be written: it is told, nothing is lost, and the same append lands later", async () => {
    const { standIn, store: open } = await openOwn();
    const store = open();
    const head = await mustAppend(store, null, [opened(2)], { issue: 2 });
    standIn.fail({ method: "POST", route: /git\/trees/, kind: "status", status: 503, times: 4 });
    const request = { issue: 2, parent: head, events: [{ type: "A" }], documents: {} };
    expect(await store.append(request)).toMatchObject({
      ok: false,
      failure: { reason: "forge-unavailable", status: 503 },
    });
    expect(unwrap(await store.load(2)).head).toBe(head);
    expect(unwrap(await store.append(request))).toMatchObject({ kind: "appended" });
  });

  test("a tree and a commit that are not known everywhere yet are waited for", async () => {
    const { standIn, store: open } = await openOwn();
    standIn.fail({ method: "POST", route: /git\/commits/, kind: "status", status: 422, times: 2 });
    standIn.fail({ method: "POST", route: /git\/refs/, kind: "status", status: 422, times: 2 });
    const head = await mustAppend(open(), null, [opened(8)], { issue: 8 });
    expect(unwrap(await open().load(8)).head).toBe(head);
  });

  test("a token without the right is told which one, at once", async () => {
    const { standIn, api, store: open } = await openOwn();
    const token = standIn.actionsToken({ contents: "read" });
    const request = { issue: 3, parent: null, events: [opened(3)], documents: {} };
    const refused = await open({ api: api(token) }).append(request);
    expect(refused).toMatchObject({
      ok: false,
      failure: { reason: "forge-refused", rule: "missing-right" },
    });
  });
});

const owned: Place[] = [];
async function openOwn(): Promise<Place> {
  const own = await openPlace();
  owned.push(own);
  return own;
}
afterAll(async () => {
  for (const own of owned) await own.close();
});

describe("reads that lag behind", () => {
  test("a pinned read waits for what it was promised", async () => {
    const writer = place.store();
    const first = await mustAppend(writer, null, [opened(4)], { issue: 4 });
    const second = await mustAppend(writer, first, [{ type: "A" }], { issue: 4 });
    const reader = place.store();
    place.standIn.serveStale("refs/archwright/issues/4", 2);
    expect(unwrap(await reader.load(4)).head).toBe(first);
    expect(unwrap(await reader.load(4, { contains: second })).head).toBe(second);
  });

  test("one that stays behind is unavailable, never wrong", async () => {
    const writer = place.store();
    const first = await mustAppend(writer, null, [opened(5)], { issue: 5 });
    const second = await mustAppend(writer, first, [{ type: "A" }], { issue: 5 });
    place.standIn.serveStale("refs/archwright/issues/5", 6);
    expect(await place.store().load(5, { contains: second })).toMatchObject({
      ok: false,
      failure: { reason: "ledger-unavailable", detail: expect.stringContaining(second) },
    });
  });

  test("an append on an old head is a conflict, and one on the true head lands, whatever is read", async () => {
    const [one, two] = [place.store(), place.store()];
    const first = await mustAppend(one, null, [opened(6)], { issue: 6 });
    const second = await mustAppend(one, first, [{ type: "A" }], { issue: 6 });
    const ref = "refs/archwright/issues/6";
    place.standIn.serveStale(ref, 3);
    const late = { issue: 6, parent: first, events: [{ type: "Late" }], documents: {} };
    expect(unwrap(await two.append(late))).toEqual({ kind: "conflict", head: second });
    place.standIn.serveStale(ref, 2);
    place.standIn.fail({ route: /graphql/, kind: "reset", after: true });
    await mustAppend(one, second, [{ type: "B" }], { issue: 6 });
    expect(await soundEvents(6)).toBe(3);
  });
});

test("two writers race: every append of both is there once", async () => {
  const start = await mustAppend(place.store(), null, [opened(7)], { issue: 7 });
  const write = async (who: string): Promise<void> => {
    const store = place.store();
    let parent: string | null = start;
    for (let n = 0; n < 25; ) {
      const events: JsonObject[] = [{ type: "Raced", who, n }];
      const appended: Appended = unwrap(
        await store.append({ issue: 7, parent, events, documents: {} }),
      );
      parent = appended.head;
      if (appended.kind === "appended") n += 1;
    }
  };
  await Promise.all([write("one"), write("two")]);
  const seen = eventsOf(unwrap(await place.store().load(7))).slice(1);
  for (const who of ["one", "two"]) {
    const own = seen.filter((event) => event.who === who).map(({ n }) => n);
    expect(own).toEqual(Array.from({ length: 25 }, (_, n) => n));
  }
  expect(await soundEvents(7)).toBe(51);
}, 60_000);
