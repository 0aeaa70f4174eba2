import type { Sentence } from "../../documents/read-code.ts";
import { classifySpan } from "./classify-span.ts";
import { wordsAfter, wordsBefore } from "./judge-tone.ts";

/** Where a name is said to be. */
export type SaidPlace = {
  path: string;
  line: number | null;
  /** The words say that it is declared there: "defined in", "`src/a.ts` exports". */
  isDeclared: boolean;
  /** The words speak of a use: "the call of `x` in". */
  isUse: boolean;
  /** It stands in parentheses right after the name: "`x` (`src/a.ts`)". */
  isBeside: boolean;
};

const noun =
  "(?:\\s+(?:abstract|base|async|helper|utility|exported)?\\s*(?:class|interface|type|enum|struct|trait|function|method|field|property|attribute|constant|variable|component|hook|helper))?";
const others = "(?:,?\\s+(?:and |or )?⟦\\d+⟧)*";
const ownerAfter = new RegExp(
  `^${noun}\\s+(?:of|on|in)\\s+(?:the\\s+)?(?:class\\s+|interface\\s+|type\\s+|enum\\s+|struct\\s+|trait\\s+)?⟦(\\d+)⟧`,
  "i",
);
const ownerBefore =
  /⟦(\d+)⟧(?:'s|’s)\s+(?:\w+\s+)?$|⟦(\d+)⟧ (?:has|declares|defines) (?:an?|the) (?:abstract |static |async )?(?:method|field|property|attribute)(?: called| named)?\s*$/i;
const placeAfter = new RegExp(
  `^${others}${noun}(?:\\s+of\\s+(?:the\\s+)?(?:class\\s+)?⟦\\d+⟧)?\\s*(?:,?\\s*(?:which |that )?(is |are |lives? |sits? |stands? )?(declared|defined|implemented|exported|located|found)?\\s*(?:in|at|from|inside|of)\\s+(?:the (?:file|module) )?|\\(\\s*(?:in |see |at |from )?)⟦(\\d+)⟧`,
  "i",
);
const placeBefore =
  /⟦(\d+)⟧\s+(?:already\s+)?(?:declares|defines|exports|implements|provides|contains|holds)\s+(?:an?\s+|the\s+|its\s+)?(?:\w+\s+){0,2}$/i;
const using =
  /\b(?:call(?:s|ed|ing)?|use[sd]?|using|usage|import(?:s|ed|ing)?|invok(?:e|es|ed|ing)|referenc(?:e|es|ed|ing)|pass(?:es|ed)?|replac(?:e|es)|remov(?:e|es)|wire[sd]?|return(?:s|ed)?)\b/i;

/** "the method ⟦0⟧ of ⟦1⟧", "⟦1⟧'s ⟦0⟧". */
export function findOwner(sentence: Sentence, index: number): string | null {
  const after = ownerAfter.exec(wordsAfter(sentence, index));
  const before = ownerBefore.exec(wordsBefore(sentence, index));
  const other = after?.[1] ?? before?.[1] ?? before?.[2];
  if (other === undefined) return null;
  const found = classifySpan(sentence.spans[Number(other)] ?? "");
  if (found.kind !== "symbol" || found.isCall) return null;
  return found.name;
}

/** "⟦0⟧ in ⟦1⟧", "⟦0⟧ (⟦1⟧)", "⟦1⟧ exports ⟦0⟧", and the columns of a table that say so. */
export function findPlace(sentence: Sentence, index: number): SaidPlace | null {
  const before = wordsBefore(sentence, index);
  const after = placeAfter.exec(wordsAfter(sentence, index));
  const declares = placeBefore.exec(before);
  const other = after?.[3] ?? declares?.[1];
  if (other === undefined) return findPlaceInRow(sentence, index);
  const path = pathOf(sentence, Number(other));
  if (path === null) return null;
  const isDeclared =
    after?.[2] !== undefined || declares !== null || /^(?:lives?|sits?) $/.test(after?.[1] ?? "");
  const isBeside = /^\s*\(/.test(after?.[0] ?? "");
  return { ...path, isDeclared, isUse: !isDeclared && using.test(before), isBeside };
}

function pathOf(sentence: Sentence, index: number): { path: string; line: number | null } | null {
  const found = classifySpan(sentence.spans[index] ?? "");
  if (found.kind !== "path" || found.path.endsWith("/")) return null;
  return { path: found.path, line: found.line };
}

/** A row whose header has a column of files and one of names; the row's only path is the place of its names. */
function findPlaceInRow(sentence: Sentence, index: number): SaidPlace | null {
  if (sentence.header === null) return null;
  const columns = sentence.header
    .split("|")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const cells = sentence.words.split(" | ");
  const named = columns.findIndex((one) =>
    /\b(?:symbol|name|function|class|method|type|interface|declaration)\b/i.test(one),
  );
  const filed = columns.findIndex((one) =>
    /\b(?:file|path|where|location|place|module|source|declared)\b/i.test(one),
  );
  if (named < 0 || filed < 0 || named === filed) return null;
  if (!(cells[named] ?? "").includes(`⟦${index}⟧`)) return null;
  const marks = [...(cells[filed] ?? "").matchAll(/⟦(\d+)⟧/g)];
  const path = marks.length === 1 ? pathOf(sentence, Number(marks[0]?.[1])) : null;
  return path === null ? null : { ...path, isDeclared: true, isUse: false, isBeside: true };
}
