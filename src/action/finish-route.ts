import { dispatchLeases } from "../door/dispatch-leases.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import type { Feature } from "../engine/load-feature.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Ending } from "./ending.ts";

/** A lease as the next job, or the next run, is told of it. */
const writeWork = ({ issue, head }: Feature, { phase, nonce }: Lease): string =>
  JSON.stringify({ issue, phase, nonce, head });

/** What the job route has found out: what it says, the lease that this run carries out, and those for other runs. */
export type Routed = {
  ending: Ending;
  feature: Feature | null;
  here: Lease | null;
  elsewhere: readonly Lease[];
};

/** Starts the other runs, and tells the next job what this one carries out. */
export async function finishRoute(door: GitHubDoor, routed: Routed): Promise<Ending> {
  const { ending, here, elsewhere } = routed;
  if (routed.feature === null) return ending;
  const { feature, leases, failures } = await dispatchLeases(door, routed.feature, elsewhere);
  const said = failures.map(explainFailure).map(({ what, remedy }) => `${what} ${remedy}`);
  const outcome = here ? "started" : leases.length > 0 ? "dispatched" : ending.outcome;
  const outputs = here ? { work: writeWork(feature, here) } : {};
  const red = ending.red || failures.length > 0;
  return { ...ending, outcome, notes: [...ending.notes, ...said], outputs, red };
}
