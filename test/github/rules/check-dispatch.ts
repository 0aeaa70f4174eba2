import { parse } from "yaml";
import { type Call, parameter } from "../call.ts";
import { readCommit } from "../git/commits.ts";
import { findPath, readTree } from "../git/trees.ts";
import { notFound, Refusal } from "../refusal.ts";
import { workflowId } from "../shapes/run.ts";
import type { World } from "../world.ts";

type Input = { required?: boolean; default?: unknown; type?: string; options?: string[] };
export type Workflow = { path: string; name: string; inputs: Record<string, Input> | null };

/** `on` is a text, a list, or a table; null inputs mean that it cannot be dispatched. */
function readInputs(on: unknown): Record<string, Input> | null {
  const names = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  if (!names.includes("workflow_dispatch")) return null;
  if (Array.isArray(on) || typeof on === "string") return {};
  const trigger = (on as Record<string, { inputs?: Record<string, Input> } | null>)
    .workflow_dispatch;
  return trigger?.inputs ?? {};
}

function readWorkflow(world: World, path: string, id: string): Workflow {
  const text = world.objects.readKind(id, "blob")?.toString("utf8") ?? "";
  const file = parse(text) as { name?: string; on?: unknown } | null;
  return { path, name: file?.name ?? path, inputs: readInputs(file?.on) };
}

function workflowsAt(world: World, sha: string | null): Workflow[] {
  const commit = sha === null ? null : readCommit(world.objects, sha);
  const folder = commit && findPath(world.objects, commit.tree, ".github/workflows");
  if (!folder) return [];
  return (readTree(world.objects, folder.id) ?? [])
    .filter((entry) => /\.ya?ml$/.test(entry.name))
    .map((entry) => readWorkflow(world, `.github/workflows/${entry.name}`, entry.id));
}

/** Workflows that the default branch has. */
export const listWorkflows = (world: World): Workflow[] =>
  workflowsAt(world, world.refs.read(`refs/heads/${world.defaultBranch}`));

const isCalled = (workflow: Workflow, name: string): boolean =>
  workflow.path === `.github/workflows/${name}` || String(workflowId(workflow.path)) === name;

export const findWorkflow = (world: World, name: string): Workflow | null =>
  listWorkflows(world).find((workflow) => isCalled(workflow, name)) ?? null;

function checkInputs(declared: Record<string, Input>, given: Record<string, unknown>): void {
  const unexpected = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (unexpected.length > 0) {
    throw new Refusal(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  for (const [name, input] of Object.entries(declared)) {
    const isMissing = given[name] === undefined || given[name] === "";
    if (input?.required && isMissing && input.default === undefined) {
      throw new Refusal(422, `Required input '${name}' not provided`);
    }
    if (input?.type === "choice" && !isMissing && !input.options?.includes(String(given[name]))) {
      throw new Refusal(
        422,
        `Provided value '${String(given[name])}' for input '${name}' not in the list of allowed values`,
      );
    }
  }
}

export function checkDispatch(call: Call): {
  workflow: Workflow;
  inputs: Record<string, string>;
  ref: string;
  sha: string;
} {
  const { world, body } = call;
  if (!findWorkflow(world, parameter(call, "workflow_id"))) throw notFound();
  const short = String(body.ref).replace(/^refs\/(heads|tags)\//, "");
  const ref = [`refs/heads/${short}`, `refs/tags/${short}`].find((name) => world.refs.read(name));
  const sha = ref ? world.refs.read(ref) : null;
  if (!ref || !sha) throw new Refusal(422, `No ref found for: ${String(body.ref)}`);
  // The file of that ref counts, not that of the default branch.
  const workflow = workflowsAt(world, sha).find((one) =>
    isCalled(one, parameter(call, "workflow_id")),
  );
  if (!workflow?.inputs) {
    throw new Refusal(422, "Workflow does not have 'workflow_dispatch' trigger");
  }
  const given = (body.inputs ?? {}) as Record<string, unknown>;
  if (JSON.stringify(given).length > 65_535) throw new Refusal(422, "inputs are too large.");
  checkInputs(workflow.inputs, given);
  const entries = Object.entries(workflow.inputs).map(([name, input]) => {
    const value = given[name] ?? input?.default ?? (input?.type === "boolean" ? "false" : "");
    return [name, String(value)] as const;
  });
  return { workflow, inputs: Object.fromEntries(entries), ref, sha };
}
