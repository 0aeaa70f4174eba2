import { execa } from "execa";
import type { LocalHouse } from "./open-local-house.ts";
import type { Terminal } from "./terminal.ts";

/** Changes of the user's work tree that no commit has, new files included; 0 when git cannot tell. */
async function countUncommitted(directory: string): Promise<number> {
  // Looking must not write: neither the index nor a file-system monitor's own notes.
  const quiet = ["--no-optional-locks", "-c", "core.fsmonitor=false"];
  const question = ["status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=dirty"];
  const answer = await execa("git", [...quiet, ...question], {
    cwd: directory,
    encoding: "latin1",
    reject: false,
  });
  return answer.exitCode === 0 ? answer.stdout.split("\0").filter(Boolean).length : 0;
}

/** Says before a design that it is made from the last commit, when the user has work that is not in it. */
export async function noteUncommitted(terminal: Terminal, local: LocalHouse): Promise<void> {
  const count = await countUncommitted(local.repository);
  if (count === 0) return;
  const changes = count === 1 ? "1 change of yours is" : `${count} changes of yours are`;
  terminal.err(`${changes} not committed. This stays as it is, and the design does not see it.`);
  terminal.err(
    `  The work begins from commit ${local.base.slice(0, 10)}; commit first what belongs to it.`,
  );
}
