import picomatch from "picomatch";
import { fail, type Result, succeed } from "../shared/result.ts";

/** What nobody may write unless a caller owns it: what gives rights, runs by itself, or decides what is run. */
export const defaultProtectedPaths: readonly string[] = [
  ".github/**",
  "**/.github/workflows/**",
  ".archwright.yml",
  ".archwright.yaml",
  "archwright.yml",
  "archwright.yaml",
  "**/CODEOWNERS",
  "docs/designs/**",
  "**/.npmrc",
  "**/.gitattributes",
  "**/.gitmodules",
];

/** The rules of one worktree. */
export type PathPolicy = {
  /** Globs that may not be written. */
  protectedPaths: readonly string[];
  /** Globs that the caller owns although they are protected. They open nothing else. */
  allow: readonly string[];
};

const LONGEST_PATH = 1_000;
const LONGEST_PART = 255;

// Zero-width and direction characters that HFS+ drops from names, and that make one name look like another.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const STREAM = /:/;

/** The shape rules, which hold for every path: the first that is broken, or null. */
function brokenRule(path: string): string | null {
  if (path === "") return "it is empty";
  if (path.length > LONGEST_PATH) return `it is longer than ${LONGEST_PATH} characters`;
  if (CONTROL.test(path)) return "it contains a control character";
  if (INVISIBLE.test(path)) return "it contains an invisible character";
  if (!path.isWellFormed()) return "it is not valid Unicode";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "it is absolute";
  if (path.startsWith('"')) return "it begins with a quotation mark or is not UTF-8";
  if (path.includes("\\")) return "it contains a backslash";
  for (const part of path.split("/")) {
    const broken = brokenPart(part);
    if (broken !== null) return broken;
  }
  return null;
}

function brokenPart(part: string): string | null {
  if (part === "") return "it has an empty part";
  if (part === "." || part === "..") return `it has the part ${part}`;
  if (Buffer.byteLength(part) > LONGEST_PART) return `a part is longer than ${LONGEST_PART} bytes`;
  if (isGitFolder(part)) return "it leads into git's own data";
  return null;
}

/**
 * Whether some file system takes `part` for `.git`: letters in any case, compatibility forms (full width), trailing
 * dots and spaces and data streams (NTFS), the short names GIT~1 (NTFS) and the like.
 */
function isGitFolder(part: string): boolean {
  const folded = part.normalize("NFKC").toLowerCase();
  const name = (folded.split(STREAM)[0] ?? "").replace(/[. ]+$/, "");
  return name === ".git" || /^git~\d+$/.test(name);
}

/** Folded the way case-insensitive file systems compare names, so that `.GitHub` is protected like `.github`. */
const fold = (path: string): string => path.normalize("NFKC").toLowerCase();

const matches = (path: string, globs: readonly string[]): boolean =>
  globs.length > 0 && picomatch([...globs], { dot: true })(path);

/** Checks a path by its shape alone, as reading needs it. Failure: `path-refused` with the rule. */
export function checkShape(path: string): Result<string> {
  const rule = brokenRule(path);
  return rule === null ? succeed(path) : fail({ reason: "path-refused", path: shown(path), rule });
}

/**
 * Checks a path that is to be written, relative to the root and with `/`: its shape, and that it is not protected.
 * Pure: links are checked where the file system is at hand. Failure: `path-refused` with the rule.
 */
export function checkPath(path: string, policy: PathPolicy): Result<string> {
  const shape = checkShape(path);
  if (!shape.ok) return shape;
  if (matches(path, policy.allow)) return succeed(path);
  const glob = policy.protectedPaths.find((candidate) => matches(fold(path), [fold(candidate)]));
  if (glob === undefined) return succeed(path);
  return fail({ reason: "path-refused", path, rule: `it is protected by ${glob}` });
}

/** A path that can be printed on one line. */
const shown = (path: string): string => {
  const printable = JSON.stringify(path.slice(0, 200)).slice(1, -1);
  return printable.replace(new RegExp(INVISIBLE.source, "gu"), (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
};
