import type { MeteredModel } from "../model/port.ts";
import type { Progress } from "../shared/progress.ts";
import type { PhaseOutcome } from "../workflow/phase.ts";

/** What every phase gets besides its facts. It has no ledger and no forge. */
export type PhaseTools = {
  model: MeteredModel;
  progress: Progress;
  signal: AbortSignal;
};

/** What a phase gives back: the outcome and the documents by their ledger names. Usage is metered by the model it was given. */
export type PhaseResult = {
  outcome: PhaseOutcome;
  documents: Record<string, string>;
};
