import type { ArtifactRecord, RunRecord } from "../contract.ts";
import { readCommit } from "../git/commits.ts";
import type { World } from "../world.ts";
import { nodeId, shapeAccount } from "./account.ts";
import { apiOf, pageOf, shapeMinimalRepository } from "./repository.ts";

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);

/** GitHub numbers workflows; ours have a number by their path. */
export const workflowId = (path: string): number => 100_000 + hash(path);

function shapeHeadCommit(world: World, sha: string): Record<string, unknown> | null {
  const commit = readCommit(world.objects, sha);
  if (!commit) return null;
  const person = ({ name, email }: { name: string; email: string }) => ({ name, email });
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: person(commit.author),
    committer: person(commit.committer),
  };
}

export function shapeRun(world: World, run: RunRecord): Record<string, unknown> {
  const url = `${apiOf(world)}/actions/runs/${run.id}`;
  const html = `${pageOf(world)}/actions/runs/${run.id}`;
  const suite = run.id + 1;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("WFR", run.id),
    check_suite_id: suite,
    check_suite_node_id: nodeId("CS", suite),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow,
    run_number: world.actions.runs.indexOf(run) + 1,
    run_attempt: run.attempt,
    referenced_workflows: [],
    event: run.event,
    display_title: run.displayTitle,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId(run.workflow),
    url,
    html_url: html,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: shapeAccount(world, run.actor),
    triggering_actor: shapeAccount(world, run.triggeringActor),
    run_started_at: run.startedAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${apiOf(world)}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${apiOf(world)}/actions/workflows/${workflowId(run.workflow)}`,
    head_commit: shapeHeadCommit(world, run.headSha),
    repository: shapeMinimalRepository(world),
    head_repository: shapeMinimalRepository(world),
    head_repository_id: world.repositoryId,
  };
}

export function shapeWorkflow(world: World, path: string, name: string): Record<string, unknown> {
  const id = workflowId(path);
  return {
    id,
    node_id: nodeId("W", id),
    name,
    path,
    state: "active",
    created_at: world.createdAt,
    updated_at: world.createdAt,
    url: `${apiOf(world)}/actions/workflows/${id}`,
    html_url: `${pageOf(world)}/blob/${world.defaultBranch}/${path}`,
    badge_url: `${pageOf(world)}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

export function shapeArtifact(world: World, artifact: ArtifactRecord): Record<string, unknown> {
  const url = `${apiOf(world)}/actions/artifacts/${artifact.id}`;
  const run = world.actions.runs.find((one) => one.id === artifact.run);
  const expires = new Date(Date.parse(artifact.createdAt) + 90 * 86_400_000).toISOString();
  return {
    id: artifact.id,
    node_id: nodeId("MDA", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: null,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: expires.replace(/\.\d+Z$/, "Z"),
    workflow_run: run
      ? {
          id: run.id,
          repository_id: world.repositoryId,
          head_repository_id: world.repositoryId,
          head_branch: run.headBranch,
          head_sha: run.headSha,
        }
      : null,
  };
}

export function shapeJob(
  world: World,
  run: RunRecord,
  job: RunRecord["jobs"][number],
): Record<string, unknown> {
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${apiOf(world)}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId("CR", job.id),
    head_sha: run.headSha,
    url: `${apiOf(world)}/actions/jobs/${job.id}`,
    html_url: `${pageOf(world)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: run.createdAt,
    started_at: run.startedAt,
    completed_at: job.status === "completed" ? run.updatedAt : null,
    name: job.name,
    steps: [],
    check_run_url: `${apiOf(world)}/check-runs/${job.id}`,
    labels: ["ubuntu-latest"],
    runner_id: 1,
    runner_name: "stand-in",
    runner_group_id: 1,
    runner_group_name: "GitHub Actions",
    workflow_name: run.name,
    head_branch: run.headBranch,
  };
}
