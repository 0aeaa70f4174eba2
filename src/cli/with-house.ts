import { readEnvironment } from "../config/read-environment.ts";
import {
  type HouseOptions,
  type LocalHouse,
  type Overrides,
  openLocalHouse,
} from "./open-local-house.ts";
import { reportFailure } from "./report-failure.ts";
import { showProgress } from "./show-progress.ts";
import type { Terminal } from "./terminal.ts";

/** Turns the first Ctrl-C into an end that keeps the work, and the second one into an end at once. */
function interruptible(terminal: Terminal): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    terminal.err(
      "\nInterrupted: keeping the work. Running the same command again resumes; Ctrl-C again ends at once.",
    );
    controller.abort("interrupted");
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const done = (): void => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  return { signal: controller.signal, done };
}

/** Opens the local house for the time of one command, with live progress and Ctrl-C that keeps the work. */
export async function withHouse(
  terminal: Terminal,
  options: HouseOptions,
  overrides: Overrides,
  needsModels: boolean,
  command: (local: LocalHouse) => Promise<number>,
): Promise<number> {
  const { signal, done } = interruptible(terminal);
  const display = showProgress(terminal);
  const { progress } = display;
  try {
    const environment = readEnvironment();
    const opened = await openLocalHouse(
      { options, overrides, terminal, environment, progress, signal },
      needsModels,
    );
    return opened.ok ? await command(opened.value) : reportFailure(terminal, opened.failure);
  } finally {
    display.close();
    done();
  }
}
