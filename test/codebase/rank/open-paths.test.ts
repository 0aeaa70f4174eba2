import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { queryTerms } from "../../../src/codebase/index/split-terms.ts";
import { findInPaths, openPaths } from "../../../src/codebase/rank/open-paths.ts";
import { createSplitter } from "../../../src/codebase/rank/split-names.ts";

const part = fc.constantFrom(
  "src",
  "http",
  "retryPolicy",
  "retry.test",
  "été",
  ".env",
  "http2",
  "a b",
);
const path = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 5 }), fc.constantFrom("", ".ts", ".md"))
  .map(([parts, ending]) => parts.join("/") + ending);

test("a path has the words of all its folders and of its name, without its ending", () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
      const terms = paths.map((one) => queryTerms(one.replace(/\.[^./]+$/, "")));
      const words = [...new Set([...terms.flat().map(({ hash }) => hash), 7])];
      const hits = findInPaths(
        openPaths(paths, createSplitter()),
        words.map((hash) => ({ hash })),
      );
      for (const [word, { places, counts }] of hits.entries()) {
        const found = paths.map((_, place) =>
          places.reduce((sum, one, at) => sum + (one === place ? (counts[at] ?? 0) : 0), 0),
        );
        const wanted = terms.map((own) => own.find(({ hash }) => hash === words[word])?.count ?? 0);
        expect(found).toEqual(wanted);
      }
    }),
  );
});

test("files of one folder share it", () => {
  const { folderOf, filesIn } = openPaths(
    ["a.ts", "src/a.ts", "src/b/c.ts", "src/d.ts"],
    createSplitter(),
  );
  expect([...folderOf]).toEqual([0, 1, 2, 1]);
  expect(filesIn).toEqual([[0], [1, 3], [2]]);
});
