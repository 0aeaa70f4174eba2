import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { checkPath, checkShape, type PathPolicy } from "../check-path.ts";
import { codeOf, failureOfError, isMissing } from "./failure-of-error.ts";

/** A path of a worktree on this machine: `target` is where it really lies, all links followed. */
export type Confined = { target: string; relative: string };

const outside = (path: string) =>
  fail({ reason: "path-refused" as const, path, rule: "a symbolic link on it leads outside" });

/**
 * Finds where `path` of the worktree at `root` (a real path) lies once every link on it is followed, and refuses it when
 * that is outside. With a policy the place itself must be allowed too, so a link does not open a protected file.
 * `follow: false` leaves the last part as it is, for removing and moving a link itself.
 */
export async function confinePath(
  root: string,
  path: string,
  options: { policy?: PathPolicy; follow?: boolean } = {},
): Promise<Result<Confined>> {
  const checked = options.policy ? checkPath(path, options.policy) : checkShape(path);
  if (!checked.ok) return checked;
  const lexical = join(root, path);
  try {
    const target =
      options.follow === false
        ? join(await followLinks(dirname(lexical)), basename(lexical))
        : await followLinks(lexical);
    const within = relative(root, target);
    if (within === "" || within === ".." || within.startsWith(`..${sep}`)) return outside(path);
    const real = options.policy ? checkPath(within, options.policy) : checkShape(within);
    return real.ok ? succeed({ target, relative: within }) : real;
  } catch (error) {
    if (codeOf(error) === "ELOOP" || error instanceof DanglingLink) return outside(path);
    return { ok: false, failure: failureOfError(error, "resolve the path", path) };
  }
}

class DanglingLink extends Error {}

/** `realpath` of the part that exists, with the rest as it is. A link to nothing is refused: writing would follow it. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const itself = await lstat(path).catch(() => null);
  if (itself !== null) throw new DanglingLink(path);
  return join(await followLinks(dirname(path)), basename(path));
}
