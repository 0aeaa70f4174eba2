import { createHash } from "node:crypto";
import { z } from "zod";
import { fail, type Result, succeed } from "../shared/result.ts";

/** File in which a job that ran commands tells the next one how they ended. */
export const recordingFile = "recorded-runs.json";

/** Most characters of a recording, outcomes in it, and characters of one output. */
export const recordingLimits = { characters: 50_000_000, runs: 1_000, output: 2_000_000 };

const runSchema = z.strictObject({
  ended: z.enum(["exited", "timed-out", "not-started"]),
  exitCode: z.int().min(0).max(65_535).nullable(),
  seconds: z.number().min(0).max(1_000_000),
  output: z.string().max(recordingLimits.output),
  outputBytes: z.int().min(0),
});

const recordingSchema = z.strictObject({
  v: z.literal(1),
  runs: z
    .record(z.string().regex(/^[0-9a-f]{64}$/), runSchema)
    .refine((all) => Object.keys(all).length <= recordingLimits.runs, {
      error: `at most ${recordingLimits.runs} outcomes`,
    }),
});

/** How commands ended, by what they were and what they ran on. */
export type Recording = z.infer<typeof recordingSchema>;

/** What a command ran on: a commit, and what was written and removed over it. */
export type Ground = { commit: string; edits: string };

/** Name of one run in a recording. */
export const nameRun = (ground: Ground, name: string, command: string): string =>
  createHash("sha256")
    .update(JSON.stringify([ground.commit, ground.edits, name, command]))
    .digest("hex");

/** Reads a recording that comes from another job and is believed in nothing but its form. Failure: `hand-over-refused`. */
export function parseRecording(text: string): Result<Recording> {
  const refuse = (detail: string) =>
    fail({ reason: "hand-over-refused" as const, detail, path: recordingFile });
  if (text.length > recordingLimits.characters) return refuse("it is larger than 50 MB");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("it is not JSON");
  }
  const parsed = recordingSchema.safeParse(value);
  if (parsed.success) return succeed(parsed.data);
  const [first] = parsed.error.issues;
  return refuse(`${first?.path.join(".").slice(0, 100) ?? ""}: ${first?.message ?? "invalid"}`);
}
