import type { Workspace } from "../workspace/port.ts";

/**
 * Whether a commit is what an attempt of ours left behind, and not a person's push: every attempt, finished or not,
 * is kept at a ref of its own before its branch moves.
 */
export async function isOwnWork(
  workspace: Workspace,
  work: { issue: number; spec: string; attempts: number },
  head: string,
): Promise<boolean> {
  for (let attempt = work.attempts; attempt >= 1; attempt--) {
    const kept = await workspace.resolve(
      `refs/archwright/work/${work.issue}/${work.spec}-${attempt}`,
    );
    if (kept.ok && kept.value === head) return true;
  }
  return false;
}
