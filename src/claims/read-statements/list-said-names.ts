import type { PlanDocuments, Statement } from "../claim-rule.ts";
import { span } from "../write-text.ts";
import { classifySpan, type Span } from "./classify-span.ts";
import { withoutTypes } from "./is-type-first.ts";
import { type Tone, toneOf, wordsAfter, wordsBefore } from "./judge-tone.ts";
import { isForeignThing, type KindWord, readKeyword, readKindWord } from "./kind-word.ts";
import { readPlanProse, type SaidSentence } from "./list-texts.ts";
import { findOwner, findPlace, type SaidPlace } from "./relate-spans.ts";

/** A name of code that a plan says something of. */
export type SaidName = Statement & {
  owner: string | null;
  name: string;
  /** The name as it stands, with all that is before it: some languages declare `A.B` or `save!` as one name. */
  written: string;
  /** What the words call it: "the class `X`". */
  kind: KindWord | null;
  /** Where it is said to be. */
  place: SaidPlace | null;
  tone: Tone;
  isCall: boolean;
  /** The span looks like a name of code by itself, so that it is one without a word beside it. */
  isNamed: boolean;
  /** The words say that it is there: "the existing `x`", "`x` does this already". */
  isExisting: boolean;
  /** The sentence speaks of something that is not of this repository. */
  isOutside: boolean;
  /** The span as a signature, where it is one. */
  signature: { text: string; isDeclaration: boolean } | null;
};

/** A plain lower-case word may be a value, an option or a command; only what looks like a name is one. */
const looksNamed = /[\p{Ll}\p{N}]\p{Lu}|^\p{Lu}\p{Ll}|\w_\w|\(\)$|::|#|\w\.\w/u;
const outside =
  /\b(?:built-?ins?|standard library|stdlib|native|browser|DOM|third-party|external|upstream|vendor|SDK|of Node|Node's|of React|Python's|of the language|the runtime's|the library)\b/i;

/** Nouns of things that other rules look for, and that are no names of code. */
const otherThing =
  /^\s+(?:\w+\s+)?(?:table|column|index|route|endpoint|path|script|command|target|dependency|package|library|crate|gem|flag|option|header|key|setting|branch|label|job|workflow|environment|variable|status|event|error code|role|tag|file|folder|directory|page|query|parameter|argument)s?\b/i;
const existing = /\b(?:existing|present|current)\s+(?:\w+\s+){0,2}$/i;
const standing = /^[^⟦|]*\b(?:already|today|currently|stays?|unchanged|as it is|at present)\b/i;

/** All names in code spans of a plan's prose, in the order of the texts. */
export const listSaidNames = (plan: PlanDocuments): SaidName[] =>
  readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((content, index) => {
      const name = nameOf(classifySpan(content));
      const isForeign = isForeignThing(wordsBefore(sentence, index), wordsAfter(sentence, index));
      return name === null || isForeign ? [] : [stateName(sentence, index, name)];
    }),
  );

type Named = Pick<SaidName, "owner" | "name" | "written" | "isCall" | "signature"> & {
  path: string | null;
};

function nameOf(found: Span): Named | null {
  if (found.kind === "symbol") {
    const { owner, name, written, isCall, path } = found;
    return { owner, name, written, isCall, signature: null, path };
  }
  if (found.kind !== "signature") return null;
  const { text, isDeclaration } = found;
  const parts = readSignatureName(text);
  if (parts === null) return null;
  return {
    ...parts,
    written: parts.name,
    isCall: true,
    signature: { text, isDeclaration },
    path: null,
  };
}

const keywords =
  /^(?:(?:export|default|declare|pub(?:\([a-z]+\))?|public|private|protected|internal|static|async|abstract|final|override|unsafe|virtual|const|let|var|sealed|get|set|function\*?|fn|func|def|fun|class|interface|struct|trait|enum|type)\s+)*/;

/** `def save! user`: the name follows the word, with an owner before it. */
const afterWord =
  /^(?:[a-z]+(?:\([a-z]+\))?\s+)*(?:def|fn|func|fun|function\*?|class|interface|struct|trait|enum|type)\s+(?:self\.)?((?:[\p{L}_$][\p{L}\p{N}_$]*(?:\.|::))+)?([\p{L}_$][\p{L}\p{N}_$]*[!?]?)/u;

