import type { CommentStyle } from "../fold-signature.ts";

const SLASH =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'|`(?:\\.|[^`\\]){0,5000}`/g;
const HASH =
  /#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'/g;

/** The text with comments and strings blank, of the same length and lines. */
export function maskText(text: string, style: CommentStyle): string {
  return text.replace(style === "hash" ? HASH : SLASH, blank);
}

function blank(found: string): string {
  return found.includes("\n")
    ? found.replace(/[^\n]+/g, (line) => " ".repeat(line.length))
    : " ".repeat(found.length);
}
