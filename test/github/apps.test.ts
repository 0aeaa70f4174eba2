import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { App } from "./contract.ts";
import { signPayload } from "./deliver.ts";
import { type Bench, openBench } from "./open-bench.ts";

type Received = { headers: Record<string, unknown>; body: string };

let bench: Bench;
let app: App;
let door: Server;
let received: Received[];
let answer: number;

beforeEach(async () => {
  bench = await openBench();
  const rights = { issues: "write", contents: "read" } as const;
  app = bench.standIn.installApp({ slug: "wright", rights, events: ["issues", "pull_request"] });
  received = [];
  answer = 202;
  door = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(answer).end("thanks");
  });
  await new Promise<void>((resolve) => void door.listen(0, "127.0.0.1", resolve));
  const address = door.address();
  app.webhookUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hooks`;
});
afterEach(async () => {
  await bench.standIn.close();
  await new Promise((resolve) => door.close(resolve));
});

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function jwt(key = app.privateKey, claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const body = { iat: now - 30, exp: now + 300, iss: String(app.appId), ...claims };
  const head = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(body)}`;
  return `${head}.${createSign("sha256").update(head).sign(key, "base64url")}`;
}

const tokenPath = () => `/app/installations/${app.installationId}/access_tokens`;

const mint = async (body?: unknown, headers: Record<string, string> = {}) =>
  bench.call("POST", tokenPath(), { token: jwt(), headers, ...(body ? { body } : {}) });

const until = async (holds: () => boolean): Promise<void> => {
  for (let at = 0; at < 200 && !holds(); at++) await new Promise((go) => setTimeout(go, 10));
};

test("an App proves itself with its key, and with nothing else", async () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const other = stranger.export({ type: "pkcs8", format: "pem" }).toString();
  const now = Math.floor(Date.now() / 1000);
  const tokens = [
    jwt(),
    jwt(other),
    jwt(app.privateKey, { exp: now - 1 }),
    jwt(app.privateKey, { exp: now + 3600 }),
  ];
  const replies = await Promise.all(tokens.map((token) => bench.call("GET", "/app", { token })));
  expect(replies.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
  expect([replies[0]?.data.slug, replies[0]?.data.id]).toEqual(["wright", app.appId]);
});

test("an installation token acts as the App's bot, with the App's rights and for an hour", async () => {
  const issue = await bench.standIn.person("ada", "write").openIssue({ title: "x", body: "x" });
  const { data } = await mint();
  const token = String(data.token);
  const left = Date.parse(String(data.expires_at)) - Date.now();
  expect([left > 3_500_000, left <= 3_600_000]).toEqual([true, true]);
  const path = `${bench.repo}/issues/${issue}/comments`;
  const comment = await bench.call("POST", path, { token, body: { body: "x" } });
  const app_ = comment.data.performed_via_github_app?.slug;
  expect([comment.data.user?.login, comment.data.user?.type, app_]).toEqual([
    "wright[bot]",
    "Bot",
    "wright",
  ]);
  const blob = await bench.call("POST", `${bench.repo}/git/blobs`, {
    token,
    body: { content: "x" },
  });
  expect(blob.status).toBe(403);
});

test("a token can be narrowed, never widened, and has the new form on demand", async () => {
  const narrow = await mint({ permissions: { issues: "read" }, repositories: ["widgets"] });
  const wide = await mint({ permissions: { contents: "write" } });
  const other = await mint({ repositories: ["secrets"] });
  expect([narrow.status, wide.status, other.status]).toEqual([201, 422, 422]);
  const body = { title: "x" };
  const token = String(narrow.data.token);
  expect((await bench.call("POST", `${bench.repo}/issues`, { token, body })).status).toBe(403);
  const long = await mint(undefined, { "X-GitHub-Stateless-S2S-Token": "enabled" });
  expect(String(long.data.token)).toMatch(/^ghs_[A-Za-z0-9._-]{400,}$/);
  const used = await bench.call("GET", "/installation/repositories", {
    token: String(long.data.token),
  });
  expect(used.data.total_count).toBe(1);
});

