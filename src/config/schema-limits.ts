import { z } from "zod";

const whole = (least: number, most: number, value: number, what: string) =>
  z.int().min(least).max(most).default(value).describe(what);

/** Limits of time and size of a run. */
export const limitsSchema = z.strictObject({
  commandSeconds: whole(1, 86_400, 900, "Seconds that one command of the repository may take"),
  outputBytes: whole(
    1_000,
    10_000_000,
    64_000,
    "Bytes that are kept of a command's output: its beginning and end",
  ),
  turns: whole(1, 500, 40, "Responses of a model within one step of a build"),
  stepRepairs: whole(0, 20, 2, "Times that a step is repaired after a red checkpoint"),
  modelSeconds: whole(
    1,
    86_400,
    1_800,
    "Seconds that one answer of a model, or one loop with tools, may take",
  ),
  leaseMinutes: whole(
    1,
    10_000,
    120,
    "Minutes after which a phase that says nothing counts as ended",
  ),
  contextTokens: whole(
    1_000,
    1_000_000,
    60_000,
    "Tokens of repository text that a prompt may hold",
  ),
  automaticRetries: whole(
    0,
    10,
    1,
    "Failed starts of a phase that are tried again without a person",
  ),
});
