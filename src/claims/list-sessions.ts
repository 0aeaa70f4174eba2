import type { Codebase } from "../codebase/codebase.ts";
import type { Named } from "./list-scripts.ts";

/** Environments of tox or sessions of nox. `admits`: whether one of this name is there, by its name or by the factors that it is made of. */
export type Sessions = { named: readonly Named[]; admits: (name: string) => boolean };

/** Longer files of settings are not written by people; what stands behind this is not looked at. */
const LONGEST = 64 * 1024;
/** Names that one with braces may stand for. */
const MOST_NAMES = 1_000;

/** null where no file of the root declares any that can be read. */
export async function listSessions(codebase: Codebase, tool: string): Promise<Sessions | null> {
  if (tool === "nox") return await listNox(codebase);
  for (const path of ["tox.ini", "setup.cfg", "pyproject.toml", "tox.toml"]) {
    const text = await readStart(codebase, path);
    const named = text === null ? [] : readTox(path, text);
    if (text !== null && named.length > 0) return { named, admits: admitsOf(named, text) };
  }
  return null;
}

async function listNox(codebase: Codebase): Promise<Sessions | null> {
  const path = "noxfile.py";
  const text = await readStart(codebase, path);
  if (text === null) return null;
  const found = text.matchAll(
    /^@(?:nox\.)?session\b(?:\((?<options>[^()]*(?:\([^()]*\)[^()]*)*)\))?[^\n]*\n(?:@[^\n]*\n)*(?:async )?def (?<own>\w+)/gm,
  );
  const named = [...found].map((match) => {
    const { options = "", own = "" } = match.groups ?? {};
    const name = /\bname\s*=\s*["']([^"']+)["']/.exec(options)?.[1] ?? own;
    return { name, path, line: lineAt(text, match.index) };
  });
  const known = new Set(named.map(({ name }) => name));
  const bare = (name: string): string =>
    name.replace(/\(.*$/, "").replace(/-(?:pypy)?\d[\d.]*$/, "");
  return named.length === 0 ? null : { named, admits: (name) => known.has(bare(name)) };
}

async function readStart(codebase: Codebase, path: string): Promise<string | null> {
  const text = codebase.file(path) === null ? null : await codebase.text(path);
  return text === null ? null : text.slice(0, LONGEST);
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** The list of environments and the sections that are named after one. */
function readTox(path: string, text: string): Named[] {
  const isToml = path.endsWith(".toml");
  const sections = isToml
    ? /^\[(?:tool\.tox\.)?env\.["']?([\w.-]+)["']?\]/gm
    : /^\[testenv:([^\]\n]+)\]/gm;
  const list = isToml
    ? /^(?:env_?list)\s*=\s*\[([\s\S]*?)\]/gm
    : /^env_?list\s*=([^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*#[^\n]*|[ \t]*(?=\n)))*)/gm;
  const isTox = !isToml || path === "tox.toml" || /\[tool\.tox\b|legacy_tox_ini/.test(text);
  if (!isTox) return [];
  const legacy = isToml
    ? /legacy_tox_ini\s*=\s*(?:"""|''')([\s\S]*?)(?:"""|''')/.exec(text)?.[1]
    : undefined;
  const own = [sections, list].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) =>
      splitNames(match[1] ?? "").map((name) => ({ name, path, line: lineAt(text, match.index) })),
    ),
  );
  return legacy === undefined ? own : [...own, ...readTox("tox.ini", legacy)];
}

/** Names that white space or commas part; a comma in braces parts none. */
function splitNames(written: string): string[] {
  const bare = written.replace(/#[^\n]*/g, "").replace(/["']/g, "");
  const names = [""];
  // What `split` gives by turns: a text, and braces or, for a separator, nothing.
  for (const [at, part] of bare.split(/(\{[^{}]*\})|[\s,]+/).entries()) {
    if (at % 2 === 1 && part === undefined) names.push("");
    else names.push(`${names.pop() ?? ""}${part ?? ""}`);
  }
  return names.flatMap(expand).filter((name) => /^[\w.-]+$/.test(name));
}

const brace = /\{([^{}]*)\}/;

/** `py{39,310}-{a,b}` and `py3{9-11}`. More than people write is left as it stands, and is then no name. */
function expand(name: string): string[] {
  let names = [name];
  for (let match = brace.exec(name); match !== null; match = brace.exec(names[0] ?? "")) {
    const parts = partsOf(match[1] ?? "");
    if (names.length * parts.length > MOST_NAMES) return [name];
    names = names.flatMap((one) => parts.map((part) => one.replace(brace, () => part)));
  }
  return names;
}

function partsOf(list: string): string[] {
  const range = /^(\d+)-(\d+)$/.exec(list);
  const [low, high] = [Number(range?.[1] ?? 0), Number(range?.[2] ?? 0)];
  if (range === null || high - low > 50) return list.split(",").map((part) => part.trim());
  return Array.from({ length: Math.max(high - low + 1, 0) }, (_one, index) => String(low + index));
}

/** Python's versions are factors of every tox. */
const version = /^(?:py|pypy|python|cpython|jython)?\d*(?:\.\d+)?t?$|^(?:py|pypy)$/;

function admitsOf(named: readonly Named[], text: string): (name: string) => boolean {
  const known = new Set(named.map(({ name }) => name));
  const factors = new Set([...known].flatMap((name) => name.split("-")));
  for (const match of text.matchAll(/^[ \t]+([\w.!,{}-]+):[ \t]/gm))
    for (const name of splitNames((match[1] ?? "").replaceAll("!", "")))
      for (const factor of name.split("-")) factors.add(factor);
  return (name) =>
    known.has(name) ||
    name === "ALL" ||
    name.split("-").every((factor) => factors.has(factor) || version.test(factor));
}
