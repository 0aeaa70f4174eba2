import { Stop } from "../shared/stop.ts";
import type { Tool } from "./port.ts";

/**
 * The same tools, one call at a time and in the order of the calls. Models call several at once, two edits of one file
 * among them, and adapters start them all together. After a `Stop` no call that still waits is begun.
 */
export function takeTurns(tools: readonly Tool[]): Tool[] {
  let last: Promise<unknown> = Promise.resolve();
  let stopped: Stop | null = null;
  return tools.map((tool) => ({
    ...tool,
    run: (input, signal) => {
      const turn = last.then(async () => {
        if (stopped) throw stopped;
        signal.throwIfAborted();
        return await tool.run(input, signal);
      });
      last = turn.catch((error) => {
        if (error instanceof Stop) stopped = error;
      });
      return turn;
    },
  }));
}
