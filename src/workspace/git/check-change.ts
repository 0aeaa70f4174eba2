import { dirname, posix } from "node:path";
import { redact } from "../../shared/redact.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { checkPath, checkShape, type PathPolicy } from "../check-path.ts";
import { nameOfBytes, splitAtNul } from "./path-name.ts";
import { readContent } from "./read-content.ts";

/** How one path differs between two trees, in git's own words. */
export type Change = {
  path: string;
  mode: string;
  formerMode: string;
  object: string;
  formerObject: string;
};

/** Mode of a path that is not there. */
export const REMOVED = "000000";
export const SUBMODULE = "160000";
export const LINK = "120000";
const MODES: ReadonlySet<string> = new Set([REMOVED, "100644", "100755", LINK]);

/** Reads what `git diff-index` and `git diff-tree` print with `--raw -z --no-renames --no-abbrev`. */
export function parseRawChanges(output: Buffer): Change[] {
  const parts = splitAtNul(output);
  const changes: Change[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const words = (parts[index] ?? Buffer.alloc(0)).toString("latin1").slice(1).split(" ");
    const [formerMode = "", mode = "", formerObject = "", object = ""] = words;
    const path = nameOfBytes(parts[index + 1] ?? Buffer.alloc(0));
    changes.push({ path, mode, formerMode, object, formerObject });
  }
  return changes;
}

/** Checks what a change is, without its content: the path policy, and only plain files and links. Failure: `path-refused`. */
export function checkEntry(change: Change, policy: PathPolicy): Result<void> {
  const { path, mode, formerMode } = change;
  const allowed = checkPath(path, policy);
  if (!allowed.ok) return allowed;
  const refuse = (rule: string) => fail({ reason: "path-refused" as const, path, rule });
  if (mode === SUBMODULE || formerMode === SUBMODULE) return refuse("it is a submodule");
  return MODES.has(mode) ? succeed(undefined) : refuse(`git's mode ${mode} is not a plain file's`);
}

/**
 * Why a link may not be, or null: it may lead to another file of the worktree, and nowhere else. The way up comes first in it: after
 * another link, `..` would be that one's folder, and lead elsewhere than it looks.
 */
export function brokenLink(path: string, target: string): string | null {
  if (posix.isAbsolute(target)) return "it is a symbolic link to an absolute path";
  const steps = target.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.lastIndexOf("..") > steps.findIndex((step) => step !== "..") && !isOnlyUp(steps))
    return "it is a symbolic link that goes up after it went down";
  const reached = posix.normalize(posix.join(dirname(path), target)).replace(/\/$/, "");
  if (reached === ".." || reached.startsWith("../"))
    return "it is a symbolic link that leads outside";
  const shape = reached === "." ? null : checkShape(reached);
  if (shape === null || shape.ok) return null;
  return shape.failure.reason === "path-refused" && shape.failure.rule.includes("git's own data")
    ? "it is a symbolic link into git's own data"
    : "it is a symbolic link to a path that is refused";
}

const isOnlyUp = (steps: readonly string[]): boolean => steps.every((step) => step === "..");

/**
 * Line of a content that was added and has the shape of a secret, counted from 1; null when there is none. What stood there before
 * is not this change's doing. `former` is asked only where something was found.
 */
export async function findSecretLine(
  bytes: Buffer,
  limit: number,
  former: () => Promise<string>,
): Promise<number | null> {
  const content = readContent(bytes, limit);
  const text = content.kind === "text" ? content.text : bytes.toString("latin1");
  const cleaned = redact(text);
  if (cleaned === text) return null;
  const before = await former();
  const known = new Set(before.split("\n"));
  const lines = text.split("\n");
  const found = lines.findIndex((line) => !known.has(line) && redact(line) !== line);
  if (found !== -1) return found + 1;
  // A secret over several lines, such as a key block, shows in the whole only.
  if (redact(before) !== before) return null;
  const after = cleaned.split("\n");
  return (
    Math.max(
      lines.findIndex((line, index) => line !== after[index]),
      0,
    ) + 1
  );
}
