import type { PlanDocuments, Statement } from "../claim-rule.ts";
import { shorten, span } from "../write-text.ts";
import { classifySpan } from "./classify-span.ts";
import { toneOf, wordsAfter, wordsBefore } from "./judge-tone.ts";
import { isOfToday } from "./list-introduced.ts";
import { readPlanProse, type SaidFence, type SaidSentence } from "./list-texts.ts";

export type SaidQuote = Statement & {
  path: string;
  /** null where the words name no line. */
  line: number | null;
  /** Pieces that stand in the file one by one; what was left out between them is not said. */
  quotes: readonly string[];
};

/** "`src/a.ts:12` says `return 0;`", and fences that show a file as it is. */
export function listSaidQuotes(plan: PlanDocuments): SaidQuote[] {
  const { sentences, fences } = readPlanProse(plan);
  return [...sentences.flatMap(quotesIn), ...fences.flatMap(quoteOf)];
}

const saying =
  /^\s*(?:\w+ ){0,2}(?:says?|reads?|contains?|has|holds|states|is|shows?|begins with|starts with|ends with)(?: the (?:line|words?|code|text))?:?\s*$/i;
const standing =
  /^\s*(?:\w+ ){0,2}(?:(?:in|at|on|of|from|stands? (?:in|at))|\()\s*(?:the )?(?:line )?$/i;

function quotesIn(sentence: SaidSentence): SaidQuote[] {
  const found: SaidQuote[] = [];
  for (let index = 0; index + 1 < sentence.spans.length; index++) {
    const [first = "", second = ""] = [sentence.spans[index], sentence.spans[index + 1]];
    const between = betweenOf(sentence, index);
    const place = saying.test(between) ? first : standing.test(between) ? second : null;
    if (place === null) continue;
    const quote = place === first ? second : first;
    const isPresent = isOfNow(sentence, place === first ? index : index + 1);
    const isKept = place === first || isOfNow(sentence, index);
    if (isPresent && isKept) found.push(...toQuote(sentence.source, place, quote, place === first));
  }
  return found;
}

const isOfNow = (sentence: SaidSentence, index: number): boolean =>
  ["present", "maybe"].includes(toneOf(sentence, index));

function toQuote(source: string, place: string, quote: string, isSaid: boolean): SaidQuote[] {
  const at = classifySpan(place);
  const what = classifySpan(quote);
  if (at.kind !== "path" || at.path.endsWith("/")) return [];
  const isCode = what.kind === "words" || what.kind === "signature";
  if (what.kind === "signature" && at.line === null) return [];
  // A name is a symbol of that place, unless the file is said to say it.
  if (!isCode && !(isSaid && at.line !== null)) return [];
  // `tool.ruff.line-length` of a file of configuration is a key of it, which no line says whole.
  if (quote.length < 4 || (at.line === null && dottedKey.test(quote))) return [];
  return [stateQuote(source, at.path, at.line, quote)];
}

const dottedKey = /^[\w@-]+(?:\.[\w@/-]+)+$/;

export const stateQuote = (
  source: string,
  path: string,
  line: number | null,
  quote: string,
): SaidQuote => ({
  source,
  text: `${span(line === null ? path : `${path}:${line}`)} says ${span(shorten(quote) || " ")}`,
  path,
  line,
  quotes: cutAtGaps(quote),
});

const betweenOf = (sentence: SaidSentence, index: number): string =>
  wordsAfter(sentence, index).split(`⟦${index + 1}⟧`, 1)[0] ?? "";

const placeInMeta = /(?:^|[\s="'{])((?:[\w.@+-]+\/)*[\w.@+-]+\.\w+)(?::|#L)?(\d+)?/;
const placeInComment =
  /^\s*(?:\/\/|#|--|\/\*|<!--)\s*((?:[\w.@+-]+\/)+[\w.@+-]+\.\w+)(?::(\d+)(?:-\d+)?)?\s*(?:\*\/|-->)?\s*$/;

/** A fence that shows what is there, and says of which file. */
function quoteOf(fence: SaidFence): SaidQuote[] {
  if (!isOfToday(fence) || fence.text.trim() === "") return [];
  const lines = fence.text.split("\n");
  const comment = placeInComment.exec(lines[0] ?? "");
  const meta = placeInMeta.exec(fence.meta);
  const [, path, line] = comment ?? meta ?? [];
  const text = comment === null ? fence.text : lines.slice(1).join("\n");
  if (path !== undefined)
    return [stateQuote(fence.source, path, line === undefined ? null : Number(line), text)];
  return quoteOfLead(fence, text);
}

function quoteOfLead(fence: SaidFence, text: string): SaidQuote[] {
  const { lead } = fence;
  const places = (lead?.spans ?? []).map(classifySpan).filter((one) => one.kind === "path");
  const place = places.at(-1);
  if (lead === null || place === undefined || places.length > 1) return [];
  const index = lead.spans.length - 1;
  if (wordsBefore(lead, index).length > 300) return [];
  return [stateQuote(fence.source, place.path, place.line, text)];
}

const gap = /^\s*(?:\/\/|#|--|\/\*|\*)?\s*(?:\.\.\.|…)(?:.*(?:\*\/|\.\.\.|…))?\s*$/;

/** A fence leaves out lines by `...`: what is between such lines are quotes of their own. */
function cutAtGaps(quote: string): string[] {
  const pieces: string[][] = [[]];
  for (const line of quote.split("\n")) {
    if (gap.test(line)) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  const texts = pieces.map((piece) => piece.join("\n")).filter((piece) => piece.trim() !== "");
  return texts.length === 0 ? [quote] : texts;
}
