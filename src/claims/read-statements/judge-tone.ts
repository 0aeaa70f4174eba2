import type { Sentence } from "../../documents/read-code.ts";

/**
 * Whether a sentence speaks of what is there, of what is to come, or of what is not there. "maybe": it makes something, and names this
 * beside it: in "add `a` to `b`" the second is most likely there, in "create `a` in `b`" it may be new too.
 */
export type Tone = "present" | "maybe" | "future" | "absent";

/** After these words the sentence speaks of something else than its verb brings: "add `a` to `b`" makes `a`, and `b` is there. */
const boundary =
  /\b(?:in|into|of|from|by|on|at|to|for|extends?|extending|implements|implementing|inherits?|subclass(?:es)?|uses?|using|calls?|calling|invokes?|like|see|as|follows?|following|via|through|instead|than|existing|already|today|currently|present|after|before|beside|next to|reuses?|reusing|wraps?|wrapping)\b/gi;
const making =
  /\b(?:add(?:s|ed|ing)?|creat(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|new|implement(?:s|ed)?|defin(?:e|es)|write|writes|generat(?:e|es)|scaffold|propos(?:e|es|ed)|provides?|gains?|becom(?:e|es)|will|shall|future|planned|coming|exposes?|declares?|builds?|produces?|emits?)\b/i;
const lacking =
  /\b(?:no|not|without|never|lacks?|missing|absent|neither|nor|isn't|doesn't|nonexistent)\b/i;
/** "It lives in `a`, not in `b`": the boundary before `b` must not hide that it is denied. */
const denying =
  /\b(?:not|never|no longer|instead of|rather than|neither|nor)\s+(?:yet\s+)?(?:(?:in|at|on|from|of|by|to|into|for|with|via|through|under|use|call|extend|import|need|touch|have|change)\s+)?(?:the\s+|an?\s+)?(?:\w+\s+)?$/i;
/** "Rename `a` to `b`", "extract it into `b`": the target is to come, although it stands after a boundary. */
const turning =
  /\b(?:renam(?:e|es|ed)|mov(?:e|es|ed)|convert(?:s|ed)?|turn(?:s|ed)?|split(?:s)?|extract(?:s|ed)?|replac(?:e|es|ed)|rewrit(?:e|es)|chang(?:e|es|ed)|merg(?:e|es|ed)|break|factor|expos(?:e|es|ed)|export(?:s|ed)?|regist(?:er|ers|ered))\b[^.]*\b(?:to|into|with|as)\b[^.]{0,40}$/i;
const comesAfter =
  /^\s*(?:\w+\s+)?(?:\(\s*(?:new|to come|to be)|(?:is|are) (?:new|to be|added|created|introduced|missing|absent|gone)|(?:does|do|did) not exist|doesn't exist|will (?:be|become|hold|return|read|extend|live)|shall|becomes?|, (?:a )?new\b)/i;

/** The words between the span before, or the last boundary, and this span. */
export function leadOf(sentence: Sentence, index: number): string {
  const before = wordsBefore(sentence, index);
  let start = 0;
  for (const match of before.matchAll(boundary)) start = match.index + match[0].length;
  return before.slice(start);
}

/** What stands farther off says nothing of a span, and would be read once for each of them. */
const farthest = 600;

/** The words before a span, the last 600 characters of them. */
export function wordsBefore(sentence: Sentence, index: number): string {
  const at = sentence.words.indexOf(`⟦${index}⟧`);
  return at < 0 ? "" : sentence.words.slice(Math.max(0, at - farthest), at);
}

/** The words after a span, the first 600 characters of them. */
export function wordsAfter(sentence: Sentence, index: number): string {
  const mark = `⟦${index}⟧`;
  const at = sentence.words.indexOf(mark);
  return at < 0 ? "" : sentence.words.slice(at + mark.length, at + mark.length + farthest);
}

export function toneOf(sentence: Sentence, index: number): Tone {
  const lead = leadOf(sentence, index);
  const before = wordsBefore(sentence, index);
  const after = wordsAfter(sentence, index);
  if (comesAfter.test(after) || turning.test(before)) return "future";
  if (/\bexisting\b[^⟦]*$|\bthe (?:present|current)\b[^⟦]*$/i.test(before)) return "present";
  if (lacking.test(lead) || denying.test(before)) return "absent";
  if (making.test(lead)) return "future";
  const head = `${sentence.header ?? ""} ${sentence.heading}`;
  if (sentence.header !== null && /\b(?:new|add(?:ed)?|create[sd]?)\b/i.test(before))
    return "future";
  const isFirst = /^[\s|*_-]*$/.test(before);
  if (isFirst && /\b(?:new|to come|additions?|proposed)\b/i.test(head)) return "future";
  return making.test(before) || turning.test(before) ? "maybe" : "present";
}
