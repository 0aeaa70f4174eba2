import {
  type Call,
  type Handler,
  nothing,
  numberOf,
  ok,
  page,
  parameter,
  type Routes,
} from "../call.ts";
import type { RunRecord } from "../contract.ts";
import { notFound, Refusal } from "../refusal.ts";
import { checkDispatch, findWorkflow, listWorkflows } from "../rules/check-dispatch.ts";
import { apiOf, pageOf } from "../shapes/repository.ts";
import { shapeArtifact, shapeJob, shapeRun, shapeWorkflow } from "../shapes/run.ts";

const repo = "/repos/{owner}/{repo}";
const actions = `${repo}/actions`;

function findRun(call: Call): RunRecord {
  const id = numberOf(call, "run_id");
  const run = call.world.actions.runs.find((one) => one.id === id);
  if (!run) throw notFound();
  return run;
}

function matches(call: Call, run: RunRecord): boolean {
  const { query } = call;
  const wants = (name: string, ...values: (string | null)[]): boolean => {
    const wanted = query.get(name);
    return wanted === null || values.includes(wanted);
  };
  const made = query.get("created");
  const since = made?.startsWith(">=") ? Date.parse(made.slice(2)) : null;
  return (
    wants("event", run.event) &&
    wants("branch", run.headBranch) &&
    wants("head_sha", run.headSha) &&
    wants("actor", run.actor.login) &&
    wants("status", run.status, run.conclusion) &&
    (since === null || Date.parse(run.createdAt) >= since)
  );
}

const listRuns = (call: Call, of: (run: RunRecord) => boolean) => {
  const found = call.world.actions.runs.filter(of).filter((run) => matches(call, run));
  return page(
    call,
    found.reverse().map((run) => shapeRun(call.world, run)),
    "workflow_runs",
  );
};

const cancel: Handler = (call) => {
  const run = findRun(call);
  if (run.status === "completed" || call.world.actions.host?.cancel(run) === false) {
    throw new Refusal(409, "Cannot cancel a workflow run that is completed.");
  }
  if (!call.world.actions.host) {
    run.status = "completed";
    run.conclusion = "cancelled";
    run.updatedAt = call.world.now();
  }
  return { status: 202, body: {} };
};

const rerun =
  (which: "all" | "failed"): Handler =>
  (call) => {
    const run = findRun(call);
    if (run.status !== "completed") {
      throw new Refusal(403, "This workflow is already running");
    }
    call.world.actions.host?.rerun(run, which, call.actor.account);
    return { status: 201, body: {} };
  };

