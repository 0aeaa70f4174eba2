import type { Rights } from "./contract.ts";
import { isMap, type Node, type NodeMap, type Source } from "./workflow-source.ts";

/** A right of every token that no `permissions` needs to name. */
export type Permissions = Rights;

export type StepDefinition = {
  id: string | null;
  name: Node;
  if: Node | undefined;
  uses: string | null;
  run: Node | undefined;
  shell: string | null;
  workingDirectory: Node | undefined;
  with: NodeMap;
  env: NodeMap;
  continueOnError: Node | undefined;
  timeoutMinutes: Node | undefined;
};

export type JobDefinition = {
  id: string;
  name: Node | undefined;
  needs: string[];
  if: Node | undefined;
  runsOn: Node | undefined;
  /** Null where the job says nothing. */
  permissions: Permissions | null;
  concurrency: Node | undefined;
  timeoutMinutes: Node | undefined;
  env: NodeMap;
  outputs: NodeMap;
  steps: StepDefinition[];
  /** What it says that is not interpreted here: such a job must not run as if it had not said it. */
  notInterpreted: string[];
  /** A workflow that the job calls, with what it is given. */
  calls: { reference: string; with: NodeMap; secrets: NodeMap | "inherit" } | null;
};

export type InputDefinition = { type: string; required: boolean; default: Node | undefined };

export type WorkflowDefinition = {
  path: string;
  name: string;
  runName: Node | undefined;
  /** Events by name, with what narrows them. */
  on: Readonly<Record<string, NodeMap>>;
  permissions: Permissions | null;
  env: NodeMap;
  concurrency: Node | undefined;
  jobs: ReadonlyMap<string, JobDefinition>;
};

const scopes = [
  "actions",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "id-token",
  "issues",
  "models",
  "packages",
  "pages",
  "pull-requests",
  "security-events",
  "statuses",
];

const notInterpreted = [
  "strategy",
  "container",
  "services",
  "environment",
  "defaults",
  "continue-on-error",
  "snapshot",
];

const mapOf = (node: Node | undefined): NodeMap => (isMap(node) ? node : {});
const textOf = (node: Node | undefined): string | null => (typeof node === "string" ? node : null);

function readPermissions(node: Node | undefined): Permissions | null {
  if (node === undefined) return null;
  if (node === "read-all" || node === "write-all") {
    const access = node === "read-all" ? "read" : "write";
    return Object.fromEntries(scopes.map((scope) => [scope, access]));
  }
  const named = Object.entries(mapOf(node)).filter(([, access]) => access !== "none");
  return Object.fromEntries(named) as Permissions;
}

function readStep(node: Node): StepDefinition {
  const step = mapOf(node);
  return {
    id: textOf(step.id),
    name: step.name ?? step.uses ?? step.run ?? null,
    if: step.if,
    uses: textOf(step.uses),
    run: step.run,
    shell: textOf(step.shell),
    workingDirectory: step["working-directory"],
    with: mapOf(step.with),
    env: mapOf(step.env),
    continueOnError: step["continue-on-error"],
    timeoutMinutes: step["timeout-minutes"],
  };
}

/** Steps of a job or of a composite action. */
export const readSteps = (node: Node | undefined): StepDefinition[] =>
  (Array.isArray(node) ? node : []).map(readStep);

function readJob(id: string, node: Node): JobDefinition {
  const job = mapOf(node);
  const reference = textOf(job.uses);
  const secrets = job.secrets === "inherit" ? "inherit" : mapOf(job.secrets);
  const needs = Array.isArray(job.needs) ? job.needs : job.needs === undefined ? [] : [job.needs];
  return {
    id,
    name: job.name,
    needs: needs.map(String),
    if: job.if,
    runsOn: job["runs-on"],
    permissions: readPermissions(job.permissions),
    concurrency: job.concurrency,
    timeoutMinutes: job["timeout-minutes"],
    env: mapOf(job.env),
    outputs: mapOf(job.outputs),
    steps: readSteps(job.steps),
    notInterpreted: notInterpreted.filter((key) => job[key] !== undefined),
    calls: reference === null ? null : { reference, with: mapOf(job.with), secrets },
  };
}

function readEvents(node: Node | undefined): Record<string, NodeMap> {
  if (typeof node === "string") return { [node]: {} };
  if (Array.isArray(node)) return Object.fromEntries(node.map((name) => [String(name), {}]));
  const events = Object.entries(mapOf(node));
  return Object.fromEntries(
    events.map(([name, value]) => [name, Array.isArray(value) ? { crons: value } : mapOf(value)]),
  );
}

/** What a parsed workflow file says, in the shape that a runner needs. */
export function readWorkflow(path: string, { root }: Source): WorkflowDefinition {
  const jobs = Object.entries(mapOf(root.jobs));
  return {
    path,
    name: textOf(root.name) ?? path,
    runName: root["run-name"],
    on: readEvents(root.on),
    permissions: readPermissions(root.permissions),
    env: mapOf(root.env),
    concurrency: root.concurrency,
    jobs: new Map(jobs.map(([id, node]) => [id, readJob(id, node)])),
  };
}

/** Inputs that a dispatch or a call takes. */
export function readInputs(
  workflow: WorkflowDefinition,
  event: "workflow_dispatch" | "workflow_call",
): Record<string, InputDefinition> {
  const inputs = Object.entries(mapOf(workflow.on[event]?.inputs));
  return Object.fromEntries(
    inputs.map(([name, node]) => {
      const input = mapOf(node);
      const { type, required } = input;
      return [
        name,
        { type: textOf(type) ?? "string", required: required === true, default: input.default },
      ];
    }),
  );
}

/** Whether an event with this action starts the workflow. Without `types`, those count that GitHub takes for usual. */
export function isStartedBy(workflow: WorkflowDefinition, event: string, action: unknown): boolean {
  const filter = workflow.on[event];
  if (!filter) return false;
  const { types } = filter;
  const wanted = Array.isArray(types) ? types : typeof types === "string" ? [types] : null;
  if (wanted) return wanted.includes(String(action));
  const usual = ["opened", "synchronize", "reopened"];
  return event.startsWith("pull_request") && event !== "pull_request_review"
    ? usual.includes(String(action))
    : true;
}
