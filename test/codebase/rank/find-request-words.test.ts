import { expect, test } from "@jest/globals";
import { hashTerm } from "../../../src/codebase/index/split-terms.ts";
import { findIdentifiers } from "../../../src/codebase/rank/find-identifiers.ts";
import { findRequestWords } from "../../../src/codebase/rank/find-request-words.ts";

test.each<[string, string, string]>([
  ["a word by its stem", "parsing", "pars"],
  ["a name in its parts", "parseSpec", "spec"],
  ["a name as a whole", "parseSpec", "=parsespec"],
  ["words joined by a hyphen as one name", "v-model", "=vmodel"],
  ["words joined by a slash", "HTTP/2", "http2"],
  ["words that stand side by side", "the request id header", "=requestid"],
  ["a plural of such a name in the singular", "css vars", "=cssvar"],
  ["three parts joined", "x-github-delivery", "=xgithubdelivery"],
])("%s: %s → %s", (_why, request, term) => {
  expect(findRequestWords(request).map(({ hash }) => hash)).toContain(hashTerm(term));
});

test.each<[string, string, string]>([
  ["not across a stop word", "request for id", "=requestid"],
  ["not across a full stop", "request. id", "=requestid"],
  ["not from one line to the next", "request\nid", "=requestid"],
])("%s: %s, no %s", (_why, request, term) => {
  expect(findRequestWords(request).map(({ hash }) => hash)).not.toContain(hashTerm(term));
});

test("a word of the first line counts for more than one of the rest, and one of both for most", () => {
  const weights = new Map(
    findRequestWords("retry mail\n\nmail backoff").map(({ written, weight }) => [written, weight]),
  );
  expect(weights.get("retry")).toBe(1);
  expect(weights.get("backoff")).toBe(0.5);
  expect(weights.get("mail")).toBe(1.5);
});

test.each<[string, string[]]>([
  ["`delayOf` and plain words", ["delayOf"]],
  ["parseSpec, MAX_SIZE and GH_ORG", ["parseSpec", "MAX_SIZE", "GH_ORG"]],
  ["use --force-tag", ["force-tag"]],
  ['the "teardown" hook', ["teardown"]],
  ["Only prose here", []],
])("names of code in: %s", (request, expected) => {
  expect(findIdentifiers(request).map(({ written }) => written)).toEqual(expected);
});
