const LONGEST = 240;

/** More of a declaration's head is not looked at: it bounds the work on code that was made to be slow to read. */
const LOOKED_AT = 2_000;

const COMMENT_OR_STRING =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const HASH_COMMENT_OR_STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;

export type CommentStyle = "slash" | "hash";

/** The head of a declaration in one line: without comments, white space folded, no opening of the body left at its end. */
export function foldSignature(
  text: string,
  start: number,
  end: number,
  style: CommentStyle,
): string {
  const head = withoutComments(text.slice(start, Math.min(end, start + LOOKED_AT)), style);
  const folded = dropOpening(foldSpace(head));
  return folded.length > LONGEST ? `${folded.slice(0, LONGEST - 1).trimEnd()}…` : folded;
}

/** Most heads stand in one line as they are wanted: these are left alone, because there are very many of them. */
function foldSpace(head: string): string {
  if (!/[\n\t\r\f\v\u00a0]| {2}|[([] | [)\]]/.test(head)) return head;
  return head
    .replace(/\s+/g, " ")
    .replace(/([([]) /g, "$1")
    .replace(/,? ([)\]])/g, "$1");
}

const OPENINGS = new Set("={:;,(");

/** Without the signs that open a body or a value, however many there are. */
function dropOpening(folded: string): string {
  let text = folded.trim();
  for (;;) {
    if (text.endsWith("=>")) text = text.slice(0, -2).trimEnd();
    else if (OPENINGS.has(text.at(-1) ?? "")) text = text.slice(0, -1).trimEnd();
    else return text;
  }
}

const SHORT = 120;

/** Where the signature of what is given a value ends: after a short value of one line, else before the sign that gives it. */
export function endWithValue(text: string, start: number, end: number): number {
  const source = text.slice(start, Math.min(end, start + LOOKED_AT));
  if (end - start <= SHORT && !source.includes("\n")) return end;
  const sign = source.search(/(?<![=!<>])=(?![=>])/);
  return sign < 0 ? end : start + sign;
}

function withoutComments(head: string, style: CommentStyle): string {
  if (style === "hash") {
    return head.includes("#")
      ? head.replace(HASH_COMMENT_OR_STRING, (found) => (found.startsWith("#") ? "" : found))
      : head;
  }
  return head.includes("//") || head.includes("/*")
    ? head.replace(COMMENT_OR_STRING, (found) => (/^\/[/*]/.test(found) ? " " : found))
    : head;
}
