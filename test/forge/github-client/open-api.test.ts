import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, test } from "@jest/globals";
import { findWeb } from "../../../src/forge/github/find-web.ts";
import { openServer, type Reply, type Seen, type Server, token } from "./open-server.ts";

const issue = "GET /repos/{owner}/{repo}/issues/{issue_number}";
const comment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const blob = "POST /repos/{owner}/{repo}/git/blobs";

let server: Server | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const open = async (answer: (seen: Seen, n: number) => Reply): Promise<Server> => {
  server = await openServer(answer);
  return server;
};

describe("each request", () => {
  test("is stamped with version, agent and token, and counted by its route", async () => {
    const { api: openApi, seen } = await open(() => ({ body: { number: 7 } }));
    const api = openApi();
    const answer = await api.request(issue, { issue_number: 7 });
    expect(answer).toEqual({ ok: true, status: 200, data: { number: 7 } });
    expect(seen[0]).toMatchObject({ method: "GET", path: "/repos/o/r/issues/7" });
    expect(seen[0]?.headers).toMatchObject({
      "x-github-api-version": "2022-11-28",
      "user-agent": expect.stringMatching(/^archwright /),
      authorization: `Bearer ${token}`,
    });
    expect([...api.calls()]).toEqual([[issue, 1]]);
  });

  test("is answered from memory where GitHub says that nothing changed", async () => {
    const { api: openApi, seen } = await open(({ headers }) =>
      headers["if-none-match"] === '"one"'
        ? { status: 304 }
        : { headers: { etag: '"one"' }, body: { number: 7 } },
    );
    const api = openApi();
    await api.request(issue, { issue_number: 7 });
    const again = await api.request(issue, { issue_number: 7 });
    expect(again).toEqual({ ok: true, status: 200, data: { number: 7 } });
    await api.request(issue, { issue_number: 8 });
    expect(seen.map(({ headers }) => headers["if-none-match"])).toEqual([
      undefined,
      '"one"',
      undefined,
    ]);
    expect([...api.calls()]).toEqual([
      [issue, 2],
      ["304", 1],
    ]);
  });

  test("a list is read page by page up to the limit, and says whether there was more", async () => {
    const { api: openApi, url } = await open(({ path }) => {
      const page = Number(new URL(path, "http://x").searchParams.get("page"));
      const link = `<${path}>; rel="next"`;
      return {
        headers: page < 3 ? { link } : {},
        body: {
          total_count: 250,
          workflow_runs: Array.from({ length: page < 3 ? 100 : 50 }, (_, n) => page * 1000 + n),
        },
      };
    });
    expect(url).toContain("127.0.0.1");
    const runs = "GET /repos/{owner}/{repo}/actions/runs";
    const all = await openApi().list<number>(runs, { event: "x" }, 1_000);
    expect(all).toMatchObject({ ok: true, data: { complete: true } });
    expect(all.ok && all.data.items.length).toBe(250);
    const some = await openApi().list<number>(runs, {}, 150);
    expect(some).toMatchObject({ ok: true, data: { complete: false } });
    expect(some.ok && some.data.items.at(-1)).toBe(2049);
  });
});

describe("an answer that was lost", () => {
  test.each<[string, Reply]>([
    ["502", { status: 502, body: { message: "Bad gateway" } }],
    ["a broken connection", "reset"],
    ["an answer that ends in the middle", "cut"],
  ])("%s: asked again where twice is as good as once", async (_, fault) => {
    const { api: openApi, seen } = await open((_, n) => (n < 3 ? fault : { body: { sha: "a" } }));
    expect(await openApi().request(blob, { content: "x" })).toMatchObject({ ok: true });
    expect(seen).toHaveLength(3);
  });

  test("a comment is sent once only, and the doubt is told", async () => {
    const { api: openApi, seen } = await open(() => "reset");
    const answer = await openApi().request(comment, { issue_number: 1, body: "x" });
    expect(answer).toMatchObject({
      ok: false,
      status: 0,
      failure: { reason: "forge-unavailable" },
    });
    expect(seen).toHaveLength(1);
    const changed = await openApi().graphql("mutation { a }", {});
    expect(changed).toMatchObject({ ok: false, status: 0 });
    expect(seen).toHaveLength(2);
  });

  test("a comment whose answer ends in the middle is in doubt, too", async () => {
    const { api: openApi, seen } = await open(() => "cut");
    const answer = await openApi().request(comment, { issue_number: 1, body: "x" });
    expect(answer).toMatchObject({ ok: false, status: 0, message: "the answer was cut off" });
    expect(seen).toHaveLength(1);
  });

  test("it ends after three more tries, and a query is repeated too", async () => {
    const { api: openApi, seen } = await open(() => ({ status: 503, body: {} }));
    expect(await openApi().graphql("query { a }", {})).toMatchObject({ ok: false, status: 503 });
    expect(seen).toHaveLength(4);
  });

  test("no answer at all ends after the time for one", async () => {
    const { api: openApi, seen } = await open(() => "silence");
    const api = openApi({ timeoutMilliseconds: 30 });
    expect(await api.request(comment, { issue_number: 1, body: "x" })).toMatchObject({
      ok: false,
      status: 0,
      failure: { reason: "forge-unavailable" },
    });
    expect(seen).toHaveLength(1);
  });
});