test("events that it listens to come signed, with GitHub's headers and its installation", async () => {
  const ada = bench.standIn.person("ada", "write");
  const issue = await ada.openIssue({ title: "x", body: "x" });
  await ada.comment(issue, "not listened to");
  await until(() => received.length > 0);
  const [first] = received;
  expect(received).toHaveLength(1);
  expect(first?.headers).toMatchObject({
    "x-github-event": "issues",
    "x-github-delivery": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-github-hook-id": expect.stringMatching(/^\d+$/),
    "x-hub-signature-256": signPayload(app.webhookSecret, first?.body ?? ""),
  });
  const payload = JSON.parse(first?.body ?? "{}");
  expect([payload.action, payload.installation.id]).toEqual(["opened", app.installationId]);
});

test("what GITHUB_TOKEN does reaches Apps all the same", async () => {
  const token = bench.standIn.actionsToken({ issues: "write" });
  await bench.call("POST", `${bench.repo}/issues`, { token, body: { title: "x" } });
  await until(() => received.length > 0);
  expect(JSON.parse(received[0]?.body ?? "{}").sender.login).toBe("github-actions[bot]");
});

test("a failed delivery is listed, and comes again with the same id", async () => {
  answer = 500;
  await bench.standIn.person("ada", "write").openIssue({ title: "x", body: "x" });
  const listed = async (query = "") =>
    (await bench.call("GET", `/app/hook/deliveries${query}`, { token: jwt() }))
      .data as unknown as Record<string, unknown>[];
  let failed: Record<string, unknown>[] = [];
  for (let at = 0; at < 100 && failed.length === 0; at++) failed = await listed("?status=failure");
  expect(failed).toMatchObject([
    { event: "issues", action: "opened", status_code: 500, redelivery: false },
  ]);
  answer = 202;
  const again = await bench.call("POST", `/app/hook/deliveries/${String(failed[0]?.id)}/attempts`, {
    token: jwt(),
  });
  expect(again.status).toBe(202);
  await until(() => received.length > 1);
  const ids = received.map(({ headers }) => headers["x-github-delivery"]);
  expect(ids[1]).toBe(ids[0]);
  let all: Record<string, unknown>[] = [];
  for (let at = 0; at < 100 && all.length < 2; at++) all = await listed();
  expect(all.map(({ redelivery, guid }) => [redelivery, guid])).toEqual([
    [true, ids[0]],
    [false, ids[0]],
  ]);
  const whole = await bench.call("GET", `/app/hook/deliveries/${String(failed[0]?.id)}`, {
    token: jwt(),
  });
  expect(whole.data.request?.payload?.action).toBe("opened");
});

test("only its own App changes a check run", async () => {
  const rights = { checks: "write", contents: "write" } as const;
  const other = bench.standIn.installApp({ slug: "other", rights, events: [] });
  const sha = await bench.standIn.person("ada", "write").push("x", { "x.txt": "x\n" });
  const bot = bench.standIn.actionsToken(rights);
  const made = await bench.call("POST", `${bench.repo}/check-runs`, {
    token: bot,
    body: { name: "a", head_sha: sha },
  });
  const claims = { iss: String(other.appId) };
  const path = `/app/installations/${other.installationId}/access_tokens`;
  const { data } = await bench.call("POST", path, { token: jwt(other.privateKey, claims) });
  const body = { status: "completed", conclusion: "success" };
  const change = { token: String(data.token), body };
  const refused = await bench.call(
    "PATCH",
    `${bench.repo}/check-runs/${String(made.data.id)}`,
    change,
  );
  expect(refused.status).toBe(403);
});

afterEach(() => {
  expect(bench.standIn.offSpec).toEqual([]);
});
