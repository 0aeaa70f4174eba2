import { fenceData } from "../shared/fence-data.ts";
import { describeRemoved, stripHidden, stripHiddenCharacters } from "../shared/hidden-text.ts";

/** Puts untrusted texts into one prompt, and remembers what was hidden in them. */
export type SourceQuoter = {
  /** The text without what people do not see, inside a fence that it cannot close. With `numbered`, each line has its number, from `from` on. */
  quote(
    label: string,
    text: string,
    options?: { numbered?: boolean; from?: number; limit?: number },
  ): string;
  /** A line of untrusted text where a fence would be too much. */
  line(label: string, text: string): string;
  /** One sentence for each text in which something was hidden. */
  removed(): readonly string[];
};

/** The first line of a document that we wrote ourselves: a comment, but no secret. */
const ownMark = /^<!-- archwright:[a-z-]{1,40} \d{1,6} -->\r?\n/;

export function createQuoter(): SourceQuoter {
  const notes = new Map<string, string>();
  const strip = (label: string, given: string): string => {
    const text = given.replace(ownMark, "");
    const { text: visible, removed } = isMarkup(label)
      ? stripHidden(text)
      : stripHiddenCharacters(text);
    if (removed.length > 0)
      notes.set(
        label,
        `Hidden text was removed from ${label} before a model read it: ${describeRemoved(removed)}.`,
      );
    return visible;
  };
  return {
    quote(label, text, options = {}) {
      const visible = cut(strip(label, text), options.limit ?? Number.POSITIVE_INFINITY);
      return fenceData(label, options.numbered ? numberLines(visible, options.from ?? 1) : visible);
    },
    line: (label, text) => strip(label, text).replace(/\s+/g, " ").trim(),
    removed: () => [...notes.values()],
  };
}

/** In source code a comment is in plain sight; in Markdown it is not. Texts of the thread have no file name. */
const isMarkup = (label: string): boolean =>
  !/\.[a-z0-9]{1,8}$/i.test(label) || /\.(?:md|markdown|mdx|txt|rst|adoc)$/i.test(label);

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}\n[cut here: ${text.length - limit} more characters]`;
}

function numberLines(text: string, from: number): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.map((line, index) => `${index + from} | ${line}`).join("\n");
}
