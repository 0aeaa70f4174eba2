import type { BodyStyle } from "./body-style.ts";
import { skipQuiet } from "./skip-quiet.ts";

/** What lies between the braces of a body: from after the first up to the last. */
export type Body = { start: number; end: number };

const PLAIN = 0;
const BLANK = 1;
const QUIET = 2;
const SHAPING = 3;
/** What a sign may mean; most mean nothing. */
const kinds = new Uint8Array(128);
for (const sign of " \t\r") kinds[sign.charCodeAt(0)] = BLANK;
for (const sign of "/\"'`r") kinds[sign.charCodeAt(0)] = QUIET;
for (const sign of "{}()[];\n") kinds[sign.charCodeAt(0)] = SHAPING;

const NEWLINE = 10;
const OPEN = 123;
const CLOSE = 125;
const SEMICOLON = 59;
const SEARCHED = 200;

/** Shorter ones cost more to leave out than to read. */
const LEAST = 48;

/** A pass over the signs of a text. It gives up, with null, where braces do not close or a text has no end. */
export function findBodies(text: string, style: BodyStyle): Body[] | null {
  if (style.unclear?.test(text)) return null;
  return new BodyScan(text, style).run();
}

class BodyScan {
  readonly #text: string;
  readonly #style: BodyStyle;
  readonly #bodies: Body[] = [];
  /** Where each open `(` or `[` stands, and what stands before it. */
  readonly #brackets: number[] = [];
  #depth = 0;
  /** Where the statement began, and where its last bracket closed and was opened. */
  #began = 0;
  #closed = -1;
  #opened = -1;
  /** The last sign that is neither white space nor in a comment. */
  #before = -1;
  #body: { start: number; depth: number; brackets: number } | null = null;

  constructor(text: string, style: BodyStyle) {
    this.#text = text;
    this.#style = style;
  }

  run(): Body[] | null {
    const text = this.#text;
    const { length } = text;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      const kind = code < 128 ? kinds[code] : PLAIN;
      if (kind === BLANK) continue;
      if (kind === QUIET) {
        const next = skipQuiet(text, { at, code, before: this.#before }, this.#style);
        if (next === null) return null;
        if (next > at) {
          this.#skip(at, next);
          at = next - 1;
          continue;
        }
      } else if (kind === SHAPING && !this.#take(code, at)) return null;
      if (code > 32) this.#before = at;
    }
    return this.#depth === 0 && this.#body === null ? this.#bodies : null;
  }

  /** A comment at the beginning of a statement is no part of its head; a text is a sign like others. */
  #skip(at: number, next: number): void {
    if (this.#text.charCodeAt(at) !== 47 || !/^\/[/*]/.test(this.#text.slice(at, at + 2))) {
      this.#before = next - 1;
    } else if (this.#body === null && this.#before < this.#began) {
      this.#began = next;
    }
  }

  #take(code: number, at: number): boolean {
    if (code === OPEN) this.#open(at);
    else if (code === CLOSE) {
      if (!this.#close(at)) return false;
    } else if (code === 40 || code === 91) this.#brackets.push(at);
    else if (code === 41 || code === 93) {
      this.#opened = this.#brackets.pop() ?? -1;
      this.#closed = code === 41 ? at : this.#closed;
    } else if (code === SEMICOLON || (code === NEWLINE && this.#endsHere())) this.#end(at + 1);
    return true;
  }

  #endsHere(): boolean {
    return this.#style.endsWithLine && this.#brackets.length === 0;
  }

  #end(at: number): void {
    this.#began = at;
    this.#closed = -1;
  }

  #open(at: number): void {
    this.#depth += 1;
    if (this.#body === null && this.#isBody(at)) {
      this.#body = { start: at + 1, depth: this.#depth, brackets: this.#brackets.length };
    }
    this.#end(at + 1);
  }

  #isBody(at: number): boolean {
    const closed = this.#closed;
    return this.#style.isBody({
      head: this.#text.slice(this.#began, at),
      before: this.#text[this.#before] ?? "",
      brackets: this.#brackets.length,
      closed: closed >= 0,
      called: () => wordBefore(this.#text, this.#opened),
      result: closed < 0 ? "" : this.#text.slice(closed + 1, at),
    });
  }

  #close(at: number): boolean {
    const body = this.#body;
    if (body !== null && body.depth === this.#depth) {
      if (body.brackets !== this.#brackets.length) return false;
      this.#body = null;
      this.#keep(body.start, at);
    }
    this.#depth -= 1;
    this.#end(at + 1);
    return this.#depth >= 0;
  }

  #keep(start: number, end: number): void {
    if (end - start < LEAST) return;
    if (this.#style.telling?.test(this.#text.slice(start, end))) return;
    this.#bodies.push({ start, end });
  }
}

/** The word that stands before a bracket, types in angles apart. */
function wordBefore(text: string, place: number): string {
  const before = text.slice(Math.max(0, place - SEARCHED), Math.max(0, place)).trimEnd();
  const bare = before.endsWith(">") ? before.slice(0, before.lastIndexOf("<")).trimEnd() : before;
  let from = bare.length;
  while (from > 0 && /[\p{L}\p{N}_$]/u.test(bare[from - 1] ?? "")) from -= 1;
  return bare.slice(from);
}
