import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { downloadArtifact, uploadArtifact } from "./runner-artifacts.ts";
import { checkout } from "./runner-checkout.ts";
import { baseEnvironment, jobContexts } from "./runner-contexts.ts";
import { openStepFiles } from "./runner-files.ts";
import { hear, type JobState, type StepResult, say, statusOf } from "./runner-job-state.ts";
import { type Ended, startProcess } from "./runner-process.ts";
import { readSteps, type StepDefinition } from "./workflow-definition.ts";
import { resolve as evaluateNode, holds, type Scope, toText } from "./workflow-expression.ts";
import { isMap, type Node, type NodeMap, parseActionSource } from "./workflow-source.ts";

const mapOf = (node: Node | undefined): NodeMap => (isMap(node) ? node : {});

/** What surrounds a step: the job's own list, or a composite action with inputs of its own. */
type Surroundings = { steps: Record<string, StepResult>; inputs?: Record<string, string> };

function scopeOf(job: JobState, around: Surroundings, env: Record<string, string> = {}): Scope {
  const base = { ...job.contexts, ...(around.inputs ? { inputs: around.inputs } : {}) };
  const contexts = jobContexts(job, { ...base, steps: around.steps, env: { ...job.env, ...env } });
  const hashFiles = (patterns: string[]): string => {
    const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: job.workspace })).sort();
    const kept = files
      .map((file) => join(job.workspace, file))
      .filter((file) => statSync(file).isFile());
    if (kept.length === 0) return "";
    const hash = createHash("sha256");
    for (const file of kept) hash.update(createHash("sha256").update(readFileSync(file)).digest());
    return hash.digest("hex");
  };
  return { contexts, status: statusOf(job), hashFiles };
}

const texts = (map: NodeMap, scope: Scope): Record<string, string> =>
  Object.fromEntries(
    Object.entries(map).map(([key, node]) => [key, toText(evaluateNode(node, scope))]),
  );

type Work = { outputs: Record<string, string>; failed: boolean };

/** Runs one program for a step, and takes in what it wrote into the runner's files. */
async function spawnStep(
  job: JobState,
  command: string[],
  options: { folder: string; environment: Record<string, string> },
): Promise<Work> {
  job.counter += 1;
  const files = openStepFiles(job.temp, job.counter);
  const environment = {
    ...baseEnvironment(job),
    ...job.env,
    ...options.environment,
    ...files.environment,
  };
  let kill: (machine: boolean) => void = () => {};
  let killed: { machine: boolean } | null = null;
  const notice = {
    job: job.id,
    run: job.run.record.id,
    environment,
    kill: ({ machine = false } = {}) => {
      killed = { machine };
      kill(machine);
    },
  };
  job.run.host.options.onStep?.(notice);
  const [program = "", ...parameters] = command;
  const child = startProcess(program, parameters, {
    folder: options.folder,
    environment,
    line: (text) => hear(job, text),
  });
  job.current = child;
  kill = (machine) => {
    if (machine) job.lost = true;
    child.kill();
  };
  if (killed !== null) kill((killed as { machine: boolean }).machine);
  const ended: Ended = await child.ended;
  job.current = null;
  const { outputs, env, path, summary } = files.read();
  Object.assign(job.env, env);
  job.path.unshift(...path);
  job.summary += summary;
  if (ended.code !== 0) say(job, `##[error]Process completed with exit code ${ended.code}.`);
  return { outputs, failed: ended.code !== 0 };
}

async function runScript(job: JobState, step: StepDefinition, scope: Scope): Promise<Work> {
  const file = join(job.temp, `script-${job.counter}.sh`);
  writeFileSync(file, toText(evaluateNode(step.run, scope)));
  const shell =
    step.shell === "bash" ? ["bash", "--noprofile", "--norc", "-eo", "pipefail"] : ["bash", "-e"];
  const folder = resolve(job.workspace, toText(evaluateNode(step.workingDirectory, scope)) || ".");
  return await spawnStep(job, [...shell, file], { folder, environment: texts(step.env, scope) });
}

function findAction(folder: string): string {
  const file = ["action.yml", "action.yaml"].map((name) => join(folder, name)).find(existsSync);
  if (file) return file;
  throw new Error(
    `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
  );
}

/** An action of the workspace: a program for Node, or a list of steps. */
async function runLocalAction(job: JobState, step: StepDefinition, scope: Scope): Promise<Work> {
  const folder = resolve(job.workspace, step.uses ?? "");
  const file = findAction(folder);
  const { errors, root } = parseActionSource(file, readFileSync(file, "utf8"));
  if (errors.length > 0) throw new Error(errors.join("; "));
  const runs = mapOf(root.runs);
  const inputs: Record<string, string> = {};
  for (const [name, definition] of Object.entries(mapOf(root.inputs))) {
    inputs[name] = toText(evaluateNode(mapOf(definition).default, scope));
  }
  const known = new Set(Object.keys(inputs));
  for (const [name, value] of Object.entries(texts(step.with, scope))) {
    if (!known.has(name)) say(job, `##[warning]Unexpected input(s) '${name}'`);
    inputs[name] = value;
  }
  if (runs.using === "composite") return await runComposite(job, root, inputs);
  if (!/^node\d+$/.test(String(runs.using)) || runs.pre !== undefined || runs.post !== undefined) {
    throw new Error(`runs.using ${String(runs.using)} is not interpreted here`);
  }
  const variables = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    value,
  ]);
  const environment = { ...texts(step.env, scope), ...Object.fromEntries(variables) };
  const main = join(folder, String(runs.main));
  return await spawnStep(job, [process.execPath, main], { folder: job.workspace, environment });
}

