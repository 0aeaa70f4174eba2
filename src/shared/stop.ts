import type { Failure } from "./failure.ts";

/**
 * Ends a phase from within, carrying the failure as data. The only exception that crosses rooms: a model
 * fault or an exhausted allowance deep in a tool loop need not be passed up by hand through every step.
 * It is caught in one place, where a phase is run.
 */
export class Stop extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.reason);
    this.name = "Stop";
    this.failure = failure;
  }
}
