import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Stop } from "../../src/shared/stop.ts";
import type { Workspace } from "../../src/workspace/port.ts";
import { createSample, demand, openSample, type Sample } from "./repository.ts";

let sample: Sample;
let workspace: Workspace;
let head: string;
beforeAll(async () => {
  sample = createSample({ "a.txt": "eval\n" });
  workspace = await openSample(sample);
  head = demand(await workspace.resolve("HEAD"));
});
afterAll(() => sample.remove());

/** What a ledger that was written by hand could give for the id of a commit. */
const words = ["--no-index", "--output=written", "--index-output=written", "HEAD", "", "-"];

// Of these `grep --no-index` was really searched elsewhere, and found nothing: a forged absence.
const uses: [string, (word: string) => unknown][] = [
  ["list", (word) => workspace.snapshot(word).list()],
  ["read", (word) => workspace.snapshot(word).read("a.txt")],
  ["grep", (word) => workspace.snapshot(word).grep("eval", [], 1)],
  ["open", (word) => workspace.open(word)],
  ["changed", (word) => workspace.changed(word, head)],
  ["changed to", (word) => workspace.changed(head, word)],
  ["diff", (word) => workspace.diff(word, head)],
  ["commits", (word) => workspace.commits(head, word)],
  ["publish", (word) => workspace.publish("branch", word, null)],
  ["keep", (word) => workspace.keep("1/BUILD_01-1", word)],
];

test.each(uses)("%s takes full ids of commits only, no options of git", async (_name, use) => {
  for (const word of words) {
    const outcome = await Promise.resolve()
      .then(() => use(word))
      .catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(Stop);
    expect((outcome as Stop).failure).toMatchObject({ command: "rev-parse" });
  }
});

test("a revision of a person is resolved, and is no option either", async () => {
  expect(await workspace.resolve("main")).toEqual({ ok: true, value: head });
  expect(await workspace.resolve("--no-index")).toMatchObject({ ok: false });
});
