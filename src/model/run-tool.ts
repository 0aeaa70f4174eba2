import { isNativeError } from "node:util/types";
import { Stop } from "../shared/stop.ts";
import type { Tool } from "./port.ts";

export type ToolRun = { text: string; failed: boolean };

/**
 * Runs the tool that a model called and answers with what the model is to read. An unknown name, arguments that
 * are no JSON and whatever the tool throws become answers the model can correct itself by. A `Stop` and an
 * aborted signal end the run: they are rethrown.
 */
export async function runTool(
  tools: readonly Tool[],
  name: string,
  readInput: () => unknown,
  signal: AbortSignal,
): Promise<ToolRun> {
  signal.throwIfAborted();
  const tool = tools.find((each) => each.name === name);
  if (!tool)
    return failed(
      `no tool is named ${name}; there are ${tools.map((each) => each.name).join(", ")}`,
    );
  let input: unknown;
  try {
    input = readInput();
  } catch {
    return failed("the arguments are not valid JSON; call the tool again with a JSON object");
  }
  try {
    return { text: await tool.run(input, signal), failed: false };
  } catch (error) {
    if (error instanceof Stop) throw error;
    signal.throwIfAborted();
    return failed(isNativeError(error) ? error.message : String(error));
  }
}

const failed = (text: string): ToolRun => ({ text: `Error: ${text}`, failed: true });

/** Arguments as compatible servers send them: a JSON text, an object already, or nothing at all. */
export function parseArguments(text: unknown): unknown {
  if (typeof text !== "string") return text ?? {};
  return text.trim() === "" ? {} : JSON.parse(text);
}
