import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openGitHubApi } from "../../src/forge/github/open-api.ts";
import { signsCommits } from "../../src/forge/github/signs-commits.ts";
import { parseEventLines, renderEventLines } from "../../src/ledger/event-lines.ts";
import { openGitHubLedger } from "../../src/ledger/github/open-github-ledger.ts";
import { openTown, type Town } from "../e2e-action/open-town.ts";
import { readLedger, readPicture, readThread, typesOf } from "../e2e-action/read-town.ts";
import { forgeCommit } from "../ledger/git-repository.ts";
import { openBare } from "../ledger/open-bare.ts";

// Whoever may push can push refs/archwright/*, with any name on the commit: the verdict that the App gives would be theirs.

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());

const bot = "41898282+github-actions[bot]@users.noreply.github.com";
const walt = { id: "1", login: "walt", role: "admin", kind: "person" };

/** Pushes events in the name of the bot on top of what the ledger says. */
async function forge(issue: number, events: readonly object[]): Promise<void> {
  const named = openBare(town.github.bare, "github-actions[bot]", bot);
  const ref = `refs/archwright/issues/${issue}`;
  const parent = await named.git("rev-parse", ref);
  const text = `${await named.git("show", `${ref}:events.jsonl`)}\n`;
  const { end } = parseEventLines(Buffer.from(text));
  const more = renderEventLines(end, events as never).text;
  await forgeCommit(named, ref, { "events.jsonl": text + more }, parent);
}

describe("a ledger that somebody pushed in the bot's name", () => {
  test("gives no verdict, starts nothing and cancels nothing", async () => {
    const issue = await town.at("proposed");
    const before = readThread(town, issue).status;
    const runs = town.runner.runs.length;
    const at = "2026-11-21T10:00:00.000Z";
    await forge(issue, [{ v: 1, type: "FeatureCancelled", at, source: "comment:1", by: walt }]);
    expect(typesOf(readLedger(town, issue))).toContain("FeatureCancelled");
    town.runner.schedule();
    await town.idle();
    expect(readThread(town, issue).status).toBe(before);
    expect(readThread(town, issue).labels).not.toContain("archwright:cancelled");
    expect(readPicture(town).statuses).toEqual([]);
    expect(town.runner.runs).toHaveLength(runs + 1);
    expect(town.runner.runs.at(-1)?.jobs[0]?.log).toMatch(/verified its signature/);
  }, 60_000);
});

describe("a ledger that another workflow wrote with its own token, signed by GitHub", () => {
  const nonce = "e".repeat(64);
  const at = "2026-11-21T10:00:00.000Z";

  /** Appends as whoever holds a GITHUB_TOKEN that may write can. */
  async function append(issue: number, events: readonly object[]): Promise<string> {
    const { github } = town;
    const token = github.actionsToken({ contents: "write", metadata: "read" });
    const repository = { owner: github.owner, name: github.repo };
    const api = openGitHubApi({ baseUrl: github.url, auth: { token }, repository, pace: "none" });
    const ledger = openGitHubLedger({ api, longestPause: 20 });
    const loaded = await ledger.load(issue);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
    const parent = loaded.value.head;
    const appended = await ledger.append({ issue, parent, events: events as never, documents: {} });
    if (!appended.ok || appended.value.kind !== "appended") throw new Error("not appended");
    return appended.value.head;
  }

  async function dispatch(work: string): Promise<void> {
    const { url, owner, repo, userToken } = town.github;
    const path = `${url}/repos/${owner}/${repo}/actions/workflows/archwright.yml/dispatches`;
    const headers = { authorization: `bearer ${userToken("walt")}` };
    const body = JSON.stringify({ ref: "main", inputs: { work } });
    const answer = await fetch(path, { method: "POST", headers, body });
    expect(answer.status).toBe(204);
  }

  test.each([
    ["nobody wrote", async () => "4711"],
    [
      "somebody wrote who may not",
      async (issue: number) =>
        String(await town.rita.comment(issue, readThread(town, issue).approve)),
    ],
    ["says something else", async (issue: number) => String(await town.mary.comment(issue, "Hm."))],
  ])(
    "builds nothing on an approval that %s",
    async (_, write) => {
      const issue = await town.at("proposed");
      const comment = await write(issue);
      await town.idle();
      const posted = readLedger(town, issue).find(({ type }) => type === "PlanPosted");
      const planHash = (posted?.plan as { hash: string } | undefined)?.hash ?? "";
      const work = { phase: "build", spec: "BUILD_01", exploration: "main" };
      const lease = {
        ...{ ...work, nonce, attempt: 1, round: 0, runId: "dispatch:1:1", startedAt: at },
        ...{
          expiresAt: "2099-01-01T00:00:00.000Z",
          reserved: { micros: 1_000_000, tokens: 1_000 },
        },
      };
      const base = { v: 1, at };
      const by = comment === "4711" ? walt : { ...walt, login: "rita" };
      const head = await append(issue, [
        {
          ...base,
          source: "comment:1",
          type: "PlanApproved",
          planHash,
          comment,
          unvalidated: false,
          by,
        },
        { ...base, source: "comment:1", type: "PhaseStarted", lease },
      ]);
      const input = JSON.stringify({ issue, phase: "build", nonce, head });
      await dispatch(input);
      await town.idle();
      const types = typesOf(readLedger(town, issue));
      expect(types).toContain("PhaseFailed");
      expect(types).not.toContain("BuildCompleted");
      expect(JSON.stringify(readLedger(town, issue))).toContain("approval-lost");
      expect(readPicture(town).branches.map(({ name }) => name)).toEqual(["main"]);
    },
    90_000,
  );
});

test.each([
  ["https://github.com", true],
  ["https://acme.ghe.com", true],
  ["https://github.acme.example", false],
  ["https://github.com.evil.example", false],
])("a signature of %s can be asked for: %s", (server, signs) => {
  expect(signsCommits(server)).toBe(signs);
});
