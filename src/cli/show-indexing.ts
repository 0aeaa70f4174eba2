import { toPrintable } from "../shared/printable.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "./terminal.ts";

const PLAIN_MILLISECONDS = 5_000;

/** Tells what reading a repository is at: one line redrawn for a person, one every five seconds in a log. `close` takes the line away. */
export function showIndexing(
  terminal: Terminal,
  now: () => number = Date.now,
): { progress: Progress; close: () => void } {
  let drawn = false;
  let told = 0;
  const erase = (): void => {
    if (drawn) process.stderr.write("\r\u001b[2K");
    drawn = false;
  };
  return {
    progress: (event) => {
      if (event.kind !== "note") return;
      const text = toPrintable(event.text).replaceAll("\n", " ");
      if (terminal.interactive) {
        process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns ?? 100) - 1)}`);
        drawn = true;
      } else if (now() - told >= PLAIN_MILLISECONDS) {
        told = now();
        terminal.err(text);
      }
    },
    close: erase,
  };
}
