import { execa } from "execa";
import { chooseModels } from "../config/default-models.ts";
import { pickWorkspaceEnvironment, readEnvironment } from "../config/read-environment.ts";
import type { Config } from "../config/schema.ts";
import type { Patient } from "../door/doctor/finding.ts";
import { renderFindings } from "../door/doctor/render-findings.ts";
import { isHealthy, runDoctor } from "../door/doctor/run-doctor.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import { openGitHubApi } from "../forge/github/open-api.ts";
import { loadModels } from "../model/load-models.ts";
import { createPrice } from "../model/price-usage.ts";
import { detectIsolation } from "../workspace/git/detect-isolation.ts";
import { openWorkspace } from "../workspace/git/open-workspace.ts";
import { addressOfApi } from "./init/address-of-api.ts";
import { findRemote, type Remote } from "./init/find-remote.ts";
import { loadConfigText } from "./init/load-config-text.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type DoctorOptions = { repo: string; offline: boolean; json: boolean };
type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables that hold the keys of the models that are configured, as far as they are set. */
function listKeys(config: Config, environment: Environment): string[] {
  const own = Object.values(config.providers).flatMap(({ keyVariable }) => keyVariable ?? []);
  const usual = ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "VLLM_API_KEY"];
  return [...new Set([...usual, ...own])].filter((name) => environment[name]?.trim());
}

/** Models where the environment has what they need; null where it has not, which the doctor says. */
async function openModels(config: Config, environment: Environment): Promise<Patient["models"]> {
  const assignments = chooseModels(config.models, environment, config.validation.tiers);
  if (!assignments.ok) return null;
  const { providers } = config;
  const models = await loadModels({ assignments: assignments.value, providers, environment });
  if (!models.ok) return null;
  const price = await createPrice(config.prices);
  return { open: models.value, roles: ["architect", "validator", "builder", "reviewer"], price };
}

/** The committed files of the checkout, without touching it. */
async function openSnapshot(root: string, environment: Environment): Promise<Patient["snapshot"]> {
  const common = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
  const { stdout: gitDir } = await execa("git", common, { cwd: root });
  const opened = await openWorkspace({
    repository: root,
    storage: `${gitDir}/archwright`,
    isolation: "none",
    protectedPaths: [],
    environment: pickWorkspaceEnvironment(environment),
  });
  if (!opened.ok) return null;
  const head = await opened.value.resolve("HEAD");
  return head.ok ? opened.value.snapshot(head.value) : null;
}

const openApi = (remote: Remote, environment: Environment, token: string): GitHubApi =>
  openGitHubApi({
    baseUrl: addressOfApi(remote.host, environment.GITHUB_API_URL),
    auth: { token },
    repository: { owner: remote.owner, name: remote.name },
    patienceMilliseconds: 20_000,
  });

async function describePatient(
  root: string,
  remote: Remote,
  config: Config,
  options: DoctorOptions,
): Promise<Patient> {
  const environment = readEnvironment();
  const token = environment.GH_TOKEN || environment.GITHUB_TOKEN || "";
  const api = openApi(remote, environment, token);
  const other = (name: string): GitHubApi | null => {
    const value = environment[name];
    return value ? openApi(remote, environment, value) : null;
  };
  const repository = await api.request("GET /repos/{owner}/{repo}", {});
  return {
    api,
    builder: other("ARCHWRIGHT_BUILDER_TOKEN"),
    reviewer: other("ARCHWRIGHT_REVIEWER_TOKEN"),
    web: `https://${remote.host}/${remote.owner}/${remote.name}`,
    defaultBranch: repository.ok ? repository.data.default_branch : "main",
    organisation: repository.ok && repository.data.owner.type === "Organization",
    config,
    snapshot: await openSnapshot(root, environment),
    models: await openModels(config, environment),
    keys: listKeys(config, environment),
    mayCallModels: !options.offline,
    isolation: () => detectIsolation(pickWorkspaceEnvironment(environment).PATH),
    signal: AbortSignal.timeout(120_000),
  };
}

const noToken = {
  reason: "bad-usage" as const,
  detail:
    "The doctor asks GitHub as you, and GH_TOKEN is not set: `GH_TOKEN=$(gh auth token) archwright doctor`.",
};

/** Looks for everything that would stop the workflow in this repository. Exit code 1 when something has to be mended. */
export async function runDoctorCommand(
  options: DoctorOptions,
  terminal: Terminal,
): Promise<number> {
  const asked = await execa("git", ["rev-parse", "--show-toplevel"], {
    cwd: options.repo,
    reject: false,
  });
  const root = asked.stdout;
  if (asked.exitCode !== 0 || root === "") {
    return reportFailure(terminal, { reason: "not-a-repository", path: options.repo });
  }
  const config = await loadConfigText(root);
  if (!config.ok) return reportFailure(terminal, config.failure);
  const remote = await findRemote(root);
  if (!remote) {
    const detail =
      "This checkout has no remote `origin` on GitHub; `git remote add origin …` first.";
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  const environment = readEnvironment();
  if (!environment.GH_TOKEN && !environment.GITHUB_TOKEN) return reportFailure(terminal, noToken);
  const findings = await runDoctor(await describePatient(root, remote, config.value, options));
  terminal.out(options.json ? `${JSON.stringify(findings, null, 2)}\n` : renderFindings(findings));
  return isHealthy(findings) ? exitCodes.success : exitCodes.negative;
}

/** `archwright doctor`. */
export const doctorCommand = (options: DoctorOptions): Promise<number> =>
  runDoctorCommand(options, openTerminal());
