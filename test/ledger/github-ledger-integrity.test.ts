import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { chainStart, renderEventLines } from "../../src/ledger/event-lines.ts";
import { openGitLedger, openRepository } from "../../src/ledger/git/open-git-ledger.ts";
import { verifyGitLedger } from "../../src/ledger/git/verify-git-ledger.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { environment, forgeCommit, type Repository } from "./git-repository.ts";
import { actions, openPlace, type Place } from "./github-place.ts";
import { openBare } from "./open-bare.ts";

let place: Place;
let bare: Repository;
beforeAll(async () => {
  place = await openPlace();
  bare = openBare(place.standIn.bare);
});
afterAll(() => place.close());

const secret = "known to route and publish only";
const local = "Archwright <archwright@localhost>";
const refOf = (issue: number): string => `refs/archwright/issues/${issue}`;
const corrupt = (detail: RegExp) => ({
  ok: false,
  failure: { reason: "ledger-corrupt", detail: expect.stringMatching(detail) },
});

describe("one format for both stores", () => {
  const documents = { "design.md": "# Plan\r\n", "adrs/001-a.md": "", "a/b/c.md": "Zoë \u0000" };

  test("what was written over the API is read and verified by local git", async () => {
    const remote = place.store({ secret });
    const head = await mustAppend(remote, null, [opened(1), { type: "A" }], { documents });
    const git = openGitLedger({ directory: bare.directory, environment });
    expect(unwrap(await git.load(1))).toEqual(unwrap(await remote.load(1)));
    const repository = openRepository({ directory: bare.directory, environment });
    const report = unwrap(await verifyGitLedger(repository, 1, ["github-actions[bot]"]));
    expect(report).toMatchObject({ head, commits: 1, events: 2, faults: [] });
    expect(unwrap(await verifyGitLedger(repository, 1)).faults).toHaveLength(1);
    await bare.git("fsck", "--strict", "--no-dangling");
  });

  test("what local git wrote is read over the API, and goes on there", async () => {
    const git = openGitLedger({ directory: bare.directory, environment });
    const first = await mustAppend(git, null, [opened(2)], { issue: 2, documents });
    const remote = place.store({ authors: [actions, local] });
    expect(unwrap(await remote.load(2))).toMatchObject({ head: first, documents });
    const second = await mustAppend(remote, first, [{ type: "A" }], {
      issue: 2,
      documents: { "design.md": "2" },
    });
    expect(unwrap(await git.load(2))).toMatchObject({
      head: second,
      documents: { ...documents, "design.md": "2" },
    });
    expect(await place.store().load(2)).toMatchObject({ ok: true });
    expect(await place.store().load(2, { at: first })).toMatchObject(
      corrupt(/written by Archwright/),
    );
  });

  test("money of a day is one sum over both", async () => {
    const git = openGitLedger({ directory: bare.directory, environment });
    const remote = place.store({ authors: [actions, local] });
    expect(unwrap(await remote.recordSpend("2026-03-01", "a", 5, 100)).total).toBe(5);
    expect(unwrap(await git.recordSpend("2026-03-01", "b", 6, 100)).total).toBe(11);
    expect(unwrap(await remote.recordSpend("2026-03-01", "c", 7, 100)).total).toBe(18);
  });
});

