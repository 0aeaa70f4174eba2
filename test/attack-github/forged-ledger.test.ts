import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { signsCommits } from "../../src/forge/github/signs-commits.ts";
import { parseEventLines, renderEventLines } from "../../src/ledger/event-lines.ts";
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

test.each([
  ["https://github.com", true],
  ["https://acme.ghe.com", true],
  ["https://github.acme.example", false],
  ["https://github.com.evil.example", false],
])("a signature of %s can be asked for: %s", (server, signs) => {
  expect(signsCommits(server)).toBe(signs);
});
