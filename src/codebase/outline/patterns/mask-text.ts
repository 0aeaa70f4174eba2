import type { CommentStyle } from "../fold-signature.ts";

const SLASH =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'|`(?:\\.|[^`\\]){0,5000}`/g;
const HASH =
  /#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'/g;

/** The text with comments and strings blank, of the same length and lines. */
export function maskText(text: string, style: CommentStyle): string {
  return text.replace(style === "hash" ? HASH : SLASH, (found) => found.replace(/[^\n]/g, " "));
}
