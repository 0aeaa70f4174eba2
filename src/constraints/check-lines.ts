import type { Codebase } from "../codebase/codebase.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import type { Hit } from "./check-imports.ts";
import type { Rule } from "./constraint.ts";
import { matchScope, namesTests } from "./match-scope.ts";
import { callsOf } from "./raw-calls.ts";

const mostLines = 5000;
const comment = /^\s*(?:\/\/|#(?![[!])|\*|\/\*|--|"""|''')/;

/** A text as an extended regular expression that stands alone as a name. */
export function patternOf(target: string): string {
  const plain = target.trim().replace(/\(\)$/, "(").replace(/\s+/g, " ");
  const literal = escapePattern(plain);
  const before = /^[\w$]/.test(plain) ? "(^|[^A-Za-z0-9_.])" : "";
  const after = /[\w$]$/.test(plain) ? "($|[^A-Za-z0-9_$])" : "";
  return `${before}${literal}${after}`;
}

/** Where code of the repository says what a rule forbids; the file that declares what is to be used instead may say it. */
export async function findForbiddenText(
  rule: Extract<Rule, { kind: "forbidden-text" }>,
  codebase: Codebase,
): Promise<Hit[]> {
  const found: Hit[] = [];
  for (const target of rule.targets) {
    const why = `says \`${target}\`${useInstead(rule.instead)}`;
    found.push(...(await grepCode(codebase, patternOf(target), rule, why)));
  }
  return found;
}

export async function findRawCallsIn(
  rule: Extract<Rule, { kind: "raw-calls" }>,
  codebase: Codebase,
): Promise<Hit[]> {
  const why = `has raw ${rule.of}${useInstead(rule.instead)}`;
  return await grepCode(codebase, callsOf(rule.of), rule, why);
}

const useInstead = (names: readonly string[]): string =>
  names.length === 0 ? "" : `; use ${names.map((name) => `\`${name}\``).join(" or ")}`;

async function grepCode(
  codebase: Codebase,
  pattern: string,
  { scope, instead }: Extract<Rule, { kind: "forbidden-text" | "raw-calls" }>,
  why: string,
): Promise<Hit[]> {
  const isIn = matchScope(scope);
  const homes = new Set(instead.flatMap((name) => homesOf(codebase, name)));
  const lines = await codebase.grep(pattern, [], mostLines);
  const look = new RegExp(pattern);
  return lines
    .filter(({ text }) => /["'`]/.test(pattern) || look.test(maskStrings(text)))
    .filter(
      ({ path, text }) => isCode(codebase, path, scope.within) && isIn(path) && !comment.test(text),
    )
    .filter(({ path }) => !homes.has(path))
    .map(({ path, line }) => ({ path, line, why }));
}

/** A line without its strings and the comment behind it: a word in a message is no use of a name. */
export const maskStrings = (line: string): string =>
  line
    .replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\$])*`/g, '""')
    .replace(/\s(?:\/\/|#\s).*$/, "");

/** Code of the product; tests only where the rule names their folder. */
const isCode = (codebase: Codebase, path: string, within: readonly string[]): boolean => {
  const role = codebase.file(path)?.role;
  return role === "source" || (role === "test" && namesTests(within));
};

/** Files that declare a name, or are it: `state_io.save_json()`, `src/http/client.ts`. */
export function homesOf(codebase: Codebase, name: string): string[] {
  if (codebase.file(name) !== null) return [name];
  const parts = name.replace(/\(.*$/, "").split(/\.|::|->/);
  const symbols = codebase.symbolsNamed(parts.at(-1) ?? name).map(({ path }) => path);
  const module = parts.at(-2);
  const own = symbols.filter((path) => module === undefined || path.includes(module));
  return own.length > 0 ? own : symbols;
}