describe("what others wrote is refused", () => {
  const lines = renderEventLines(chainStart, [opened(3)]).text;

  test("a commit by somebody else", async () => {
    await forgeCommit(bare, refOf(3), { "events.jsonl": lines }, null);
    expect(await place.store().load(3)).toMatchObject(corrupt(/written by Somebody/));
    const request = { issue: 3, parent: null, events: [{ type: "A" }], documents: {} };
    expect(unwrap(await place.store().append(request))).toMatchObject({ kind: "conflict" });
  });

  test("a commit in our name, which GitHub has not signed", async () => {
    const named = openBare(bare.directory, "github-actions[bot]", actions);
    await forgeCommit(named, refOf(4), { "events.jsonl": lines }, null);
    // Without asking for signatures a name is all there is.
    expect(await place.store().load(4)).toMatchObject({ ok: true });
    expect(await place.store({ signed: true }).load(4)).toMatchObject(corrupt(/not verified/));
    expect(await place.store({ secret }).load(4)).toMatchObject(corrupt(/no seal/));
  });

  test("an append on a forged commit", async () => {
    const head = await forgeCommit(bare, refOf(5), { "events.jsonl": lines }, null);
    const request = { issue: 5, parent: head, events: [{ type: "A" }], documents: {} };
    expect(await place.store().append(request)).toMatchObject(corrupt(/written by Somebody/));
  });

  test("a line that was changed, a name that leads out, a file that is none", async () => {
    const named = openBare(bare.directory, "github-actions[bot]", actions);
    const two = renderEventLines(chainStart, [opened(6), { type: "A" }]).text;
    const changed = two.replace('"number":6', '"number":7');
    await forgeCommit(named, refOf(6), { "events.jsonl": changed }, null);
    const answer = await place.store().load(6);
    expect(answer).toMatchObject(corrupt(/that line or this one was changed/));
    expect(answer).toMatchObject({ failure: { line: 2 } });
    await forgeCommit(named, refOf(6), { "events.jsonl": two, "-x.md": "" }, null);
    expect(await place.store().load(6)).toMatchObject(corrupt(/is refused/));
    await forgeCommit(named, refOf(6), { "events.jsonl": two, "x.md": Buffer.from([255]) }, null);
    expect(await place.store().load(6)).toMatchObject(corrupt(/not valid UTF-8/));
    await forgeCommit(named, refOf(6), { "x.md": "" }, null);
    expect(await place.store().load(6)).toMatchObject(corrupt(/holds no events\.jsonl/));
  });
});

describe("seals", () => {
  test("hold for their own issue and parent only", async () => {
    const store = place.store({ secret });
    const first = await mustAppend(store, null, [opened(7)], { issue: 7 });
    const second = await mustAppend(store, first, [{ type: "A" }], { issue: 7 });
    expect(unwrap(await place.store({ secret }).load(7)).head).toBe(second);
    // A whole ledger put in the place of another.
    await bare.git("update-ref", refOf(8), second);
    expect(await place.store({ secret }).load(8)).toMatchObject(corrupt(/seal is wrong/));
    expect(await place.store({ secret: "another" }).load(7)).toMatchObject(
      corrupt(/seal is wrong/),
    );
  });

  test("a copy of a sealed message on other content is wrong", async () => {
    const head = await mustAppend(place.store({ secret }), null, [opened(9)], { issue: 9 });
    const message = await bare.git("log", "-1", "--format=%B", head);
    const named = openBare(bare.directory, "github-actions[bot]", actions);
    const text = renderEventLines(chainStart, [opened(9), { type: "PlanApproved" }]).text;
    const forged = await forgeCommit(named, "refs/heads/x", { "events.jsonl": text }, null);
    const commit = await named.git("commit-tree", `${forged}^{tree}`, "-m", message);
    await named.git("update-ref", refOf(9), commit);
    expect(await place.store({ secret }).load(9)).toMatchObject(corrupt(/seal is wrong/));
    expect(eventsOf(unwrap(await place.store().load(9)))).toHaveLength(2);
  });

  test("money is sealed too: a day that somebody emptied is not believed", async () => {
    const day = "2026-04-01";
    const store = place.store({ secret });
    unwrap(await store.recordSpend(day, "a", 90, 100));
    const named = openBare(bare.directory, "github-actions[bot]", actions);
    await forgeCommit(named, `refs/archwright/spend/${day}`, { "spend.json": "{}\n" }, null);
    expect(await place.store({ secret }).recordSpend(day, "b", 90, 100)).toMatchObject({
      ok: false,
      failure: { reason: "ledger-unavailable", detail: expect.stringContaining("no seal") },
    });
  });
});
