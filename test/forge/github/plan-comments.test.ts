import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readMarked, writeMarked } from "../../../src/forge/github/comment-marker.ts";
import type { OwnComment } from "../../../src/forge/github/list-own-comments.ts";
import {
  collapse,
  planComments,
  type WantedComment,
} from "../../../src/forge/github/plan-comments.ts";

let id = 0;
function posted(key: string, at: number, body: string, edited?: string): OwnComment {
  const text = edited ?? writeMarked({ key, at }, body);
  const marker = readMarked(text);
  if (!marker) throw new Error("no marker");
  id += 1;
  return { ...marker, id, nodeId: `n${id}`, minimized: false };
}
const want = (key: string, at: number, body = key, superseded = false): WantedComment => ({
  ...{ key, at, body, superseded },
});
const kinds = (wanted: WantedComment[], existing: OwnComment[]): string[] =>
  planComments(wanted, existing).map((action) =>
    action.kind === "create"
      ? `create ${action.wanted.key}`
      : `${action.kind} ${action.comment.key}`,
  );

test("what is missing is posted in order, what is right is left", () => {
  expect(kinds([want("a", 1), want("b", 2)], [])).toEqual(["create a", "create b"]);
  expect(kinds([want("a", 1), want("b", 2)], [posted("a", 1, "a")])).toEqual(["create b"]);
});

test("what a person deleted stays away: something later was posted", () => {
  expect(kinds([want("a", 1), want("b", 2)], [posted("b", 2, "b")])).toEqual([]);
  expect(kinds([want("a", 1)], [posted("status", 2, "")])).toEqual([]);
});

test("what a person edited is never written over", () => {
  const edited = posted("a", 1, "", `${writeMarked({ key: "a", at: 1 }, "a")}\nand more`);
  expect(kinds([want("a", 1, "new words")], [edited])).toEqual([]);
  expect(kinds([want("a", 1, "new words")], [posted("a", 1, "a")])).toEqual(["edit a"]);
});

test("a superseded comment is hidden, unless it was folded already", () => {
  expect(kinds([want("a", 1, "a", true)], [posted("a", 1, "a")])).toEqual(["hide a"]);
  expect(kinds([want("a", 1, "a", true)], [posted("a", 1, collapse("a"))])).toEqual([]);
});

test("doubles and surplus parts go, the first stays, and other people's edits stay", () => {
  expect(kinds([want("a", 1)], [posted("a", 1, "a"), posted("a", 1, "a")])).toEqual(["delete a"]);
  expect(kinds([want("a", 1)], [posted("a", 1, "a"), posted("a.part2", 1, "x")])).toEqual([
    "delete a.part2",
  ]);
  const edited = posted("a.part2", 1, "", `${writeMarked({ key: "a.part2", at: 1 }, "x")} more`);
  expect(kinds([want("a", 1)], [posted("a", 1, "a"), edited])).toEqual([]);
});

test("once everything wanted is there, nothing is left to do", () => {
  const comment = fc.record({ key: fc.stringMatching(/^[a-z]{1,6}$/), body: fc.string() });
  fc.assert(
    fc.property(fc.uniqueArray(comment, { selector: ({ key }) => key }), (comments) => {
      const wanted = comments.map(({ key, body }, at) => want(key, at, body));
      const there = wanted.map(({ key, at, body }) => posted(key, at, body));
      expect(planComments(wanted, there)).toEqual([]);
    }),
  );
});
