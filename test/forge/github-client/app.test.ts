import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openGitHubApi } from "../../../src/forge/github/open-api.ts";
import { openGitHubLedger } from "../../../src/ledger/github/open-github-ledger.ts";
import type { App, StandIn } from "../../github/contract.ts";
import { openStandIn } from "../../github/open-stand-in.ts";
import { mustAppend, opened, unwrap } from "../../ledger/contract.ts";

let standIn: StandIn;
let files: string;
let app: App;
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), "archwright-app-"));
  await writeFile(join(files, "README.md"), "# Widgets\n");
  standIn = await openStandIn({ files });
  const rights = { contents: "write", issues: "read", metadata: "read" } as const;
  app = standIn.installApp({ slug: "archwright", rights, events: [] });
});
afterAll(async () => {
  await standIn.close();
  await rm(files, { recursive: true, force: true });
});

const open = (more: { appId?: number; privateKey?: string; installationId?: number } = {}) =>
  openGitHubApi({
    baseUrl: standIn.url,
    auth: { appId: app.appId, privateKey: app.privateKey, ...more },
    repository: { owner: standIn.owner, name: standIn.repo },
    pace: "none",
  });

/** Tokens that the App has minted so far. */
const minted = (): string[] =>
  standIn.requests
    .filter(({ route, status }) => route.endsWith("/access_tokens") && status === 201)
    .map(({ path }) => path);

test("an App is its bot, and knows its own id", async () => {
  const identity = await open().identity();
  expect(identity).toMatchObject({
    ok: true,
    data: { login: "archwright[bot]", kind: "app", appId: app.appId },
  });
  const given = await open({ installationId: app.installationId }).identity();
  expect(given).toEqual(identity);
});

test("its ledger is written in its name and signed; that of Actions is another's", async () => {
  const api = open();
  const store = openGitHubLedger({ api, signed: true, longestPause: 20 });
  const head = await mustAppend(store, null, [opened(1)]);
  expect(unwrap(await openGitHubLedger({ api: open(), signed: true }).load(1)).head).toBe(head);
  const actions = openGitHubApi({
    baseUrl: standIn.url,
    auth: { token: standIn.actionsToken({ contents: "write" }) },
    repository: { owner: standIn.owner, name: standIn.repo },
    pace: "none",
  });
  expect(await openGitHubLedger({ api: actions }).load(1)).toMatchObject({
    ok: false,
    failure: { reason: "ledger-corrupt", detail: expect.stringContaining("archwright[bot]") },
  });
  const both = ["archwright[bot]", "github-actions[bot]"];
  expect(unwrap(await openGitHubLedger({ api: actions, authors: both }).load(1)).head).toBe(head);
});

test("a token that GitHub ended is minted anew in the middle of the work", async () => {
  const api = open();
  const store = openGitHubLedger({ api, longestPause: 20 });
  const head = await mustAppend(store, null, [opened(2)], { issue: 2 });
  const before = minted().length;
  standIn.fail({ kind: "bad-credentials", route: /git\/trees/, method: "POST" });
  await mustAppend(store, head, [{ type: "A" }], { issue: 2 });
  expect(minted().length).toBe(before + 1);
});

test("a wrong key and an App that is not installed here are told apart", async () => {
  const { privateKey } = standIn.installApp({ slug: "other", rights: {}, events: [] });
  const parameters = { issue_number: 1 };
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}";
  expect(await open({ privateKey }).request(route, parameters)).toMatchObject({
    ok: false,
    status: 401,
    failure: { reason: "forge-refused", rule: "bad-credentials" },
  });
  const unusable = await open({ privateKey: "not a key at all" }).request(route, parameters);
  expect(unusable).toMatchObject({ ok: false, status: 401, failure: { rule: "bad-credentials" } });
  expect(JSON.stringify(unusable)).not.toContain("not a key at all");
  const elsewhere = openGitHubApi({
    baseUrl: standIn.url,
    auth: { appId: app.appId, privateKey: app.privateKey },
    repository: { owner: standIn.owner, name: "elsewhere" },
    pace: "none",
  });
  expect(await elsewhere.request(route, parameters)).toMatchObject({ ok: false, status: 404 });
});

test("a right that was not granted is named", async () => {
  const answer = await open().request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: 1,
    body: "x",
  });
  expect(answer).toMatchObject({ ok: false, failure: { reason: "forge-refused" } });
  expect(JSON.stringify(answer)).toMatch(/issues: write/);
  expect(standIn.offSpec).toEqual([]);
});
