import { createHash } from "node:crypto";
import type { Ground } from "./parse-recording.ts";
import type { Workspace, Worktree } from "./port.ts";

type Run = Worktree["run"];

/**
 * A workspace whose worktrees run commands by `run`, which is told what they stand on: the commit, and a digest of all that was
 * written, removed and moved so far. What a command itself changes is not in it.
 */
export const trackEdits = (
  workspace: Workspace,
  run: (ground: Ground, really: Run) => Run,
): Workspace => ({
  ...workspace,
  open: async (commit, options) => {
    const opened = await workspace.open(commit, options);
    return opened.ok ? { ok: true, value: trackWorktree(opened.value, commit, run) } : opened;
  },
});

function trackWorktree(
  worktree: Worktree,
  start: string,
  run: (ground: Ground, really: Run) => Run,
): Worktree {
  let ground: Ground = { commit: start, edits: "" };
  const note = (...edit: readonly string[]) => {
    const hash = createHash("sha256").update(JSON.stringify([ground.edits, ...edit]));
    ground = { ...ground, edits: hash.digest("hex") };
  };
  return {
    ...worktree,
    run: (...call) => run(ground, worktree.run)(...call),
    write: (path, text) => {
      note("write", path, text);
      return worktree.write(path, text);
    },
    remove: (path) => {
      note("remove", path);
      return worktree.remove(path);
    },
    move: (from, to) => {
      note("move", from, to);
      return worktree.move(from, to);
    },
    commit: async (...given) => {
      const made = await worktree.commit(...given);
      if (made.ok && made.value !== null) ground = { commit: made.value, edits: "" };
      return made;
    },
  };
}
