import { describe, expect, test } from "@jest/globals";
import type { FileChange, Step } from "../../../src/documents/schema-build-spec.ts";
import { planMechanicalStep } from "../../../src/phases/build/plan-mechanical-step.ts";
import type { FileContent } from "../../../src/workspace/port.ts";

const change = (given: Partial<FileChange>): FileChange => ({
  path: "a.ts",
  action: "modify",
  to: null,
  purpose: "",
  edits: [],
  ...given,
});
const step = (files: string[]): Step => ({
  id: "S-1",
  title: "",
  details: "",
  files,
  checkpoint: "none",
  mode: "mechanical",
});
const edit = (before: string, after: string) => ({ before, after });
const contentOf = (text: string | undefined): FileContent | null => {
  if (text === undefined) return null;
  return text.includes("\0") ? { kind: "binary", bytes: text.length } : { kind: "text", text };
};
const plan = (change: FileChange, files: Record<string, string>) =>
  planMechanicalStep(step([change.path]), [change], async (path) => contentOf(files[path]));

describe("a mechanical step", () => {
  test.each<[string, FileChange, Record<string, string>, unknown]>([
    [
      "edits",
      change({ edits: [edit("one", "two"), edit("x", "y")] }),
      { "a.ts": "one x" },
      [{ kind: "write", path: "a.ts", text: "two y" }],
    ],
    [
      "keeps `$&` as text",
      change({ edits: [edit("one", "$& $1")] }),
      { "a.ts": "one" },
      [{ kind: "write", path: "a.ts", text: "$& $1" }],
    ],
    [
      "has nothing to do where it is done",
      change({ edits: [edit("one", "two")] }),
      { "a.ts": "two" },
      [],
    ],
    [
      "creates",
      change({ action: "create", edits: [edit("", "new")] }),
      {},
      [{ kind: "write", path: "a.ts", text: "new" }],
    ],
    ["deletes", change({ action: "delete" }), { "a.ts": "x" }, [{ kind: "remove", path: "a.ts" }]],
    [
      "deletes what is not text",
      change({ action: "delete" }),
      { "a.ts": "\0" },
      [{ kind: "remove", path: "a.ts" }],
    ],
    ["does not delete twice", change({ action: "delete" }), {}, []],
    [
      "moves",
      change({ action: "move", to: "b.ts" }),
      { "a.ts": "x" },
      [{ kind: "move", path: "a.ts", to: "b.ts" }],
    ],
    [
      "moves and edits",
      change({ action: "move", to: "b.ts", edits: [edit("x", "y")] }),
      { "a.ts": "x" },
      [
        { kind: "move", path: "a.ts", to: "b.ts" },
        { kind: "write", path: "b.ts", text: "y" },
      ],
    ],
  ])("%s", async (_title, given, files, operations) => {
    expect(await plan(given, files)).toEqual({ ok: true, value: operations });
  });

  test.each<[string, FileChange, Record<string, string>, string]>([
    [
      "an excerpt that is not there",
      change({ edits: [edit("one", "two")] }),
      { "a.ts": "ONE" },
      "not there",
    ],
    [
      "an excerpt with other white space",
      change({ edits: [edit("a  b", "c")] }),
      { "a.ts": "a b" },
      "not there",
    ],
    [
      "an excerpt that stands twice",
      change({ edits: [edit("one", "two")] }),
      { "a.ts": "one one" },
      "2 times",
    ],
    [
      "an edit of what is not text",
      change({ edits: [edit("x", "y")] }),
      { "a.ts": "x\0" },
      "no such",
    ],
    ["no excerpt", change({}), { "a.ts": "x" }, "no excerpts"],
    ["an empty excerpt", change({ edits: [edit("", "x")] }), { "a.ts": "x" }, "empty"],
    ["no such file", change({ edits: [edit("x", "y")] }), {}, "no such"],
    [
      "creation over another file",
      change({ action: "create", edits: [edit("", "new")] }),
      { "a.ts": "x" },
      "already",
    ],
    ["creation without content", change({ action: "create" }), {}, "not given"],
    [
      "a move onto a file",
      change({ action: "move", to: "b.ts" }),
      { "a.ts": "x", "b.ts": "y" },
      "already",
    ],
  ])("does not apply: %s", async (_title, given, files, detail) => {
    const planned = await plan(given, files);
    expect(planned).toMatchObject({
      ok: false,
      failure: { reason: "edit-not-applicable", step: "S-1" },
    });
    expect(planned.ok ? "" : planned.failure.detail).toContain(detail);
  });

  test("does not apply when the spec does not name one of its files", async () => {
    const planned = await planMechanicalStep(
      step(["a.ts", "b.ts"]),
      [change({ action: "delete" })],
      async () => contentOf("x"),
    );
    expect(planned).toMatchObject({ ok: false, failure: { path: "b.ts" } });
  });
});