describe("limits", () => {
  const secondary = (after: string): Reply => ({
    status: 403,
    headers: { "retry-after": after },
    body: { message: "You have exceeded a secondary rate limit. Please wait." },
  });

  test("a secondary limit is waited for, also with a comment", async () => {
    const { api: openApi, seen } = await open((_, n) =>
      n < 3 ? secondary("60") : { status: 201, body: { id: 1 } },
    );
    const lines: string[] = [];
    const api = openApi({ log: (line) => lines.push(line) });
    expect(await api.request(comment, { issue_number: 1, body: "x" })).toMatchObject({ ok: true });
    expect(seen).toHaveLength(3);
    expect(lines).toContain("secondary rate limit: waiting 60 s");
  });

  test("a wait that would end too late is not begun", async () => {
    const { api: openApi, seen } = await open(() => secondary("60"));
    const api = openApi({ patienceMilliseconds: 50 });
    expect(await api.request(issue, { issue_number: 1 })).toMatchObject({
      ok: false,
      failure: { reason: "forge-refused", rule: "secondary-rate-limit" },
    });
    expect(seen).toHaveLength(1);
  });

  test("waits add up: the last one that would pass the patience is not begun", async () => {
    const { api: openApi, seen } = await open(() => secondary("100"));
    const api = openApi({ patienceMilliseconds: 350 });
    const started = Date.now();
    expect(await api.request(issue, { issue_number: 1 })).toMatchObject({ ok: false });
    expect(Date.now() - started).toBeLessThan(600);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThan(5);
  });

  test("GitHub's pace is kept: a second between writes of one identity, none between reads", async () => {
    const { api: openApi } = await open(() => ({ body: { sha: "a" } }));
    const auth = { token: `ghs_${"paced".repeat(8)}` };
    const [one, two] = [openApi({ pace: "polite", auth }), openApi({ pace: "polite", auth })];
    const started = Date.now();
    await Promise.all([1, 2, 3].map((issue_number) => one.request(issue, { issue_number })));
    expect(Date.now() - started).toBeLessThan(800);
    await one.request(blob, { content: "x" });
    await two.request(blob, { content: "y" });
    expect(Date.now() - started).toBeGreaterThan(950);
  });

  test("stopping ends a wait at once", async () => {
    const stop = new AbortController();
    const { api: openApi } = await open(() => {
      setTimeout(() => stop.abort(), 20);
      return secondary("100000");
    });
    const api = openApi({ signal: stop.signal, patienceMilliseconds: 1e9 });
    const started = Date.now();
    expect(await api.request(issue, { issue_number: 1 })).toMatchObject({
      ok: false,
      failure: { reason: "interrupted" },
    });
    expect(Date.now() - started).toBeLessThan(2_000);
    const before = server?.seen.length;
    expect(await api.request(comment, { issue_number: 1, body: "x" })).toMatchObject({ ok: false });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server?.seen.length).toBe(before);
  });
});

