import { describe, expect, test } from "@jest/globals";
import { chainStart, renderEventLines } from "../../src/ledger/event-lines.ts";
import { type LedgerCommit, startVerification } from "../../src/ledger/verify-ledger.ts";
import { opened } from "./contract.ts";

const text = (...types: string[]): string =>
  renderEventLines(chainStart, [opened(1), ...types.map((type) => ({ type }))]).text;

/** A commit as it should be; the tests spoil one thing at a time. */
const commit = (id: string, events: string | null, parent?: string): LedgerCommit => ({
  id,
  parents: parent ? [parent] : [],
  author: "me <me@x>",
  committer: "me <me@x>",
  events: events === null ? null : Buffer.from(events),
  detail: events === null ? "gone" : "",
});

const verify = (...oldestFirst: LedgerCommit[]) => {
  const verification = startVerification(1, ["me <me@x>"]);
  for (const each of oldestFirst.reverse()) verification.visit(each);
  return verification.finish();
};

const one = commit("one", text());
const two = commit("two", text("A", "B"), "one");
const three = commit("three", text("A", "B", "C"), "two");

test("a sound ledger has no faults", () => {
  expect(verify(one, two, three)).toEqual({
    issue: 1,
    head: "three",
    commits: 3,
    events: 4,
    faults: [],
  });
});

describe("each fault is told with its commit and line", () => {
  const other = renderEventLines(chainStart, [opened(2)]).text;
  const loose = renderEventLines(chainStart, [{ type: "A" }]).text;
  const cases: [string, LedgerCommit[], object[]][] = [
    [
      "a rewritten line that is a valid chain again",
      [one, two, commit("three", text("X", "B", "C"), "two")],
      [{ kind: "history", commit: "three", line: 2 }],
    ],
    [
      "dropped lines",
      [one, two, commit("three", text("A"), "two")],
      [{ kind: "history", commit: "three", line: 3 }],
    ],
    [
      "dropped in the middle and brought back",
      [one, two, commit("mid", text("A"), "two"), commit("three", text("A", "B", "C"), "mid")],
      [{ kind: "history", commit: "mid", line: 3 }],
    ],
    [
      "a broken chain at the head",
      [one, two, commit("three", `${text("A", "B")}{"seq":9}\n`, "two")],
      [{ kind: "chain", commit: "three", line: 4 }],
    ],
    [
      "another author",
      [one, { ...two, author: "you <you@x>" }, three],
      [{ kind: "author", commit: "two", detail: "written by you <you@x>" }],
    ],
    [
      "another committer",
      [{ ...one, committer: "you <you@x>" }],
      [{ kind: "author", commit: "one" }],
    ],
    [
      "a merge",
      [one, { ...two, parents: ["one", "zero"] }],
      [{ kind: "history", commit: "two", detail: "the commit is a merge" }],
    ],
    [
      "a commit that cannot be read, told once",
      [one, { ...commit("two", null, "one"), author: "" }, three],
      [{ kind: "unreadable", commit: "two", detail: "gone" }],
    ],
    ["another issue", [commit("one", other)], [{ kind: "binding", commit: "one", line: 1 }]],
    ["no binding event", [commit("one", loose)], [{ kind: "binding", commit: "one", line: 1 }]],
    ["no events", [commit("one", "")], [{ kind: "binding", commit: "one", line: 1 }]],
  ];
  test.each(cases)("%s", (_name, commits, faults) => {
    const found = verify(...commits).faults;
    expect(found).toHaveLength(faults.length);
    expect(found).toMatchObject(faults);
  });
});
