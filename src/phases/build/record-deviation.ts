import { z } from "zod";
import type { Tool } from "../../model/port.ts";
import { redact } from "../../shared/redact.ts";
import { type BuildRun, currentContext } from "./build-run.ts";

const inputSchema = z.object({
  what: z.string().min(1),
  why: z.string().min(1),
  paths: z.array(z.string()),
});

const oneLine = (text: string): string => redact(text).replace(/\s+/g, " ").trim().slice(0, 500);

/** The tool by which the builder says that it left the plan. What is recorded is shown to the reviewer and to people. */
export const recordDeviation = (run: BuildRun): Tool => ({
  name: "record_deviation",
  description:
    "Record that the work departs from the spec: a file that the spec does not name, an edit that does not apply, a decision that had to be different. Call it before finishing; every path that the spec does not list must be named in one.",
  input: {
    type: "object",
    properties: {
      what: { type: "string", description: "what is different, one line" },
      why: { type: "string", description: "why it had to be, one line" },
      paths: { type: "array", items: { type: "string" }, description: "files it concerns" },
    },
    required: ["what", "why", "paths"],
    additionalProperties: false,
  },
  run: async (input) => {
    const parsed = inputSchema.safeParse(input);
    if (!parsed.success) throw new Error("what, why (not empty) and paths (a list) are needed");
    addDeviation(run, parsed.data);
    return "recorded";
  },
});

/** Records a deviation of the step under way; the same one twice is one. */
export function addDeviation(
  run: BuildRun,
  { what, why, paths }: { what: string; why: string; paths: readonly string[] },
): void {
  const deviation = {
    spec: run.facts.spec.id,
    step: run.step ?? "start",
    what: oneLine(what),
    why: oneLine(why),
    paths: paths.map((path) => path.replace(/\s+/g, " ").trim().replace(/^\.\//, "")),
  };
  const known = currentContext(run).deviations.map((each) => JSON.stringify(each));
  if (known.includes(JSON.stringify(deviation))) return;
  run.deviations.push(deviation);
  run.tools.progress({ kind: "note", text: `deviation in ${deviation.step}: ${deviation.what}` });
}
