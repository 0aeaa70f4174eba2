import { delimiter, dirname } from "node:path";
import { findRunner } from "./find-runner.ts";

/**
 * The whole environment of a command: where programs lie (the Node that runs now first), a home and a temporary
 * folder of its own, and how to talk. Nothing of the caller's environment, no key, no token.
 */
export const commandEnvironment = (
  path: string,
  folders: { home: string; temporary: string; parent: string },
): Record<string, string> => ({
  PATH: withOwnNode(path, process.execPath),
  HOME: folders.home,
  TMPDIR: folders.temporary,
  LANG: "C.UTF-8",
  CI: "true",
  NO_COLOR: "1",
  // A git that a command calls must not find the user's repository above the worktree.
  GIT_CEILING_DIRECTORIES: folders.parent,
});

/** The Node that runs now comes first, but the one inside a runner: a job's own set-up chose another. */
export const withOwnNode = (path: string, node: string): string => {
  const folder = dirname(node);
  return (findRunner(node) === null ? [folder, path] : [path, folder]).join(delimiter);
};
