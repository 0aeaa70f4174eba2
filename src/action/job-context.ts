import type { Environment, Inputs } from "./read-inputs.ts";
import type { Runner } from "./runner-files.ts";

/** What a job of the workflow is given. */
export type JobContext = {
  inputs: Inputs;
  environment: Environment;
  runner: Runner;
  /** Takes a variable out of the environment of this process, so that nothing which it starts has it. */
  forget: (variable: string) => void;
};
