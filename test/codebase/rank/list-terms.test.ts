import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { hashTerm, queryTerms } from "../../../src/codebase/index/split-terms.ts";
import { findListed, listTerms, sizeOf, termsIn } from "../../../src/codebase/rank/list-terms.ts";
import { createSplitter } from "../../../src/codebase/rank/split-names.ts";

const word = fc.constantFrom(
  "parse",
  "parsing",
  "HTTPServer",
  "r\u00e9sum\u00e9",
  "検索語",
  "the",
  "x2y",
  "1st",
);
const text = fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }).map((all) => all.join(" "));

test("lists have the terms of each text as a request has them, and tell which texts have a word", () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const lists = listTerms(texts, createSplitter());
      const terms = texts.map(
        (one) => new Map(queryTerms(one).map((own) => [own.hash, own.count])),
      );
      expect(texts.map((_, at) => [...termsIn(lists, at)])).toEqual(
        terms.map((own) => [...own.keys()]),
      );
      const words = [...new Set(terms.flatMap((own) => [...own.keys()])), 7].map((hash) => ({
        hash,
      }));
      const wanted = words.map(({ hash }) => {
        const places = [...texts.keys()].filter((at) => terms[at]?.has(hash));
        return { places, counts: places.map((at) => terms[at]?.get(hash)) };
      });
      expect(findListed(lists, words)).toEqual(wanted);
    }),
  );
});

test("one more term is listed where the text does not have it", () => {
  const lists = listTerms(
    ["retryPolicy", "retry"],
    createSplitter(),
    (one) => `=${one.toLowerCase()}`,
  );
  expect([...termsIn(lists, 1)]).toEqual([hashTerm("retry"), hashTerm("=retry")]);
  expect([0, 1].map((at) => sizeOf(lists, at))).toEqual([3, 2]);
  expect([...lists.counts]).toEqual([1, 1, 1, 1, 1]);
});
