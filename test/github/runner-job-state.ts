import type { Process } from "./runner-process.ts";
import type { RunState } from "./runner-state.ts";
import type { StepDefinition } from "./workflow-definition.ts";
import type { Scope, Status } from "./workflow-expression.ts";

export type StepResult = {
  outputs: Record<string, string>;
  outcome: "success" | "failure" | "cancelled" | "skipped";
  conclusion: "success" | "failure" | "cancelled" | "skipped";
};

/** A job under way: its folders, what its steps have said so far, and how to stop it. */
export type JobState = {
  run: RunState;
  /** Name as the page of the run shows it, e.g. `archwright / route`. */
  name: string;
  id: string;
  token: string;
  workspace: string;
  temp: string;
  home: string;
  contexts: Record<string, unknown>;
  /** Repository and commit of the workflow file that the job stands in. */
  own: { repository: string; sha: string };
  env: Record<string, string>;
  path: string[];
  masks: Set<string>;
  log: string[];
  summary: string;
  failed: boolean;
  cancelled: boolean;
  /** The machine is gone: nothing of the job runs any more. */
  lost: boolean;
  current: Process | null;
  counter: number;
};

export const statusOf = (job: JobState): Status => ({
  success: !job.failed && !job.cancelled,
  failure: job.failed && !job.cancelled,
  cancelled: job.cancelled,
});

/** Writes into the log, with every secret hidden as the runner hides it. */
export function say(job: JobState, text: string): void {
  let hidden = text;
  for (const mask of job.masks) hidden = hidden.replaceAll(mask, "***");
  job.log.push(hidden);
}

const decodeLine = (text: string): string =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

/** A line of a step: a command to the runner, or something for the log. */
export function hear(job: JobState, line: string): void {
  const mask = /^::add-mask::(.+)$/.exec(line);
  if (mask) {
    for (const part of decodeLine(mask[1] ?? "").split(/\r?\n/)) {
      if (part.trim() !== "") job.masks.add(part);
    }
    job.log.push("::add-mask::***");
    return;
  }
  say(job, line);
}

/** What a step is: its definition, and where its expressions look. */
export type StepPlace = { step: StepDefinition; scope: Scope };
