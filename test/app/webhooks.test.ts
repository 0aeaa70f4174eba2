import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openSqliteQueue } from "../../src/queue/open-sqlite-queue.ts";
import { commandComment, deliver, example, sign } from "./deliver.ts";
import { openApp, type TestApp } from "./open-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(async () => await app.close());

const labeled = () => example("issues", "labeled");
const post = async (body: string, headers: Record<string, string>): Promise<number> =>
  (await fetch(`${app.url}/api/github/webhooks`, { method: "POST", body, headers })).status;

async function states(ids: readonly string[]): Promise<unknown[]> {
  const queue = openSqliteQueue(app.settings.queue);
  if (!queue.ok) throw new Error(queue.failure.reason);
  const found = await Promise.all(ids.map((id) => queue.value.find(id)));
  await queue.value.close();
  return found.map((each) => (each.ok ? each.value : each.failure.reason));
}

const headersOf = (body: string, guid: string) => ({
  "content-type": "application/json",
  "x-github-event": "issues",
  "x-github-delivery": guid,
  "x-hub-signature-256": sign(body),
});

test("a signed delivery is kept before it is acknowledged", async () => {
  expect(await deliver(app.url, { guid: "ok-1", event: "issues", payload: labeled() })).toBe(202);
  expect(await states(["ok-1"])).not.toContain(null);
});

test("what is not signed, or signed with another secret, is refused with 401", async () => {
  const body = JSON.stringify(labeled());
  const { "x-hub-signature-256": _, ...unsigned } = headersOf(body, "bad-1");
  expect(await post(body, unsigned)).toBe(401);
  const wrong = { ...headersOf(body, "bad-2"), "x-hub-signature-256": sign(body, "other") };
  expect(await post(body, wrong)).toBe(401);
  const empty = { ...headersOf(body, "bad-3"), "x-hub-signature-256": "sha256=" };
  expect(await post(body, empty)).toBe(401);
  const old = { ...unsigned, "x-hub-signature": "sha1=0000" };
  expect(await post(body, old)).toBe(401);
  const altered = headersOf(body, "bad-4");
  expect(await post(`${body} `, altered)).toBe(401);
  expect(await states(["bad-1", "bad-2", "bad-3", "bad-4"])).toEqual([null, null, null, null]);
});

test("what is no webhook is refused with its own status", async () => {
  const body = JSON.stringify(labeled());
  const headers = headersOf(body, "odd-1");
  expect(await post(body, { ...headers, "content-type": "text/plain" })).toBe(415);
  expect(await post(body, { ...headers, "x-github-delivery": "" })).toBe(400);
  expect(await post(body, { ...headers, "x-github-event": "" })).toBe(400);
  expect(await post("[1]", headersOf("[1]", "odd-2"))).toBe(202);
  expect(await post("{", headersOf("{", "odd-3"))).toBe(400);
  expect(await post("3", headersOf("3", "odd-4"))).toBe(400);
  expect((await fetch(`${app.url}/api/github/webhooks`)).status).toBe(405);
  expect(await states(["odd-1", "odd-2", "odd-3", "odd-4"])).toEqual([null, null, null, null]);
});

const upload = (headers: Record<string, string>, bytes: number): Promise<number> =>
  new Promise((resolve) => {
    const sent = request(`${app.url}/api/github/webhooks`, { method: "POST", headers });
    sent.on("response", (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    // The server hangs up on what is too large: that is no answer less.
    sent.on("error", () => resolve(-1));
    const part = Buffer.alloc(1_000_000, 32);
    let left = bytes;
    const write = (): void => {
      while (left > 0 && !sent.destroyed) {
        left -= part.length;
        if (!sent.write(part)) return void sent.once("drain", write);
      }
      sent.end();
    };
    write();
  });

test("what is larger than GitHub sends is refused before it is read to its end", async () => {
  const headers = headersOf("", "huge-1");
  const announced = { ...headers, "content-length": "30000000" };
  expect([413, -1]).toContain(await upload(announced, 30_000_000));
  expect([413, -1]).toContain(
    await upload({ ...headers, "transfer-encoding": "chunked" }, 40_000_000),
  );
  expect(await states(["huge-1"])).toEqual([null]);
  // And the server is none the worse.
  expect((await fetch(`${app.url}/health`)).status).toBe(200);
});

test("an event that is unknown, or of no installation, is acknowledged and dropped", async () => {
  const unknown = { guid: "drop-1", event: "from_the_future", payload: { action: "x" } };
  expect(await deliver(app.url, unknown)).toBe(202);
  const nowhere = {
    guid: "drop-2",
    event: "issues",
    payload: { ...labeled(), installation: null },
  };
  expect(await deliver(app.url, nowhere)).toBe(202);
  const chatter = { guid: "drop-3", event: "issue_comment", payload: commandComment(1, "nice!") };
  expect(await deliver(app.url, chatter)).toBe(202);
  const foreign = {
    guid: "drop-4",
    event: "pull_request",
    payload: example("pull_request", "closed"),
  };
  expect(await deliver(app.url, foreign)).toBe(202);
  const invalid = {
    guid: "drop-5",
    event: "issues",
    payload: { ...labeled(), issue: { id: "x" } },
  };
  expect(await deliver(app.url, invalid)).toBe(202);
  const ids = ["drop-1", "drop-2", "drop-3", "drop-4", "drop-5"];
  expect(await states(ids)).toEqual([null, null, null, null, null]);
});

test("redelivered, doubled and shuffled deliveries make one job each", async () => {
  const acts = Array.from({ length: 12 }, (_, n) => commandComment(9_000 + n, `/status ${n}`));
  const sent = acts.flatMap((payload, n) => [
    { guid: `many-${n}`, event: "issue_comment", payload },
    { guid: `many-${n}`, event: "issue_comment", payload },
    // Another hook of the same act: another delivery, the same comment.
    { guid: `other-${n}`, event: "issue_comment", payload },
  ]);
  const shuffled = sent.toSorted((a, b) => sign(a.guid + a.event).localeCompare(sign(b.guid)));
  const statuses = await Promise.all(shuffled.map((each) => deliver(app.url, each)));
  expect(new Set(statuses)).toEqual(new Set([202]));
  const pairs = await Promise.all(
    acts.map(async (_, n) => await states([`many-${n}`, `other-${n}`])),
  );
  expect(pairs.map((pair) => pair.filter((state) => state !== null).length)).toEqual(
    acts.map(() => 1),
  );
});

test("the log tells of each delivery by its id, and never a secret", async () => {
  await deliver(app.url, {
    guid: "logged-1",
    event: "issues",
    payload: example("issues", "labeled", { zen: app.settings.webhookSecret }),
  });
  const told = app.lines.filter((line) => line.includes("logged-1"));
  expect(told.length).toBeGreaterThan(0);
  expect(JSON.parse(told[0] ?? "{}")).toMatchObject({ delivery: "logged-1", event: "issues" });
  const all = app.lines.join("");
  for (const secret of app.settings.secrets) expect(all).not.toContain(secret);
  expect(all).not.toContain("BEGIN RSA");
});

test("health tells that the process lives, readiness that it can take deliveries", async () => {
  const health = await fetch(`${app.url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { alive: true }]);
  const ready = await fetch(`${app.url}/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ ready: true, jobs: { dead: 0 } });
  expect((await fetch(`${app.url}/nothing`)).status).toBe(404);
});
