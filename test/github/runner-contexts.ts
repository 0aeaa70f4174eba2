import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JobState } from "./runner-job-state.ts";
import type { RunState } from "./runner-state.ts";

/** The `github` context as far as it is known before a job runs. */
export function githubContext(run: RunState): Record<string, unknown> {
  const { standIn } = run.host.options;
  const repository = `${standIn.owner}/${standIn.repo}`;
  const event = run.payload as { repository?: { id?: number } };
  return {
    event_name: run.event,
    event: run.payload,
    repository,
    repository_owner: standIn.owner,
    repository_id: String(event.repository?.id ?? ""),
    repositoryUrl: `${standIn.gitUrl}/${repository}.git`,
    run_id: String(run.record.id),
    run_number: String(run.number),
    run_attempt: String(run.record.attempt),
    actor: run.actor.login,
    actor_id: String(run.actor.id),
    triggering_actor: run.record.triggeringActor.login,
    sha: run.sha,
    ref: run.ref,
    ref_name: run.ref.replace(/^refs\/(heads|tags|pull)\//, ""),
    ref_type: "branch",
    ref_protected: false,
    workflow: run.record.name,
    workflow_ref: `${repository}/${run.workflowPath}@${run.ref}`,
    workflow_sha: run.sha,
    server_url: standIn.gitUrl,
    api_url: standIn.url,
    graphql_url: `${standIn.url}/graphql`,
    head_ref: "",
    base_ref: "",
    secret_source: "Actions",
    retention_days: "90",
  };
}

/** What a job knows beyond that. */
export function jobContexts(job: JobState, base: Record<string, unknown>): Record<string, unknown> {
  const { run } = job;
  return {
    ...base,
    github: {
      ...(base.github as object),
      token: job.token,
      job: job.id,
      workspace: job.workspace,
      event_path: join(job.temp, "event.json"),
      action: "__run",
    },
    job: {
      status: job.cancelled ? "cancelled" : job.failed ? "failure" : "success",
      workflow_repository: job.own.repository,
      workflow_sha: job.own.sha,
    },
    runner: {
      name: `runner of ${run.record.id}`,
      os: "Linux",
      arch: "X64",
      temp: job.temp,
      tool_cache: join(job.temp, "tools"),
      environment: "github-hosted",
      debug: "",
    },
  };
}

/** Variables of every process of a job, as the runner sets them. No token is among them. */
export function baseEnvironment(job: JobState): Record<string, string> {
  writeFileSync(join(job.temp, "event.json"), JSON.stringify(job.run.payload, null, 2));
  const github = jobContexts(job, job.contexts).github as Record<string, unknown>;
  const told = Object.entries(github).filter(
    ([name, value]) =>
      typeof value !== "object" && !["token", "event", "repositoryUrl", "action"].includes(name),
  );
  const variables = told.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]);
  return {
    ...Object.fromEntries(variables),
    CI: "true",
    GITHUB_ACTIONS: "true",
    RUNNER_OS: "Linux",
    RUNNER_ARCH: "X64",
    RUNNER_NAME: `runner of ${job.run.record.id}`,
    RUNNER_TEMP: job.temp,
    RUNNER_TOOL_CACHE: join(job.temp, "tools"),
    RUNNER_ENVIRONMENT: "github-hosted",
    HOME: job.home,
    PATH: [...job.path, dirname(process.execPath), process.env.PATH ?? "/usr/bin:/bin"].join(":"),
  };
}
