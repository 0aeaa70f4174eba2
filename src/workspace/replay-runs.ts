import { nameRun, type Recording } from "./parse-recording.ts";
import type { Workspace } from "./port.ts";
import { trackEdits } from "./track-edits.ts";

/**
 * A workspace that never runs a command: each is answered by how it ended in the recording, on the same commit with the same edits. One
 * that is not there was not started, and its output says so.
 */
export const replayRuns = (workspace: Workspace, recording: Recording): Workspace =>
  trackEdits(workspace, (ground) => async (name, command, limits) => {
    const key = nameRun(ground, name, command);
    const run = Object.hasOwn(recording.runs, key) ? recording.runs[key] : undefined;
    if (run) return { name, command, ...run, output: run.output.slice(0, limits.outputBytes) };
    const output =
      "No outcome of this command was handed over by the job that runs commands, so it counts as not run.";
    return {
      ...{ name, command, ended: "not-started", exitCode: null },
      ...{ seconds: 0, output, outputBytes: 0 },
    };
  });
