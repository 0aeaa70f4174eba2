import type { Constraint } from "./constraint.ts";
import { readSentences } from "./read-sentence.ts";
import { recogniseRules } from "./recognise-rule.ts";

const praise =
  /\b(?:good|clean|nice|proper|properly|appropriate|appropriately|robust|maintainable|readable|elegant|sensible|reasonable|reasonably|careful|carefully|high[- ]quality|quality|best[- ]practices?|idiomatic|meaningful|well[- ](?:written|tested|documented|structured|designed)|simple|efficient|efficiently|performant|secure|scalable|modern|correct|correctly|professional|consistent|consistently|small|short|better|great|smart|solid|thorough|thoroughly|adequate|suitable|as needed|where appropriate|good programmer)\b/i;

/** Things that can be looked at: a sentence about them can be found true or false, though it names none of ours. */
const observable =
  /\b(?:standard library|environment variables?|exit codes?|temp(?:orary)? (?:director(?:y|ies)|folders?|files?)|director(?:y|ies)|folders?|files?|tables?|columns?|fields?|rows?|transactions?|migrations?|indexes|timeouts?|headers?|status codes?|log lines?|stack traces?|queues?|caches?|locks?|mutex(?:es)?|threads?|stdout|stderr|json|csv|yaml|utf-8|utc|iso 8601|cents|floating point|enums?|any|generics|singletons?|globals?|global state|decorators?|annotations?|type hints|docstrings?|comments?|tests?|test data|fixtures?|mocks?|snapshots?|handlers?|endpoints?|routes?|services?|records?|ids?|keys?|secrets?|tokens?|passwords?|dates?|null|exceptions?|promises?|callbacks?|async|append-only|idempotent|immutable|read-only|thresholds?|packages?|libraries|dependenc(?:y|ies)|runtime|build|languages?|imports?|commits?|branches|versions?|licen[cs]es?|requests?|responses?|functions?|class(?:es)?|interfaces?|modules?|lines?)\b/i;
const claims =
  /\b(?:never|no|not|only|always|every|each|all|must|at most|at least|without|instead|live|lives|override|overrides|accepts?|is|are|one|two|uses?|stay|stays|stored|kept|splits?)\b/i;
const contrast =
  /\b(?:lives?|stands?|belongs?|goes|go|is (?:stored|kept)|are (?:stored|kept))\b.*\b(?:not|never)\b/i;
const number = /\d|\b(?:one|two|three|four|five|zero|half|twice)\b/i;

/** Why nobody could tell whether a constraint is kept; null where somebody could. */
export function findVagueness(constraint: Constraint): string | null {
  const { text } = constraint;
  const names = new Set(readSentences(text).flatMap(({ spans }) => spans));
  if (names.size > 0 || recogniseRules(constraint).length > 0) return null;
  const word = praise.exec(text)?.[0];
  if (word !== undefined && !(number.test(text) && observable.test(text)))
    return `"${word}" is a matter of opinion, and it names no path, name, command or number`;
  if (contrast.test(text)) return null;
  if (observable.test(text) && (claims.test(text) || number.test(text))) return null;
  return "it names no path, name, command, number or anything else that could be looked at";
}

const examples: readonly (readonly [RegExp, string])[] = [
  [
    /\berrors?\b|\bexceptions?\b|\bfail/i,
    "A command that fails exits with 2 and prints the message of `ShopError`, never a stack trace.",
  ],
  [
    /\btests?\b|\bcoverage\b/i,
    "Every module in `src/` has a test `test/<name>.test.ts` that runs with `npm test`.",
  ],
  [
    /\bnam(?:e|es|ed|ing)\b/i,
    "Files are named in kebab-case, each after its one exported function.",
  ],
  [
    /\bsecur|\bsafe|\bvalidat/i,
    "Input of users is parsed by `parseRequest()` in `src/http/parse.ts`; no handler reads `req.body`.",
  ],
  [
    /\bperforman|\bfast|\bslow|\befficien|\bscal/i,
    "`GET /orders` answers in 200 ms with 100,000 orders (`npm run bench`).",
  ],
  [
    /\bsmall|\bshort|\bsimple|\bsize|\blong\b/i,
    "No file above 300 lines; functions have at most 50 lines.",
  ],
  [/\bdependenc|\blibrar|\bpackages?\b/i, "Standard library only: no third-party HTTP client."],
  [/\blog/i, "Use `logger` from `src/log.ts` instead of `console.log(`."],
  [
    /\bdata|\bwrit|\bstor|\bsav|\bpersist/i,
    "All writes go through `saveJson()` in `src/state.ts`, never raw file writes.",
  ],
  [
    /\blayer|\barchitect|\bmodul|\bcoupl|\bstructure|\bseparat/i,
    "`src/domain/**` never imports `src/web/**`.",
  ],
  [
    /\bdocument|\bcomment/i,
    "Every exported function in `src/api/` has a comment that states what it promises.",
  ],
];

/** How something of the kind could be said so that a program or a reviewer can check it. */
export const exampleFor = (text: string): string =>
  examples.find(([pattern]) => pattern.test(text))?.[1] ?? "Only `src/http/**` imports `axios`.";
