import type { OutlineRequest } from "./outline.ts";

const OPENING = /<script\b[^>]{0,500}>/gi;
const CLOSING = /<\/script\s{0,20}>/gi;

/** A Vue or Svelte component as its scripts alone, all else blank, so that lines stay; null for any other file. */
export function maskComponent({ path, language, text }: OutlineRequest): OutlineRequest | null {
  if (!/\.(?:vue|svelte)$/i.test(path)) return null;
  let code = "";
  let done = 0;
  for (const script of scriptsOf(text)) {
    code += blank(text.slice(done, script.start)) + text.slice(script.start, script.end);
    done = script.end;
  }
  return { path, language: language ?? "typescript", text: code + blank(text.slice(done)) };
}

function* scriptsOf(text: string): Generator<{ start: number; end: number }> {
  const opening = new RegExp(OPENING);
  const closing = new RegExp(CLOSING);
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const start = opening.lastIndex;
    closing.lastIndex = start;
    const end = closing.exec(text)?.index ?? text.length;
    yield { start, end };
    opening.lastIndex = end;
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]+/g, (line) => " ".repeat(line.length));
}
