import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { type JobState, say } from "./runner-job-state.ts";

const call = promisify(execFile);

export type CheckoutInputs = Readonly<Record<string, string>>;

type Git = (...parameters: string[]) => Promise<string>;

function gitIn(job: JobState, folder: string): Git {
  const environment = {
    PATH: process.env.PATH ?? "",
    HOME: job.home,
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
  };
  return async (...parameters) => {
    const { stdout } = await call("git", parameters, {
      cwd: folder,
      env: environment,
      maxBuffer: 64_000_000,
    });
    return stdout.trim();
  };
}

const isSha = (ref: string): boolean => /^[0-9a-f]{40}$/.test(ref);

/** This project's own code: what `sparse-checkout` names, linked from the checkout under test. */
function placeOwnCode(job: JobState, folder: string, inputs: CheckoutInputs): void {
  const { host } = job.run;
  if (inputs.ref !== host.archwrightSha) {
    throw new Error(`A branch or tag with the name '${inputs.ref}' could not be found`);
  }
  const parts = (inputs["sparse-checkout"] ?? "").split("\n").map((line) => line.trim());
  const wanted = parts.filter(Boolean).length > 0 ? parts.filter(Boolean) : ["action", "src"];
  for (const part of wanted) {
    cpSync(join(host.options.archwright, part), join(folder, part), { recursive: true });
  }
}

async function fetchRepository(
  job: JobState,
  folder: string,
  inputs: CheckoutInputs,
): Promise<void> {
  const { standIn } = job.run.host.options;
  const git = gitIn(job, folder);
  const repository = inputs.repository || `${standIn.owner}/${standIn.repo}`;
  const token = inputs.token || job.token;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  job.masks.add(basic);
  const header = `http.${standIn.gitUrl}/.extraheader=AUTHORIZATION: basic ${basic}`;
  await git("init", "--quiet", "--initial-branch=archwright-empty");
  await git("remote", "add", "origin", `${standIn.gitUrl}/${repository}.git`);
  const wanted = inputs.ref || job.run.sha;
  const depth = Number(inputs["fetch-depth"] || "1");
  const branch = wanted.replace(/^refs\/heads\//, "");
  const all = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
  const one = isSha(wanted) ? [wanted] : [`+refs/heads/${branch}:refs/remotes/origin/${branch}`];
  const range = depth === 0 ? [] : [`--depth=${depth}`];
  const authorised = ["-c", header, "fetch", "--quiet", "--no-tags", ...range, "origin"];
  await git(...authorised, ...(depth === 0 ? all : one));
  if (isSha(wanted)) await git("checkout", "--quiet", "--detach", wanted);
  else await git("checkout", "--quiet", "-B", branch, `refs/remotes/origin/${branch}`);
  if (inputs["persist-credentials"] !== "false") {
    const [key = "", value = ""] = header.split(/=(.*)/s);
    await git("config", key, value);
  }
  say(job, `HEAD is now at ${await git("rev-parse", "HEAD")}`);
}

/** `actions/checkout`: a clone with the job's token, which stays in its configuration unless asked not to. */
export async function checkout(job: JobState, inputs: CheckoutInputs): Promise<void> {
  const folder = resolve(job.workspace, inputs.path || ".");
  if (folder !== job.workspace && !folder.startsWith(job.workspace + sep)) {
    throw new Error(`Repository path '${folder}' is not under '${job.workspace}'`);
  }
  if (existsSync(folder)) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  }
  mkdirSync(folder, { recursive: true });
  const { standIn } = job.run.host.options;
  const repository = inputs.repository || `${standIn.owner}/${standIn.repo}`;
  const isOwn =
    repository !== `${standIn.owner}/${standIn.repo}` && repository === job.own.repository;
  if (isOwn) placeOwnCode(job, folder, inputs);
  else await fetchRepository(job, folder, inputs);
}
