import type { Codebase } from "../codebase/codebase.ts";
import type { Named } from "./list-scripts.ts";

/** Environments of tox or sessions of nox. `admits`: whether one of this name is there, by its name or by the factors that it is made of. */
export type Sessions = { named: readonly Named[]; admits: (name: string) => boolean };

/** null where no file of the root declares any that can be read. */
export async function listSessions(codebase: Codebase, tool: string): Promise<Sessions | null> {
  if (tool === "nox") return await listNox(codebase);
  for (const path of ["tox.ini", "setup.cfg", "pyproject.toml", "tox.toml"]) {
    const text = codebase.file(path) === null ? null : await codebase.text(path);
    const named = text === null ? [] : readTox(path, text);
    if (text !== null && named.length > 0) return { named, admits: admitsOf(named, text) };
  }
  return null;
}

async function listNox(codebase: Codebase): Promise<Sessions | null> {
  const path = "noxfile.py";
  const text = codebase.file(path) === null ? null : await codebase.text(path);
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

const splitNames = (written: string): string[] =>
  written
    .replace(/#[^\n]*/g, "")
    .replace(/["']/g, "")
    .split(/[\s,]+(?![^{]*\})/)
    .flatMap(expand)
    .filter((name) => /^[\w.-]+$/.test(name));

/** `py{39,310}-{a,b}` and `py3{9-11}`, as many as people write. */
function expand(name: string): string[] {
  const match = /\{([^{}]*)\}/.exec(name);
  if (match === null) return [name];
  const range = /^(\d+)-(\d+)$/.exec(match[1] ?? "");
  const [low, high] = [Number(range?.[1] ?? 0), Number(range?.[2] ?? 0)];
  const parts =
    range === null || high - low > 50
      ? (match[1] ?? "").split(",")
      : Array.from({ length: Math.max(high - low + 1, 0) }, (_one, index) => String(low + index));
  const after = name.slice(match.index + match[0].length);
  return parts.flatMap((part) => expand(`${name.slice(0, match.index)}${part.trim()}${after}`));
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
