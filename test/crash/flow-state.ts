/** The jobs of a run in the order of `.github/workflows/archwright.yml`. */
export const jobNames = ["route", "checks", "phase", "publish"] as const;
export type JobName = (typeof jobNames)[number];

export type JobEnd = { result: "success" | "failure" | "skipped"; work: string };

/** A run of the workflow: its event, and how its jobs of this attempt ended so far. */
export type FlowRun = {
  id: number;
  attempt: number;
  event: string;
  payload: Record<string, unknown>;
  /** Input of a dispatch; empty for every other event. */
  work: string;
  triggeringActor: string;
  ends: Partial<Record<JobName, JobEnd>>;
};

/** Where a feature stands: plain data, so that a moment can be kept and come back to. */
export type Flow = {
  runs: FlowRun[];
  /** Runs with jobs left, in their order. */
  queue: number[];
  /** Acts of people that are done. */
  acts: number;
};

const none: JobEnd = { result: "skipped", work: "" };

/** Which lease the run works for: routed, or dispatched. The workflow says it in each job's `work`. */
export const workOf = ({ work, ends }: FlowRun): string =>
  ends.route?.result === "skipped" ? work : (ends.route?.work ?? "");

function isWanted(run: FlowRun, job: JobName): boolean {
  const { route = none, checks = none } = run.ends;
  const work = workOf(run);
  const live = work !== "" && route.result !== "failure";
  switch (job) {
    case "route":
      return run.event !== "workflow_dispatch" || run.work === "" || run.attempt > 1;
    case "checks":
      return live && work.includes('"phase":"review"');
    case "phase":
      return live && checks.result !== "failure";
    case "publish":
      return work !== "";
  }
}

/**
 * The next job of a run, by the conditions of the workflow (test/action holds them against GitHub's own parser); jobs before it that are
 * not wanted are skipped. null when the run is over.
 */
export function findNextJob(run: FlowRun): JobName | null {
  for (const job of jobNames) {
    if (run.ends[job]) continue;
    if (isWanted(run, job)) return job;
    run.ends[job] = { ...none };
  }
  return null;
}

/** Another attempt by "Re-run failed jobs": what failed, and everything that needs it. */
export function startAttempt(run: FlowRun, by: string): void {
  const first = jobNames.findIndex((job) => run.ends[job]?.result === "failure");
  const kept = jobNames.slice(0, Math.max(first, 0));
  run.attempt += 1;
  run.triggeringActor = by;
  run.ends = Object.fromEntries(kept.map((job) => [job, run.ends[job]]));
}