/** The name that a signature declares, with its owner where it is written. */
export function readSignatureName(text: string): { owner: string | null; name: string } | null {
  const receiver = /^func\s*\(\s*(?:\w+\s+)?\*?\s*([\w.]+)[^)]*\)\s*(\w+)/.exec(text);
  if (receiver !== null) return { owner: receiver[1] ?? null, name: receiver[2] ?? "" };
  const worded = afterWord.exec(text);
  if (worded !== null)
    return { owner: worded[1]?.replace(/(?:\.|::)$/, "") ?? null, name: worded[2] ?? "" };
  const rest = withoutTypes(text.replace(keywords, ""));
  // Where the type comes first, the name is the last word before the parenthesis.
  const head =
    /^([^(<{=:]*?[\s*&])?((?:[\p{L}_$~][\p{L}\p{N}_$]*(?:\.|::|#))*[\p{L}_$~][\p{L}\p{N}_$]*)[!?]?\s*(?:[(<{=:[]|$|extends|implements)/u.exec(
      rest,
    );
  const parts = (head?.[2] ?? "")
    .split(/\.|::|#/)
    .filter((part) => part !== "" && part !== "prototype");
  const name = parts.at(-1);
  return name === undefined ? null : { owner: parts.at(-2) ?? null, name };
}

/** The words say that a list of parameters is written as it is declared. */
const shown = /\b(?:signature|declared as|declaration|takes|accepts|parameters)\b[^⟦]*$/i;

function stateName(sentence: SaidSentence, index: number, named: Named): SaidName {
  const { path, signature, ...rest } = named;
  const content = sentence.spans[index] ?? "";
  const before = wordsBefore(sentence, index);
  const kind =
    readKindWord(before, wordsAfter(sentence, index)) ?? readKeyword(signature?.text ?? "");
  const owner = named.owner ?? findOwner(sentence, index);
  const place =
    path === null
      ? findPlace(sentence, index)
      : { path, line: null, isDeclared: true, isUse: false, isBeside: true };
  const said = {
    ...rest,
    owner,
    kind,
    place,
    tone: toneOf(sentence, index),
    isNamed: looksNamed.test(content.replace(/^[$@#]+/, "")) && !isBuiltIn(named),
    isExisting: isSaidToExist(wordsBefore(sentence, index), wordsAfter(sentence, index)),
    isOutside: outside.test(sentence.words),
    signature: signature && {
      text: signature.text,
      isDeclaration: signature.isDeclaration || shown.test(before),
    },
  };
  return { source: sentence.source, text: describe(content, said), ...said };
}

function isSaidToExist(before: string, after: string): boolean {
  if (otherThing.test(after)) return false;
  const beyondPlace = after.replace(/^\s*(?:\(⟦\d+⟧\)|(?:in|of|at|from) ⟦\d+⟧),?/, "");
  return existing.test(before) || standing.test(beyondPlace);
}

function describe(content: string, said: Pick<SaidName, "kind" | "place" | "owner">): string {
  const { kind, place, owner } = said;
  const what = kind === null ? span(content) : `the ${kind} ${span(content)}`;
  const isOwned = owner !== null && !content.includes(owner);
  const whose = isOwned ? `${what} of ${span(owner)}` : what;
  if (place === null) return `${whose} is declared`;
  const at = span(place.line === null ? place.path : `${place.path}:${place.line}`);
  return `${whose} is in ${at}`;
}

const builtIns = new Set(
  (
    "Promise Map Set WeakMap WeakSet Array Object String Number Boolean Symbol Date RegExp Error TypeError RangeError JSON Math Buffer URL URLSearchParams " +
    "AbortSignal AbortController Response Request Headers FormData Blob File ReadableStream Uint8Array Record Partial Readonly Pick Omit Required ReadonlyArray " +
    "Awaited ReturnType Iterable AsyncIterable Iterator None True False List Dict Tuple Optional Union Any Callable Exception ValueError KeyError RuntimeError " +
    "ABC Protocol Enum Option Some Ok Err Result Vec HashMap Box Rc Arc Integer Long Double Float Void Runnable Throwable NaN Infinity TODO README GET POST " +
    "setTimeout setInterval clearTimeout queueMicrotask structuredClone parseInt parseFloat isinstance Date.now Math.random JSON.parse JSON.stringify " +
    "Object.keys Object.entries Object.freeze Promise.all Array.isArray process.env process.exit console.log console.error import.meta"
  ).split(" "),
);

const isBuiltIn = ({ owner, name }: Pick<Named, "owner" | "name">): boolean =>
  builtIns.has(owner === null ? name : `${owner}.${name}`) ||
  (owner !== null && builtIns.has(owner));