const dispatch: Handler = (call) => {
  const { world, actor } = call;
  const { workflow, inputs, ref, sha } = checkDispatch(call);
  const run: RunRecord = {
    id: world.actions.nextId(),
    attempt: 1,
    workflow: workflow.path,
    name: workflow.name,
    displayTitle: workflow.name,
    event: "workflow_dispatch",
    status: "queued",
    conclusion: null,
    headBranch: ref.replace(/^refs\/(heads|tags)\//, ""),
    headSha: sha,
    actor: actor.account,
    triggeringActor: actor.account,
    createdAt: world.now(),
    updatedAt: world.now(),
    startedAt: world.now(),
    jobs: [],
  };
  world.actions.runs.push(run);
  world.emit("workflow_dispatch", actor, { inputs, ref, workflow: workflow.path, run });
  if (call.body.return_run_details !== true) return nothing();
  return ok({
    workflow_run_id: run.id,
    run_url: `${apiOf(world)}/actions/runs/${run.id}`,
    html_url: `${pageOf(world)}/actions/runs/${run.id}`,
  });
};

const repositoryDispatch: Handler = (call) => {
  const { world, actor } = call;
  const payload = call.body.client_payload ?? {};
  if (JSON.stringify(payload).length >= 65_536) {
    throw new Refusal(422, "client_payload is too large.");
  }
  const branch = world.defaultBranch;
  const action = String(call.body.event_type);
  world.emit("repository_dispatch", actor, { action, branch, client_payload: payload });
  return nothing();
};

function findArtifact(call: Call) {
  const id = numberOf(call, "artifact_id");
  const artifact = call.world.actions.artifacts.find((one) => one.id === id);
  if (!artifact) throw notFound();
  return artifact;
}

const listArtifacts = (call: Call, of: (run: number) => boolean) => {
  const name = call.query.get("name");
  const found = call.world.actions.artifacts
    .filter((artifact) => of(artifact.run))
    .filter((artifact) => name === null || artifact.name === name)
    .reverse();
  return page(
    call,
    found.map((artifact) => shapeArtifact(call.world, artifact)),
    "artifacts",
  );
};

const download: Handler = (call) => {
  const artifact = findArtifact(call);
  if (artifact.expired) throw new Refusal(410, "Artifact has expired");
  const location = `${call.world.url}/_artifacts/${artifact.id}`;
  return { status: 302, headers: { location } };
};

const workflows: Handler = (call) =>
  page(
    call,
    listWorkflows(call.world).map(({ path, name }) => shapeWorkflow(call.world, path, name)),
    "workflows",
  );

function workflowOf(call: Call) {
  const found = findWorkflow(call.world, parameter(call, "workflow_id"));
  if (!found) throw notFound();
  return found;
}

const secret = (call: Call, name: string) => ({
  name,
  created_at: call.world.createdAt,
  updated_at: call.world.createdAt,
});

/** Made for forks: the runs of a bot's pull request are refused. */
const approve: Handler = (call) => {
  findRun(call);
  throw new Refusal(403, "This run is not from a fork pull request");
};

const getSecret: Handler = (call) => {
  const name = parameter(call, "secret_name");
  if (!call.world.actions.secretNames.includes(name)) throw notFound();
  return ok(secret(call, name));
};

const policy: Handler = () =>
  ok({ enabled: true, allowed_actions: "all", sha_pinning_required: false });
const organisationPolicy: Handler = () =>
  ok({ enabled_repositories: "all", allowed_actions: "all", sha_pinning_required: false });

const workflowPolicy: Handler = (call) =>
  ok({
    default_workflow_permissions: "read",
    can_approve_pull_request_reviews: call.world.settings.actionsMayCreatePullRequests,
  });

export const actionsRoutes: Routes = {
  [`GET ${actions}/runs`]: (call) => listRuns(call, () => true),
  [`GET ${actions}/workflows/{workflow_id}/runs`]: (call) => {
    const { path } = workflowOf(call);
    return listRuns(call, (run) => run.workflow === path);
  },
  [`GET ${actions}/runs/{run_id}`]: (call) => ok(shapeRun(call.world, findRun(call))),
  [`POST ${actions}/runs/{run_id}/cancel`]: cancel,
  [`POST ${actions}/runs/{run_id}/force-cancel`]: cancel,
  [`POST ${actions}/runs/{run_id}/approve`]: approve,
  [`GET ${actions}/secrets/{secret_name}`]: getSecret,
  [`POST ${actions}/runs/{run_id}/rerun`]: rerun("all"),
  [`POST ${actions}/runs/{run_id}/rerun-failed-jobs`]: rerun("failed"),
  [`GET ${actions}/runs/{run_id}/jobs`]: (call) => {
    const run = findRun(call);
    return page(
      call,
      run.jobs.map((job) => shapeJob(call.world, run, job)),
      "jobs",
    );
  },
  [`GET ${actions}/runs/{run_id}/artifacts`]: (call) => {
    const { id } = findRun(call);
    return listArtifacts(call, (run) => run === id);
  },
  [`GET ${actions}/artifacts`]: (call) => listArtifacts(call, () => true),
  [`GET ${actions}/artifacts/{artifact_id}`]: (call) =>
    ok(shapeArtifact(call.world, findArtifact(call))),
  [`GET ${actions}/artifacts/{artifact_id}/{archive_format}`]: download,
  [`GET ${actions}/workflows`]: workflows,
  [`GET ${actions}/workflows/{workflow_id}`]: (call) => {
    const { path, name } = workflowOf(call);
    return ok(shapeWorkflow(call.world, path, name));
  },
  [`POST ${actions}/workflows/{workflow_id}/dispatches`]: dispatch,
  [`POST ${repo}/dispatches`]: repositoryDispatch,
  [`GET ${actions}/permissions`]: policy,
  [`GET ${actions}/permissions/workflow`]: workflowPolicy,
  "GET /orgs/{org}/actions/permissions": organisationPolicy,
  "GET /orgs/{org}/actions/permissions/workflow": workflowPolicy,
  [`GET ${actions}/secrets`]: (call) =>
    page(
      call,
      call.world.actions.secretNames.map((name) => secret(call, name)),
      "secrets",
    ),
  [`GET ${actions}/organization-secrets`]: (call) => page(call, [], "secrets"),
  [`GET ${actions}/variables`]: (call) => page(call, [], "variables"),
};