describe("an App", () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const auth = { appId: 12, privateKey };
  const expires = () => new Date(Date.now() + 3_600_000).toISOString();

  const answerAs =
    (good: (authorization: string | undefined) => boolean) =>
    ({ path, headers }: Seen): Reply => {
      if (path === "/repos/o/r/installation") return { body: { id: 34 } };
      if (path === "/app/installations/34/access_tokens") {
        minted += 1;
        return {
          status: 201,
          body: { token: `ghs_minted${minted}`, expires_at: expires(), permissions: {} },
        };
      }
      return good(headers.authorization)
        ? { body: { number: 1 } }
        : { status: 401, body: { message: "Bad credentials" } };
    };
  let minted = 0;

  test("finds its installation and mints a token once", async () => {
    minted = 0;
    const { api: openApi, seen } = await open(answerAs(() => true));
    const api = openApi({ auth });
    expect(await api.request(issue, { issue_number: 1 })).toMatchObject({ ok: true });
    expect(await api.request(issue, { issue_number: 2 })).toMatchObject({ ok: true });
    expect(minted).toBe(1);
    expect(seen[0]?.headers.authorization).toMatch(/^bearer [\w-]+\.[\w-]+\.[\w-]+$/);
    expect(seen.at(-1)?.headers.authorization).toBe("Bearer ghs_minted1");
  });

  test("a token that has ended is renewed, once", async () => {
    minted = 0;
    const { api: openApi } = await open(answerAs((given) => given === "Bearer ghs_minted2"));
    expect(await openApi({ auth }).request(issue, { issue_number: 1 })).toMatchObject({ ok: true });
    expect(minted).toBe(2);
    await server?.close();
    minted = 0;
    const refusing = await open(answerAs(() => false));
    const answer = await refusing.api({ auth }).request(comment, { issue_number: 1, body: "x" });
    expect(answer).toMatchObject({ ok: false, status: 401, failure: { rule: "bad-credentials" } });
    expect(minted).toBe(2);
  });
});

describe("identity", () => {
  const who = async (login: string, options = {}) => {
    const { api: openApi, seen } = await open(({ path }) =>
      path === "/graphql"
        ? { body: { data: { viewer: { login } } } }
        : {
            body: {
              id: 99,
              login: decodeURIComponent(path.slice(7)),
              type: path.includes("bot") ? "Bot" : "User",
            },
          },
    );
    const api = openApi(options);
    const [one, two] = await Promise.all([api.identity(), api.identity()]);
    expect(two).toBe(one);
    return { identity: one.ok ? one.data : one, seen };
  };

  test("of Actions", async () => {
    const { identity } = await who("github-actions");
    expect(identity).toEqual({
      id: "99",
      login: "github-actions[bot]",
      kind: "actions",
      appId: null,
    });
  });

  test("of an App whose login comes without [bot]: no person of that name is taken for it", async () => {
    const { identity, seen } = await who("archwright", { appId: 5 });
    expect(identity).toEqual({ id: "99", login: "archwright[bot]", kind: "app", appId: 5 });
    expect(seen.at(-1)?.path).toBe("/users/archwright%5Bbot%5D");
  });

  test("of a person", async () => {
    const { identity } = await who("ada", { auth: { token: `ghp_${"x1".repeat(18)}` } });
    expect(identity).toEqual({ id: "99", login: "ada", kind: "user", appId: null });
  });

  test("a failure is asked for again", async () => {
    const { api: openApi } = await open((_, n) =>
      n === 1
        ? { status: 401, body: { message: "Bad credentials" } }
        : { body: { data: { viewer: { login: "github-actions[bot]", databaseId: 41898282 } } } },
    );
    const api = openApi();
    expect(await api.identity()).toMatchObject({ ok: false, status: 401 });
    expect(await api.identity()).toMatchObject({ ok: true, data: { id: "41898282" } });
  });
});

test("no message tells the token, whatever GitHub or the network says", async () => {
  const { api: openApi } = await open(() => ({
    status: 422,
    body: {
      message: `no ${token}`,
      errors: [
        { message: `see https://x:${token}@h/` },
        { resource: "Issue", field: "title", code: "missing" },
      ],
    },
  }));
  const answer = await openApi().request(comment, { issue_number: 1, body: "x" });
  expect(JSON.stringify(answer)).not.toContain(token);
  expect(answer).toMatchObject({ ok: false, errors: [expect.any(String), "Issue title missing"] });
});

test("GraphQL's refusals are told like those of REST", async () => {
  const { api: openApi } = await open(() => ({
    body: {
      data: null,
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    },
  }));
  expect(await openApi().graphql("query { a }", {})).toMatchObject({
    ok: false,
    status: 403,
    failure: { reason: "forge-refused", rule: "missing-right" },
  });
});

test("web pages belong to their API", () => {
  expect(findWeb("https://api.github.com")).toBe("https://github.com");
  expect(findWeb("https://git.example.org/api/v3")).toBe("https://git.example.org");
  expect(findWeb("https://api.example.ghe.com")).toBe("https://example.ghe.com");
});
