import { nameRun, type Recording, recordingLimits } from "./parse-recording.ts";
import type { Workspace } from "./port.ts";
import { trackEdits } from "./track-edits.ts";

/**
 * A workspace that runs commands as `workspace` does and remembers how each ended; `recording` tells what was remembered so far. Of
 * two runs of one command on the same ground the first counts. A cancelled one says nothing and is not remembered.
 */
export function recordRuns(workspace: Workspace): {
  workspace: Workspace;
  recording: () => Recording;
} {
  const runs: Recording["runs"] = {};
  const recorded = trackEdits(workspace, (ground, really) => async (...call) => {
    const outcome = await really(...call);
    const { ended, exitCode, seconds, output, outputBytes } = outcome;
    const key = nameRun(ground, outcome.name, outcome.command);
    if (ended === "cancelled" || runs[key]) return outcome;
    const kept = output.slice(0, recordingLimits.output);
    runs[key] = { ended, exitCode, seconds, output: kept, outputBytes };
    return outcome;
  });
  return { workspace: recorded, recording: () => ({ v: 1, runs: { ...runs } }) };
}
