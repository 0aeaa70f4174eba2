import { type Removals, stripHiddenMarkup } from "./hidden-markup.ts";

/** What was taken out of a text, by kind; sorted by kind. */
export type Removed = readonly { kind: string; count: number }[];

/**
 * Removes what a person does not see but a model would read: invisible characters, and the Markdown and HTML
 * that GitHub does not show (comments, closed or not; elements that are hidden; definitions used as comments).
 * Comments inside code that is certainly code are visible to people and stay. Idempotent; linear time.
 */
export function stripHidden(text: string): { text: string; removed: Removed } {
  const removals: Removals = new Map();
  const visible = stripHiddenMarkup(stripCharacters(text, removals), removals);
  return { text: visible, removed: report(removals) };
}

/** As `stripHidden`, for source code: only characters, because its comments are visible to whoever reads it. */
export function stripHiddenCharacters(text: string): { text: string; removed: Removed } {
  const removals: Removals = new Map();
  const visible = stripCharacters(text, removals);
  return { text: visible, removed: report(removals) };
}

/** `2 zero-width, 1 html-comment`; empty when nothing was removed. */
export const describeRemoved = (removed: Removed): string =>
  removed.map(({ kind, count }) => `${count} ${kind}`).join(", ");

const report = (removals: Removals): Removed =>
  [...removals]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));

// Controls, unpaired surrogates, everything that Unicode says to draw as nothing, interlinear annotation and
// Egyptian format controls. Joiners and selectors that may be legitimate are judged by their neighbours below.
const invisible =
  /[[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u{13430}-\u{1343f}]--[\t\n\r]]/gv;
const contextual = /\u200c|\u200d|\ufe0e|\ufe0f|\u180b|\u180c|\u180d|\u180f/u;

const kinds: readonly (readonly [string, RegExp])[] = [
  ["bidi-control", /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/u],
  ["zero-width", /[\u200b-\u200d\u2060-\u2064\ufeff]/u],
  ["tag", /[\u{e0000}-\u{e007f}]/u],
  ["variation-selector", /[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u],
  ["soft-hyphen", /\u00ad/u],
  ["control", /\p{Cc}/u],
];
const kindOf = (character: string): string =>
  kinds.find(([, pattern]) => pattern.test(character))?.[0] ?? "invisible";

const count = (removals: Removals, kind: string): void => {
  removals.set(kind, (removals.get(kind) ?? 0) + 1);
};

function stripCharacters(text: string, removals: Removals): string {
  const plain = text.replace(invisible, (character) => {
    if (contextual.test(character)) return character;
    count(removals, kindOf(character));
    return "";
  });
  const lines = plain.replace(/\r(?!\n)/g, () => {
    count(removals, "control");
    return "\n";
  });
  return contextual.test(lines) ? stripJoiners(lines, removals) : lines;
}

function stripJoiners(text: string, removals: Removals): string {
  const kept: string[] = [];
  let before = "";
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    if (
      !contextual.test(character) ||
      isLegitimate(before, character, characters[index + 1] ?? "")
    ) {
      kept.push(character);
      before = character;
    } else count(removals, kindOf(character));
  }
  return kept.join("");
}

const pictographic = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
const beforeEmojiJoiner = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;
const keycapBase = /[0-9#*]/;
// Scripts whose spelling uses the joiners (Unicode, "Zero Width Joiner and Non-Joiner" of chapters 9, 12, 13, 16).
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mandaic}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Balinese}\p{Script=Javanese}]/u;

/** One joiner or selector after a visible character that it shapes; a second one in a row never is. */
function isLegitimate(before: string, character: string, after: string): boolean {
  switch (character) {
    case "\u200d":
      if (beforeEmojiJoiner.test(before)) return /\p{Extended_Pictographic}/u.test(after);
      return joining.test(before) && !contextual.test(before) && !contextual.test(after);
    case "\u200c":
      return joining.test(before) && !contextual.test(before) && joining.test(after);
    case "\ufe0f":
      return pictographic.test(before) || (keycapBase.test(before) && after === "\u20e3");
    case "\ufe0e":
      return /\p{Extended_Pictographic}/u.test(before);
    default:
      return /\p{Script=Mongolian}/u.test(before) && !contextual.test(before);
  }
}
