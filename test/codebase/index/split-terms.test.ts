import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { splitIdentifier } from "../../../src/codebase/index/split-identifier.ts";
import { hashTerm, queryTerms, termsOf } from "../../../src/codebase/index/split-terms.ts";

test.each([
  ["parseBuildSpec", ["pars", "build", "spec", "=parsebuildspec"]],
  ["HTTPServerError", ["http", "server", "error", "=httpservererror"]],
  ["read_blob_at", ["read", "blob", "=readblobat"]],
  ["__init__", ["init"]],
  ["$scope", ["scop"]],
  ["utf8Decoder", ["utf8", "decoder", "=utf8decoder"]],
  ["collectors", ["collector"]],
  ["queries", ["query"]],
  ["parsing", ["pars"]],
  ["status", ["status"]],
  ["class", ["class"]],
  ["the", []],
  ["x", []],
  ["naïveÉtat", ["naïv", "état", "=naïveétat"]],
  ["日本語", ["日本", "本語"]],
  ["字", ["字"]],
  ["a".repeat(81), []],
])("%s stands for %j", (name, terms) => {
  expect(splitIdentifier(name)).toEqual(terms);
});

test("words that meet in the code meet in a request, with the word as it was written", () => {
  const code = termsOf("function loadReplicas(source) { return replicaOf(source); }");
  const asked = queryTerms("Loading a `replica` fails in loadReplicas: loadReplicas(…)");
  const met = asked.filter(({ hash }) => code.has(hash));
  expect(met.map(({ written, whole, count }) => [written, whole, count])).toEqual([
    ["Loading", false, 3],
    ["replica", false, 3],
    ["loadReplicas", true, 2],
  ]);
});

test("a pair of a script without spaces is told as the pair", () => {
  expect(queryTerms("検索語").map(({ written }) => written)).toEqual(["検索", "索語"]);
});

test("composed and decomposed letters are the same word", () => {
  expect(termsOf("caf\u00e9")).toEqual(termsOf("cafe\u0301"));
});

// The scanner is fast because it looks at character codes; this is the slow way to say the same.
const name = /[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*/gu;

function termsBySplitting(text: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const [word] of text.matchAll(name)) {
    for (const term of splitIdentifier(word)) {
      const hash = hashTerm(term);
      found.set(hash, Math.min((found.get(hash) ?? 0) + 1, 255));
    }
  }
  return new Map([...found].sort(([left], [right]) => left - right));
}

const piece = fc.oneof(
  fc.constantFrom(
    "readBlob",
    "read_blob",
    "HTTPServer2",
    "é",
    "naïve",
    "日本語",
    "x1y2",
    "$",
    "_",
    "12a",
  ),
  fc.constantFrom(" ", "\n", "→", "😀", "(", ".", "\u0301", "٣", "\ud800"),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);

test("the scanner finds what splitting every name finds, in the order of hashes", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      expect([...termsOf(text)]).toEqual([...termsBySplitting(text)]);
    }),
    { numRuns: 500 },
  );
});

test("a word that comes very often is counted up to 255", () => {
  expect(termsOf("replica ".repeat(1_000)).get(hashTerm("replica"))).toBe(255);
});

test("terms are spread: twenty thousand names share no hash, and the bits are even", () => {
  const hashes = Array.from({ length: 20_000 }, (_, n) => hashTerm(`term${n}`));
  expect(new Set(hashes).size).toBeGreaterThan(19_990);
  const high = hashes.filter((hash) => hash >= 2 ** 31).length;
  expect(high).toBeGreaterThan(9_500);
  expect(high).toBeLessThan(10_500);
});
