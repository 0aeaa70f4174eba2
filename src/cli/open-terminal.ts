import { createInterface } from "node:readline/promises";
import type { Terminal } from "./terminal.ts";

/** The process's own terminal. A person can be asked when both input and error output are terminals. */
export function openTerminal(): Terminal {
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  const wanted = !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return {
    out: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    err: (text) => void process.stderr.write(text.endsWith("\n") ? text : `${text}\n`),
    interactive,
    colours: Boolean(process.stdout.isTTY) && wanted,
    ask: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const closed = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
      const answer = await Promise.race([lines.question(question), closed]);
      lines.close();
      return answer;
    },
  };
}
