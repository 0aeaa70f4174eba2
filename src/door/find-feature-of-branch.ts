import type { Feature } from "../engine/load-feature.ts";
import { loadFeature } from "../engine/load-feature.ts";
import type { DeliveredPull } from "../forge/github/delivery.ts";
import type { LedgerStore } from "../ledger/port.ts";
import { type Result, succeed } from "../shared/result.ts";

/** The feature and spec that a pull request carries out. */
export type BranchFeature = { feature: Feature; spec: string };

/** Issue in the name of one of our branches: `archwright/<issue>-<slug>-<spec>`. */
const issueOfBranch = (branch: string): number | null => {
  const digits = /^archwright\/(\d{1,9})-/.exec(branch)?.[1];
  return digits === undefined ? null : Number(digits);
};

/**
 * Finds what a pull request belongs to. Its name only says where to look: the ledger must say that this very branch was built,
 * and a head in a fork is never ours, whatever it is called.
 */
export async function findFeatureOfBranch(
  ledger: LedgerStore,
  pull: Pick<DeliveredPull, "branch" | "fork">,
): Promise<Result<BranchFeature | null>> {
  const issue = pull.fork ? null : issueOfBranch(pull.branch);
  if (issue === null || issue < 1) return succeed(null);
  const loaded = await loadFeature(ledger, issue);
  if (!loaded.ok) return loaded;
  const built = Object.values(loaded.value.state.specs).find(
    ({ build }) => build?.branch === pull.branch,
  );
  return succeed(built ? { feature: loaded.value, spec: built.id } : null);
}
