import { createInterface } from "node:readline/promises";
import { guardOutput } from "./guard-output.ts";
import type { Terminal } from "./terminal.ts";

const asLine = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

/** The process's own terminal. A person can be asked when both input and error output are terminals. */
export function openTerminal(): Terminal {
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  const wanted = !process.env.NO_COLOR && process.env.TERM !== "dumb";
  const colours = Boolean(process.stdout.isTTY) && wanted;
  return {
    // What goes into a pipe or a file is data, such as a formatted document, and stays as it is.
    out: (text) =>
      void process.stdout.write(asLine(process.stdout.isTTY ? guardOutput(text, colours) : text)),
    err: (text) => void process.stderr.write(asLine(guardOutput(text, colours))),
    interactive,
    colours,
    ask: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const closed = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
      const answer = await Promise.race([lines.question(question), closed]);
      lines.close();
      return answer;
    },
  };
}
