import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readMarked, writeMarked } from "../../../src/forge/github/comment-marker.ts";
import { readMemory, writeMemory } from "../../../src/forge/github/status-comment-memory.ts";

test("a marker says what it stands before, whatever the browser did to line ends", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(999), (body, at) => {
      const text = writeMarked({ key: "plan-main-1", at }, body);
      for (const seen of [text, text.replaceAll("\n", "\r\n"), `${text}\n`]) {
        expect(readMarked(seen)).toMatchObject({ key: "plan-main-1", at, intact: true });
      }
    }),
  );
});

test("an edit shows, and a marker elsewhere than in the first line is none", () => {
  const text = writeMarked({ key: "status", at: 3 }, "as posted");
  expect(readMarked(text.replace("posted", "edited"))).toMatchObject({
    key: "status",
    intact: false,
  });
  expect(readMarked(text.replace(/sha=.{12}/, "sha=000000000000"))?.intact).toBe(false);
  expect(readMarked(`hello\n${text}`)).toBeNull();
  expect(readMarked("<!-- archwright key=a b at=1 sha=000000000000 -->")).toBeNull();
  expect(readMarked(null)).toBeNull();
});

test("the status remembers labels of any name, notices and what was hidden", () => {
  const memory = {
    ...{ labels: ["archwright:a b,c", "x"], notices: ["notice-1"], hidden: ["plan-1"] },
    checks: ["3f2a9c1b0d4e-0123456789ab"],
  };
  expect(readMemory(writeMemory("words", memory))).toEqual(memory);
  expect(readMemory("words")).toEqual({ labels: [], notices: [], hidden: [], checks: [] });
  // As it was written before statuses were remembered.
  const before = "\n<!-- archwright labels=x notices=n hidden=h -->";
  expect(readMemory(before)).toMatchObject({ labels: ["x"], hidden: ["h"], checks: [] });
  expect(readMemory("\n<!-- archwright labels=%zz notices= hidden= -->").labels).toEqual(["%zz"]);
});
