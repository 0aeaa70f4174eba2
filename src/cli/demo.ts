import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { pickWorkspaceEnvironment, readEnvironment } from "../config/read-environment.ts";
import { formatDuration } from "../view/format-duration.ts";
import { detectIsolation } from "../workspace/git/detect-isolation.ts";
import { findExamples } from "./find-examples.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { runRequest } from "./run.ts";
import type { Terminal } from "./terminal.ts";

export type DemoOptions = { json?: string; keep?: string };

/** Prices that the demo's arithmetic uses, in USD per million tokens: nothing is sent, nothing is charged. */
const price = { input: 4, output: 20 };
const model = "scripted:csv-export";

async function git(repository: string, ...parameters: string[]): Promise<void> {
  const name = { name: "Archwright demo", email: "demo@localhost" };
  await execa(
    "git",
    ["-c", `user.name=${name.name}`, "-c", `user.email=${name.email}`, ...parameters],
    {
      cwd: repository,
      env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    },
  );
}

async function copySample(examples: string, keep: string | undefined): Promise<string> {
  const folder = keep ? resolve(keep) : await mkdtemp(join(tmpdir(), "archwright-demo-"));
  const repository = join(folder, "invoice-desk");
  await mkdir(repository, { recursive: true });
  await cp(join(examples, "invoice-desk"), repository, { recursive: true });
  await git(repository, "init", "--quiet", "--initial-branch=main");
  await git(repository, "add", "--all");
  await git(repository, "commit", "--quiet", "--no-gpg-sign", "--message", "invoice-desk 1.4.0");
  return repository;
}

/** Configuration of the sample, plus the price of tokens that are never sent. */
const demoConfig = (committed: string): string =>
  `${committed}\nprices:\n  ${model}:\n    input: ${price.input}\n    output: ${price.output}\n`;

const opening = (repository: string, isolation: string): string =>
  [
    "Archwright demo: a real request, a real repository, the whole loop, offline.",
    "",
    "  Scripted:  the model's words (examples/csv-export-replies). No key, no account, no network.",
    "  Real:      git, program checks, commands, evidence, score, and the arithmetic of money",
    `             (tokens are counted and priced at $${price.input}/$${price.output} a million; nothing is charged).`,
    `  Isolation: ${isolation}`,
    `  Sample:    ${repository}`,
    "",
    "The first build misses one criterion on purpose. The review must find it, and a fix round must mend it.",
    "",
  ].join("\n");

async function closing(terminal: Terminal, repository: string, seconds: number): Promise<void> {
  const branches = await execa(
    "git",
    ["branch", "--list", "archwright/*", "--format=%(refname:short)"],
    {
      cwd: repository,
    },
  );
  const branch = branches.stdout.split("\n")[0];
  terminal.out("");
  terminal.out(`Done in ${formatDuration(seconds)}. Look at it yourself:`);
  terminal.out(`  cd ${repository}`);
  // By the Node that runs this: the sample is TypeScript, and the Node of the shell may be too old to read it.
  if (branch)
    terminal.out(`  git switch ${branch} && "${process.execPath}" --test "test/*.test.ts"`);
  terminal.out(
    "  git log refs/archwright/issues/1        # the audit trail, a commit for each decision",
  );
}

/** `archwright demo`: the sample request with scripted replies, approved by itself, in a folder of its own. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const terminal = openTerminal();
  const began = Date.now();
  if (options.keep && existsSync(options.keep) && (await readdir(options.keep)).length > 0) {
    return reportFailure(terminal, {
      reason: "bad-usage",
      detail: `${options.keep} is not an empty folder.`,
    });
  }
  const examples = findExamples();
  const repository = await copySample(examples, options.keep);
  const isolation = await detectIsolation(pickWorkspaceEnvironment(readEnvironment()).PATH);
  const isolated = isolation.available
    ? "namespaces of their own (no network, no view of your processes and files)"
    : `none here (${isolation.detail}); the sample's commands run as you`;
  terminal.out(opening(repository, isolated));
  const config = join(dirname(repository), "archwright.yml");
  await writeFile(
    config,
    demoConfig(await readFile(join(repository, ".github/archwright.yml"), "utf8")),
  );
  const run = {
    issue: join(examples, "csv-export.md"),
    repo: repository,
    config,
    model: [model],
    isolation: isolation.available ? ("namespaces" as const) : ("none" as const),
    yes: true,
    dryRun: false,
    ...(options.json ? { json: options.json } : {}),
  };
  const providers = {
    scripted: { kind: "scripted" as const, directory: join(examples, "csv-export-replies") },
  };
  const code = await runRequest(terminal, run, { providers });
  await closing(terminal, repository, (Date.now() - began) / 1000);
  return code;
}