async function runComposite(
  job: JobState,
  action: NodeMap,
  inputs: Record<string, string>,
): Promise<Work> {
  const around: Surroundings = { steps: {}, inputs };
  const before = job.failed;
  await runSteps(job, readSteps(mapOf(action.runs).steps), around);
  const failed = job.failed && !before;
  job.failed = before;
  const scope = scopeOf(job, around);
  const outputs = Object.entries(mapOf(action.outputs)).map(([name, definition]) => [
    name,
    toText(evaluateNode(mapOf(definition).value, scope)),
  ]);
  return { outputs: Object.fromEntries(outputs), failed };
}

type BuiltIn = {
  inputs: readonly string[];
  run: (job: JobState, inputs: Record<string, string>) => unknown;
};

/** GitHub's own actions that are interpreted, with the inputs that are. */
const builtIn: Readonly<Record<string, BuiltIn>> = {
  "actions/checkout": {
    inputs: [
      ...["repository", "ref", "path", "token", "fetch-depth", "persist-credentials"],
      "sparse-checkout",
    ],
    run: checkout,
  },
  "actions/upload-artifact": {
    inputs: [
      ...["name", "path", "if-no-files-found", "overwrite", "retention-days"],
      "include-hidden-files",
    ],
    run: uploadArtifact,
  },
  "actions/download-artifact": { inputs: ["name", "artifact-ids", "path"], run: downloadArtifact },
};

async function work(job: JobState, step: StepDefinition, scope: Scope): Promise<Work> {
  if (step.run !== undefined) return await runScript(job, step, scope);
  const uses = step.uses ?? "";
  if (uses.startsWith("./")) return await runLocalAction(job, step, scope);
  const known = builtIn[uses.replace(/@.*$/, "")];
  if (!known) throw new Error(`the action ${uses} is not interpreted here`);
  const inputs = texts(step.with, scope);
  const other = Object.keys(inputs).filter((name) => !known.inputs.includes(name));
  if (other.length > 0) throw new Error(`${uses}: ${other.join(", ")} is not interpreted here`);
  const outputs = (await known.run(job, inputs)) as Record<string, string> | undefined;
  return { outputs: outputs ?? {}, failed: false };
}

/** Stops a step at its limit, as the runner does; the job goes on with what always runs. */
function limit(
  job: JobState,
  step: StepDefinition,
  scope: Scope,
): { stop: () => void; over: () => boolean } {
  const minutes = Number(toText(evaluateNode(step.timeoutMinutes, scope)) || "360");
  let over = false;
  const timer = setTimeout(
    () => {
      over = true;
      say(job, `##[error]The action has timed out after ${minutes} minutes.`);
      job.current?.stop();
    },
    Math.min(minutes * (job.run.host.options.minuteMilliseconds ?? 60_000), 2_000_000_000),
  );
  return { stop: () => clearTimeout(timer), over: () => over };
}

async function runStep(
  job: JobState,
  step: StepDefinition,
  around: Surroundings,
): Promise<StepResult> {
  const named = scopeOf(job, around);
  const env = texts(step.env, named);
  const scope = scopeOf(job, around, env);
  if (!holds(step.if, scope)) return { outputs: {}, outcome: "skipped", conclusion: "skipped" };
  say(job, `##[group]${toText(evaluateNode(step.name, scope))}`);
  const limits = limit(job, step, scope);
  let result: Work;
  try {
    result = await work(job, step, scope);
  } catch (error) {
    say(job, `##[error]${(error as Error).message}`);
    result = { outputs: {}, failed: true };
  }
  limits.stop();
  const failed = result.failed || limits.over();
  const outcome = !failed ? "success" : job.cancelled && !limits.over() ? "cancelled" : "failure";
  const forgiven = failed && toText(evaluateNode(step.continueOnError, scope)) === "true";
  return { outputs: result.outputs, outcome, conclusion: forgiven ? "success" : outcome };
}

/** Runs steps in order; what comes after a failure runs only if it says so. */
export async function runSteps(
  job: JobState,
  steps: readonly StepDefinition[],
  around: Surroundings,
): Promise<void> {
  mkdirSync(job.temp, { recursive: true });
  for (const [place, step] of steps.entries()) {
    if (job.lost) return;
    let result: StepResult;
    try {
      result = await runStep(job, step, around);
    } catch (error) {
      say(job, `##[error]${(error as Error).message}`);
      result = { outputs: {}, outcome: "failure", conclusion: "failure" };
    }
    around.steps[step.id ?? `__step_${place}`] = result;
    if (result.conclusion === "failure") job.failed = true;
  }
}
