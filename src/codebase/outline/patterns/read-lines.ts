import { foldSignature } from "../fold-signature.ts";
import type { OutlineSymbol } from "../outline.ts";
import type { Look, PatternLanguage } from "./pattern-language.ts";

/** Longer lines are not looked at. */
const LONGEST_LINE = 1_000;

/** Lines that end nothing although they are not indented: the brace of a body, the end of parameters, a section of a class. */
const CONTINUES =
  /^\s*(?:\{\s*$|[)\]].*(?:\{|=>|:|=)\s*$|(?:public|private|protected)\s*:|where\b)/;

type Open = { indent: number; symbol: OutlineSymbol; holds: boolean };

/** Declarations of a text, whose `code` has the same lines with comments and strings blank. */
export function readLines(text: string, code: string, looks: PatternLanguage): OutlineSymbol[] {
  const symbols: OutlineSymbol[] = [];
  const open: Open[] = [];
  let start = 0;
  let line = 0;
  for (const content of code.split("\n")) {
    line += 1;
    const indent = content.search(/\S/);
    const place = start + indent;
    start += content.length + 1;
    if (indent < 0 || content.length > LONGEST_LINE || CONTINUES.test(content)) continue;
    const closing = /^\s*[})\]]|^\s*end\b/.test(content);
    if (content[indent] !== "#") close(open, indent, line, closing);
    const around = open.at(-1);
    if (closing || (around !== undefined && !around.holds)) continue;
    const found = lookAt(content.trim(), looks);
    if (found === null) continue;
    const symbol = declare(text, { ...found, place, line, looks, owner: around?.symbol ?? null });
    if (found.look.adds !== true) symbols.push(symbol);
    open.push({ indent, symbol, holds: found.look.holds === true });
  }
  return symbols;
}

/** A line that is indented no more than a declaration ends it; one that closes belongs to it still. */
function close(open: Open[], indent: number, line: number, closing: boolean): void {
  for (let top = open.at(-1); top !== undefined && indent <= top.indent; top = open.at(-1)) {
    if (closing && indent === top.indent) top.symbol.endLine = line;
    open.pop();
  }
  for (const { symbol } of open) symbol.endLine = line;
}

type Found = { look: Look; name: string; after: string; addsTo: string | null };

function lookAt(content: string, { looks }: PatternLanguage): Found | null {
  for (const look of looks) {
    const found = look.look.exec(content);
    const name = found?.groups?.name ?? found?.[1];
    if (found === null || name === undefined) continue;
    const at = found[0].lastIndexOf(name) + name.length;
    return {
      look,
      name,
      addsTo: found.groups?.owner ?? null,
      after: content.slice(found.index + at),
    };
  }
  return null;
}

type Place = Found & {
  place: number;
  line: number;
  looks: PatternLanguage;
  owner: OutlineSymbol | null;
};

function declare(text: string, found: Place): OutlineSymbol {
  const { look, name, after, addsTo, place, line, looks, owner } = found;
  const stop = text.indexOf("\n", place);
  const whole = text.slice(place, stop < 0 ? text.length : stop);
  const opening = whole.search(/\s*(?:\{[^}]*\}?\s*$|=>|;\s*$)/);
  const end = place + (opening > 0 ? opening : whole.length);
  const signature = foldSignature(text, place, end, looks.comments);
  const kind = owner === null ? look.kind : memberKind(look);
  return {
    name,
    kind,
    line,
    endLine: line,
    owner: owner?.name ?? addsTo,
    signature,
    exported: look.adds === true || (looks.exported(signature, name) && owner?.exported !== false),
    bases: look.holds === true ? looks.bases(after.replace(/\{[\s\S]*$/, "")) : [],
  };
}

function memberKind({ kind }: Look): OutlineSymbol["kind"] {
  if (kind === "function") return "method";
  return kind === "variable" || kind === "constant" ? "field" : kind;
}
