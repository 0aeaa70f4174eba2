import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { findEndedRun } from "../../src/app/find-ended-run.ts";
import { findRunWork } from "../../src/app/find-run-work.ts";
import type { GitHubApi } from "../../src/forge/github/api.ts";
import { openGitHubApi } from "../../src/forge/github/open-api.ts";
import type { Lease } from "../../src/workflow/phase.ts";
import type { RunRecord, StandIn } from "../github/contract.ts";
import { openStandIn } from "../github/open-stand-in.ts";

// Whoever may write can push a workflow of their own, name its run after a lease that everybody can read in the ledger, and leave a hand-over
// with a score of 100. The App publishes only what came of a run that it dispatched itself.

const nonce = "a".repeat(64);
const work = { issue: 1, phase: "review" as const, nonce, head: "b".repeat(40) };
const files = mkdtempSync(join(tmpdir(), "archwright-foreign-"));
let github: StandIn;
let api: GitHubApi;
let bot: RunRecord["actor"];
let mallory: RunRecord["actor"];

async function accountOf(login: string): Promise<RunRecord["actor"]> {
  const headers = { authorization: `bearer ${github.userToken("mallory")}` };
  const answer = await fetch(`${github.url}/users/${encodeURIComponent(login)}`, { headers });
  const { id, type } = (await answer.json()) as { id: number; type: "User" | "Bot" };
  return { id, login, type } as RunRecord["actor"];
}

beforeAll(async () => {
  writeFileSync(join(files, "README.md"), "# Shop\n");
  github = await openStandIn({ files, organisation: true });
  github.person("mallory", "write");
  const rights = { metadata: "read", actions: "write", contents: "write" } as const;
  const app = github.installApp({ slug: "archwright", rights, events: [] });
  const { appId, privateKey, installationId } = app;
  const repository = { owner: github.owner, name: github.repo };
  const auth = { appId, privateKey, installationId };
  api = openGitHubApi({ baseUrl: github.url, auth, repository, pace: "none" });
  bot = await accountOf("archwright[bot]");
  mallory = await accountOf("mallory");
});
afterAll(async () => {
  await github.close();
  rmSync(files, { recursive: true, force: true });
});

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");
function addRun(change: Partial<RunRecord>): number {
  const id = github.actions.nextId();
  github.actions.runs.push({
    ...{ id, attempt: 1, workflow: ".github/workflows/archwright.yml", name: "Archwright" },
    ...{ displayTitle: `Archwright ${JSON.stringify(work)}`, event: "workflow_dispatch" },
    ...{ status: "completed", conclusion: "success", headBranch: "main", headSha: "c".repeat(40) },
    ...{ actor: bot, triggeringActor: bot, createdAt: now(), updatedAt: now(), startedAt: now() },
    ...{ jobs: [], ...change },
  });
  return id;
}
const own = (): ReadonlySet<string> => new Set([String(bot.id)]);
const lease = (runId: string): Lease => ({
  ...{ phase: "review", spec: "BUILD_01", exploration: "main", nonce, attempt: 1, round: 0, runId },
  ...{ startedAt: now(), expiresAt: now(), reserved: { micros: 1, tokens: 1 } },
});

test("a run that the App dispatched carries its lease, also after a person ran it again", async () => {
  const id = addRun({ attempt: 2, triggeringActor: mallory });
  expect(await findRunWork(api, id, own())).toEqual({ ok: true, value: work });
  const ended = await findEndedRun(api, lease(`actions:${id}:1`), own());
  expect(ended).toMatchObject({ ok: true, value: { id, attempt: 2 } });
});

test.each<[string, () => Partial<RunRecord>]>([
  ["by somebody else", () => ({ actor: mallory, triggeringActor: mallory })],
  ["of another workflow", () => ({ actor: mallory, workflow: ".github/workflows/evil.yml" })],
  ["that a push started", () => ({ event: "push" })],
])("a run %s carries none, whatever its title says", async (_, change) => {
  const id = addRun(change());
  expect(await findRunWork(api, id, own())).toEqual({ ok: true, value: null });
  const claimed = lease(`actions:${id}:1`);
  expect(await findEndedRun(api, claimed, own())).toEqual({ ok: true, value: null });
});

test("a waiting lease is not taken for ended by a run that somebody named after it", async () => {
  github.actions.runs.length = 0;
  addRun({ actor: mallory, triggeringActor: mallory });
  const waiting = lease("dispatch:app-1:1");
  expect(await findEndedRun(api, waiting, own())).toEqual({ ok: true, value: null });
});
