import picomatch from "picomatch";
import { isPlainGlob } from "../../shared/is-plain-glob.ts";

/** Where GitHub looks, in its order: the first that is there counts, and it alone. */
export const ownerPaths = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** GitHub does not load a larger one. */
const longest = 3_000_000;

type Rule = { matches: (path: string) => boolean; owners: readonly string[] };

/**
 * Owners of a path by a CODEOWNERS file, as GitHub reads it: the last matching line counts, also when it names nobody; a line that
 * GitHub would call invalid (a negation, a range of characters, an owner that is neither account, team nor address) is passed over.
 * `null` is no file.
 */
export function readOwners(text: string | null): (path: string) => readonly string[] {
  if (text === null || text.length > longest) return () => [];
  const rules = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line) => readRule(line) ?? [])
    .reverse();
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const owners = rules.find((rule) => rule.matches(path))?.owners ?? [];
    known.set(path, owners);
    return owners;
  };
}

const owner = /^(?:@[\w.-]+(?:\/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/;

function readRule(line: string): Rule | null {
  const [pattern, ...words] = splitLine(line);
  if (pattern === undefined) return null;
  if (/^!|[[\]]/.test(pattern) || words.some((word) => !owner.test(word))) return null;
  const globs = toGlobs(pattern);
  if (globs === null) return null;
  const options = {
    dot: true,
    nobrace: true,
    noextglob: true,
    nonegate: true,
    strictSlashes: true,
  };
  return { matches: picomatch(globs, options), owners: words };
}

/** Words of a line: a backslash keeps a space in the pattern, and ` #` begins a comment. */
function splitLine(line: string): string[] {
  const words: string[] = [];
  for (const match of line.trim().matchAll(/(?:\\.|[^\s\\])+/g)) {
    if (match[0].startsWith("#")) break;
    words.push(match[0]);
  }
  return words;
}

/**
 * A pattern as globs. One without a slash inside matches at any depth, one with a slash from the root; a folder has everything below
 * it, but `docs/*` only what lies directly in `docs`. Null for what no sane file has.
 */
function toGlobs(pattern: string): string[] | null {
  const plain = pattern.replace(/\\(.)/g, "$1").replace(/\/{2,}/g, "/");
  if (plain === "*" || plain === "**" || plain === "/") return ["**"];
  const inner = plain.replace(/^\//, "").replace(/\/$/, "");
  const isAnchored = plain.startsWith("/") || inner.includes("/");
  const start = isAnchored || inner.startsWith("**/") ? inner : `**/${inner}`;
  if (!isPlainGlob(start)) return null;
  if (plain.endsWith("/")) return [`${start}/**/*`];
  return /(?:^|\/)\*$/.test(inner) ? [start] : [start, `${start}/**/*`];
}
