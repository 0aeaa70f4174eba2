import { Stop } from "../shared/stop.ts";
import type { State } from "../workflow/state.ts";
import type { Workspace } from "../workspace/port.ts";

const contains = async (workspace: Workspace, head: string, other: string): Promise<boolean> =>
  head === other || (await workspace.commits(head, other)).length === 0;

/**
 * Commit that a spec is built on: the plan's base, or the accepted work it depends on. With several
 * dependencies it is the one that holds all the others; side branches that nobody merged cannot be joined here.
 */
export async function findSpecBase(
  workspace: Workspace,
  state: State,
  specId: string,
): Promise<string> {
  const plan = state.plan;
  if (!plan)
    throw new Stop({
      reason: "document-invalid",
      document: "plan",
      line: 1,
      column: 1,
      detail: "there is no plan",
    });
  const needed = plan.specs.find((spec) => spec.id === specId)?.dependsOn ?? [];
  const heads = needed.flatMap((id) => state.specs[id]?.acceptedHead ?? []);
  if (heads.length === 0) return plan.base;
  for (const head of heads) {
    const all = await Promise.all(heads.map((other) => contains(workspace, head, other)));
    if (all.every(Boolean)) return head;
  }
  throw new Stop({ reason: "dependencies-diverged", spec: specId, needs: needed.join(", ") });
}
