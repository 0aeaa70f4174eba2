import type { Ending, JobEnd } from "./ending.ts";
import type { JobContext } from "./job-context.ts";
import { inputVariable, readInputs } from "./read-inputs.ts";
import { openRunner, type Runner } from "./runner-files.ts";

/** Each job loads its own code only: the runner starts this program several times for one step of a feature. */
async function runJob(context: JobContext): Promise<JobEnd> {
  switch (context.inputs.job) {
    case "check":
      return await (await import("./check-documents.ts")).checkDocuments(context);
    case "route":
      return await (await import("./route.ts")).route(context);
    case "checks":
      return await (await import("./checks.ts")).runChecks(context);
    case "phase":
      return await (await import("./phase.ts")).runPhaseJob(context);
    case "publish":
      return await (await import("./publish.ts")).publish(context);
  }
}

const failed = (what: string, remedy: string): Ending => ({
  outcome: "failed",
  what,
  remedy,
  where: null,
  red: true,
  told: false,
  notes: [],
  outputs: {},
});

/** A failure or a bug in words; the stack of a bug goes to the log. */
async function explain(runner: Runner, end: Extract<JobEnd, { ok: false }>): Promise<Ending> {
  const { explainFailure } = await import("../shared/explain-failure.ts");
  const { what, remedy } = explainFailure(end.failure);
  runner.log(`reason: ${end.failure.reason}`);
  return failed(what, remedy);
}

/** Runs a job to its ending. What is thrown is a bug, or a phase's `Stop`: both end the job red, with words. */
async function endOf(context: JobContext): Promise<JobEnd> {
  try {
    return await runJob(context);
  } catch (error) {
    const { Stop } = await import("../shared/stop.ts");
    if (error instanceof Stop) return { ok: false, failure: error.failure };
    const { message, stack } = error as { message?: string; stack?: string };
    const detail = message ?? String(error);
    context.runner.log(stack ?? detail);
    return { ok: false, failure: { reason: "unexpected", detail } };
  }
}

const secretInputs = [
  "github-token",
  "workflow-token",
  "builder-token",
  "reviewer-token",
  "ledger-key",
];
const codes = { success: 0, failed: 1, wrongInput: 2 };

/**
 * The Action: reads its inputs, runs the job they name, and ends in one named outcome. Returns the exit code: 0, 1 for a job
 * that failed, 2 for wrong inputs.
 */
export async function runAction(own: Record<string, string | undefined>): Promise<number> {
  const environment = { ...own };
  const forget = (variable: string): void => {
    delete own[variable];
  };
  const runner = openRunner(environment);
  const inputs = readInputs(environment);
  let end: JobEnd;
  if (!inputs.ok) end = inputs;
  else {
    const { githubToken, builderToken, reviewerToken, ledgerKey } = inputs.value;
    for (const secret of [githubToken, builderToken, reviewerToken, ledgerKey]) {
      if (secret) runner.mask(secret);
    }
    for (const name of secretInputs) forget(inputVariable(name));
    end = await endOf({ inputs: inputs.value, environment, runner, forget });
  }
  const { tellEnding } = await import("./tell-ending.ts");
  const job = inputs.ok ? inputs.value.job : "inputs";
  if (end.ok) {
    tellEnding(runner, job, end.value);
    return end.value.red ? codes.failed : codes.success;
  }
  tellEnding(runner, job, await explain(runner, end));
  return end.failure.reason === "input-invalid" ? codes.wrongInput : codes.failed;
}
