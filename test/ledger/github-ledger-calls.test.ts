import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Answer, GitHubApi } from "../../src/forge/github/api.ts";
import { classifyRefusal } from "../../src/forge/github/classify-refusal.ts";
import { openGitHubLedger } from "../../src/ledger/github/open-github-ledger.ts";
import { openServer } from "../forge/github-client/open-server.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { openPlace, type Place } from "./github-place.ts";

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

/** How many requests really went out. */
async function count<T>(work: Promise<T>): Promise<{ calls: number; value: T }> {
  const before = place.standIn.requests.length;
  const value = await work;
  return { calls: place.standIn.requests.length - before, value };
}

const documents = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [`adrs/${n}.md`, `# Record ${n}\n`]),
);

describe("how much is asked", () => {
  test("a whole ledger: four calls at first, one when nothing changed, two writes and a move for an append", async () => {
    const writer = place.store();
    const made = await count(mustAppend(writer, null, [opened(1)], { documents }));
    // Who am I, tree, commit, ref; an empty document and the like would be blobs of their own.
    expect(made.calls).toBe(4);
    const first = made.value;

    const api = place.api();
    unwrap(await Promise.resolve(await api.identity()).then((answer) => toResult(answer)));
    const reader = place.store({ api });
    const cold = await count(reader.load(1));
    expect(Object.keys(unwrap(cold.value).documents)).toHaveLength(12);
    expect(cold.calls).toBe(4);
    expect((await count(reader.load(1, { contains: first }))).calls).toBe(1);

    const appended = await count(mustAppend(reader, first, [{ type: "A" }]));
    expect(appended.calls).toBe(3);
    const own = await count(reader.load(1, { contains: appended.value }));
    expect([own.calls, unwrap(own.value).records.length]).toEqual([1, 2]);
    // Of a commit by somebody else only what is new is read.
    const other = await mustAppend(place.store(), appended.value, [{ type: "B" }]);
    const next = await count(reader.load(1, { contains: appended.value }));
    expect(unwrap(next.value).head).toBe(other);
    expect(next.calls).toBeLessThanOrEqual(5);
  });

  test("a sum of money: two reads, two writes and a move", async () => {
    const store = place.store();
    unwrap(await store.recordSpend("2026-05-01", "a", 1, 9));
    const other = place.api();
    await other.identity();
    const cold = await count(place.store({ api: other }).recordSpend("2026-05-01", "b", 2, 9));
    expect(unwrap(cold.value)).toEqual({ fitted: true, total: 3 });
    // With the repository's id, which is asked for once.
    expect(cold.calls).toBe(6);
    expect((await count(store.recordSpend("2026-05-01", "b", 2, 9))).calls).toBeLessThanOrEqual(2);
  });
});

const toResult = <T>(answer: Answer<T>) =>
  answer.ok ? { ok: true as const, value: answer.data } : answer;

/** An API that answers some calls otherwise. */
const change = (
  api: GitHubApi,
  swap: (
    route: string,
    parameters: object,
  ) => Answer<unknown> | "really" | Promise<Answer<unknown>>,
): GitHubApi => ({
  ...api,
  async request(route, parameters) {
    const answer = await swap(route, parameters);
    return (answer === "really" ? api.request(route, parameters) : answer) as never;
  },
});

describe("what does not fit", () => {
  test("a document of two megabytes and one with a zero byte go by themselves, and come back", async () => {
    const large = { "large.md": "0123456789abcde\n".repeat(140_000), "zero.md": "a\u0000b" };
    const head = await mustAppend(place.store(), null, [opened(2)], { issue: 2, documents: large });
    expect(unwrap(await place.store().load(2, { contains: head })).documents).toEqual(large);
    const posts = place.standIn.requests.filter(({ route }) => route.endsWith("/git/blobs"));
    expect(posts).toHaveLength(2);
  });

  test("a tree that GitHub cuts off is read folder by folder", async () => {
    const deep = { "a/b/c.md": "1", "a/d.md": "2", "e.md": "3" };
    await mustAppend(place.store(), null, [opened(3)], { issue: 3, documents: deep });
    const real = place.api();
    const api = change(real, async (route, parameters) => {
      if (!route.startsWith("GET") || !("recursive" in parameters)) return "really" as never;
      return { ok: true, status: 200, data: { sha: "", tree: [], truncated: true } };
    });
    expect(unwrap(await place.store({ api }).load(3)).documents).toEqual(deep);
  });

  test("without GraphQL everything goes by REST", async () => {
    const real = place.api();
    await real.identity();
    const api: GitHubApi = {
      ...real,
      graphql: async () => ({
        ok: false,
        status: 422,
        message: "Field 'updateRefs' doesn't exist on type 'Mutation'",
        errors: [],
        failure: { reason: "forge-refused", rule: "validation", detail: "", link: null },
      }),
    };
    const store = place.store({ api });
    const first = await mustAppend(store, null, [opened(4)], { issue: 4, documents });
    const second = await mustAppend(store, first, [{ type: "A" }], { issue: 4 });
    await mustAppend(store, second, [{ type: "B" }], { issue: 4 });
    const loaded = unwrap(await place.store({ api }).load(4));
    expect([eventsOf(loaded).length, Object.keys(loaded.documents).length]).toEqual([3, 12]);
    const moves = place.standIn.requests.filter(({ method }) => method === "PATCH");
    expect(moves).toHaveLength(2);
  });

  test("GitHub that stores another tree than we sent is not believed", async () => {
    const api = change(place.api(), (route) =>
      route === "POST /repos/{owner}/{repo}/git/trees"
        ? { ok: true, status: 201, data: { sha: "0".repeat(40) } }
        : "really",
    );
    const request = { issue: 5, parent: null, events: [opened(5)], documents: {} };
    expect(await place.store({ api }).append(request)).toMatchObject({
      ok: false,
      failure: { reason: "ledger-unavailable", detail: expect.stringContaining("another tree") },
    });
  });

  test("push protection that finds a secret is named, and nothing is written", async () => {
    const message = "Repository rule violations found\n\nPush cannot contain secrets";
    const api = change(place.api(), (route) => {
      if (!route.startsWith("POST")) return "really";
      const refusal = { status: 409, message, errors: [], route, headers: {} };
      const failure = classifyRefusal({
        ...refusal,
        now: new Date(),
        web: "https://github.com/o/r",
      });
      return { ok: false, status: 409, message, errors: [], failure };
    });
    const request = { issue: 6, parent: null, events: [opened(6)], documents: {} };
    expect(await place.store({ api }).append(request)).toMatchObject({
      ok: false,
      failure: { reason: "forge-refused", rule: "push-protection" },
    });
    expect(unwrap(await place.store().load(6)).head).toBeNull();
  });

  test("refs that come in pages are all read, without asking for pages first", async () => {
    const name = (n: number) => ({ ref: `refs/archwright/issues/${n}` });
    const numbers = Array.from({ length: 45 }, (_, n) => n + 1);
    const server = await openServer(({ path }) => {
      const page = Number(new URL(path, "http://x").searchParams.get("page") ?? 1);
      const body = numbers.slice((page - 1) * 30, page * 30).map(name);
      return { body, headers: page === 1 ? { link: `<${path}?page=2>; rel="next"` } : {} };
    });
    const store = openGitHubLedger({ api: server.api() });
    expect(unwrap(await store.list())).toEqual(numbers);
    expect(server.seen[0]?.path).not.toContain("?");
    await server.close();
  });
});
