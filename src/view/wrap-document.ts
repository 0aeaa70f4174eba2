import { restoreText } from "../shared/restore-text.ts";
import { fold } from "./fold.ts";
import { inert } from "./inert.ts";

const opening = (name: string): string => `<!-- archwright:document ${name} -->`;
const closing = "<!-- /archwright:document -->";

/** First line of every document that we write. It is ours, and GitHub must go on hiding it. */
const ownMark = /^<!-- archwright:[\w-]{1,60} \d{1,9} -->\n/;

/** A document to be shown and not to be read back: without the line that only programs need. */
export const withoutMark = (text: string): string => text.replace(ownMark, "");

/** A whole document in a comment, made inert: folded for readers, between two marks for whoever reads it back. */
export function wrapDocument(name: string, summary: string, text: string): string {
  const mark = ownMark.exec(text)?.[0] ?? "";
  const body = `${mark}${inert(text.slice(mark.length)).trimEnd()}`;
  return [opening(name), fold(summary, body), closing].join("\n");
}

/** A document as it stands in a comment: its name in the ledger, and its text. */
export type WrappedDocument = { document: string; text: string };

/**
 * Takes a document back out of a comment that a person may have edited. Line ends of any kind, a fold that was taken away or opened,
 * and blank lines around it are tolerated. null when a mark is gone: then nobody can tell what of the comment is the document.
 */
export function readWrappedDocument(body: string): WrappedDocument | null {
  const text = body.replace(/\r\n?/g, "\n");
  const first = /<!--[ \t]*archwright:document[ \t]+([\w./-]{1,200})[ \t]*-->/.exec(text);
  const name = first?.[1];
  // The last mark closes: a document may speak of one.
  const end = text.lastIndexOf(closing);
  if (!first || name === undefined || end < first.index + first[0].length) return null;
  const inner = text.slice(first.index + first[0].length, end).trim();
  const unfolded = inner
    .replace(/^<details[^>\n]*>\s*(?:<summary>[^\n]*?<\/summary>)?/i, "")
    .replace(/<\/details>$/i, "");
  // Only a fold that is whole is ours; half of one was typed by somebody.
  const isFolded = unfolded !== inner && /^<details/i.test(inner);
  const document = (isFolded ? unfolded : inner).replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  return { document: name, text: restoreText(`${document}\n`) };
}
