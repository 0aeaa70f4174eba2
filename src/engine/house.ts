import type { Config } from "../config/schema.ts";
import type { Forge } from "../forge/port.ts";
import type { LedgerStore } from "../ledger/port.ts";
import type { Models } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import type { Progress } from "../shared/progress.ts";
import type { Policy } from "../workflow/policy.ts";
import type { Workspace } from "../workspace/port.ts";

/** Everything the engine needs of the outside, handed in by a door. It reads no environment and has no clock of its own. */
export type House = {
  ledger: LedgerStore;
  forge: Forge;
  workspace: Workspace;
  models: Models;
  price: Price;
  config: Config;
  policy: Policy;
  now: () => Date;
  /** Run that holds the leases taken here. */
  runId: string;
  progress: Progress;
  signal: AbortSignal;
  /** Where the stack of an unexpected error goes; failures themselves are in the ledger. */
  log: (entry: { at: string; message: string; stack: string }) => void;
};
