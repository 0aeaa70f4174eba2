import type { Language } from "../codebase/codebase.ts";
import type { Parameter } from "./parse-signature.ts";

/** Languages that write the type before the name. */
const typeFirst: readonly (Language | null)[] = ["java", "c-sharp", "cpp", "php"];
const receiver = /^(?:&\s*(?:'\w+\s+)?(?:mut\s+)?|mut\s+)?self(?:\s*:.*)?$|^cls$|^this(?:\s*:.*)?$/;

/** One parameter, or null where it is the receiver of a method. */
export function parseParameter(text: string, language: Language | null): Parameter | null {
  const plain = text
    .replace(/^(?:@\w+(?:\([^)]*\))?|#?\[[^\]]*\])\s*/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (plain === "" || (receiver.test(plain) && language !== "java")) return null;
  if (language === "go") return parseGo(plain);
  if (typeFirst.includes(language) && !/^\w+\??\s*:/.test(plain)) return parseTypeFirst(plain);
  return parseNameFirst(plain, language);
}

const restMark = /^(?:\.\.\.|\*{1,2}(?=\w)|&(?=\w))/;

function parseNameFirst(text: string, language: Language | null): Parameter {
  const { before, value } = cutDefault(text);
  const bare = before
    .replace(/^(?:public|private|protected|readonly|override|mut|ref)\s+/g, "")
    .trim();
  const rest = restMark.test(bare);
  const plain = bare.replace(restMark, "").replace(/^(?:readonly|mut)\s+/, "");
  // Ruby's `key:` and `key: 1`; a required one has nothing after its colon.
  if (language === "ruby") {
    const [, name = plain, colon = "", given = ""] = /^(\w+)(:?)\s*(.*)$/.exec(plain) ?? [];
    return { name, type: null, optional: value !== null || (colon === ":" && given !== ""), rest };
  }
  const [, name = "", mark = "", type] =
    /^([\p{L}_$][\p{L}\p{N}_$]*)\s*(\??)\s*(?::\s*([\s\S]+))?$/u.exec(plain) ?? [];
  if (name === "")
    return { name: null, type: typeOfPattern(plain), optional: value !== null, rest };
  return { name, type: type?.trim() ?? null, optional: mark === "?" || value !== null, rest };
}

/** `{ a, b }: Options`: no name, but a type. */
const typeOfPattern = (text: string): string | null =>
  /^[{[][\s\S]*[}\]]\s*:\s*([\s\S]+)$/.exec(text)?.[1]?.trim() ?? null;

function parseTypeFirst(text: string): Parameter {
  const { before, value } = cutDefault(text);
  const bare = before
    .replace(
      /^(?:(?:final|const|readonly|in|out|ref|params|this|public|private|protected)\s+)+/,
      "",
    )
    .trim();
  const rest = /\.\.\.|^params\b/.test(text);
  const match = /^(?:([\s\S]*?[\s&*.\]>?])\s*)?[&$]*([\p{L}_][\p{L}\p{N}_]*)(\[\])?$/u.exec(
    bare.replace(/\.\.\./, " "),
  );
  if (match === null) return { name: null, type: bare, optional: value !== null, rest };
  const [, type = "", name = "", array = ""] = match;
  if (type.trim() === "" && !text.includes("$"))
    return { name, type: null, optional: value !== null, rest };
  const whole = `${type.replace(/&$/, "").trim()}${array}`;
  return { name, type: whole === "" ? null : whole, optional: value !== null, rest };
}

function parseGo(text: string): Parameter {
  const [, name = "", type] = /^(\w+)(?:\s+([\s\S]+))?$/.exec(text) ?? [];
  if (name === "")
    return {
      name: null,
      type: text.replace(/^\.{3}/, ""),
      optional: false,
      rest: text.startsWith("..."),
    };
  const rest = type?.startsWith("...") ?? false;
  return { name, type: type?.replace(/^\.{3}/, "") ?? null, optional: false, rest };
}

/** Cuts `= value` off, where the `=` is of no arrow and no comparison. */
function cutDefault(text: string): { before: string; value: string | null } {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if ("([{<".includes(sign)) depth += 1;
    else if (")]}>".includes(sign) && text[at - 1] !== "=") depth -= 1;
    else if (sign === "=" && depth === 0 && text[at + 1] !== ">" && text[at + 1] !== "=")
      return { before: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
  }
  return { before: text.trim(), value: null };
}
