import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { createLabels } from "./init/create-labels.ts";
import { describeNextSteps, type SetupMode } from "./init/describe-next-steps.ts";
import { fillAuthor, findAppAuthor } from "./init/find-app-author.ts";
import { findRemote } from "./init/find-remote.ts";
import { listSetupFiles } from "./init/list-setup-files.ts";
import { loadConfigText } from "./init/load-config-text.ts";
import { type PlannedFile, planSetupFiles } from "./init/plan-setup-files.ts";
import { showDifference } from "./init/show-difference.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type InitOptions = {
  repo: string;
  app: boolean;
  /** Name of the App whose bot keeps the ledger; means `app`. */
  appSlug?: string;
  withConfig: boolean;
  yes: boolean;
  dryRun: boolean;
};

async function readPresent(root: string, paths: readonly string[]): Promise<Map<string, string>> {
  const present = new Map<string, string>();
  for (const path of paths) {
    const text = await readFile(join(root, path), "utf8").catch((error) => {
      if ((error as { code?: string }).code === "ENOENT") return null;
      throw error;
    });
    if (text !== null) present.set(path, text);
  }
  return present;
}

async function write(root: string, files: readonly PlannedFile[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** Whether to write: said in the call, or asked. Nothing that a person may have changed is replaced without a word. */
async function mayWrite(
  terminal: Terminal,
  options: InitOptions,
  changes: readonly PlannedFile[],
): Promise<boolean> {
  if (options.yes) return true;
  const replaced = changes.filter(({ action }) => action === "replace");
  const what =
    replaced.length > 0 ? `, replacing ${replaced.map(({ path }) => path).join(", ")}` : "";
  if (!terminal.interactive) return replaced.length === 0;
  const answer = await terminal.ask(`Write ${changes.length} file(s)${what}? [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

async function findRoot(folder: string): Promise<string | null> {
  const asked = await execa("git", ["rev-parse", "--show-toplevel"], {
    cwd: folder,
    reject: false,
  });
  return asked.exitCode === 0 && asked.stdout !== "" ? asked.stdout : null;
}

/** What would change, with the App's bot in its place. */
async function plan(
  root: string,
  options: { mode: SetupMode; config: boolean },
  author: string | null,
): Promise<PlannedFile[]> {
  const examples = await listSetupFiles(options);
  const paths = examples.map(({ path }) => path);
  const present = await readPresent(root, paths);
  const wanted = examples.map((file) => ({
    ...file,
    text: fillAuthor(file.text, author, present.get(file.path)),
  }));
  return planSetupFiles(wanted, present);
}

const noRepository = (path: string) => ({ reason: "not-a-repository" as const, path });

/** Makes a repository ready for the workflow: shows what would change, writes it, and says what is left for the person. */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<number> {
  const root = await findRoot(options.repo);
  if (root === null) return reportFailure(terminal, noRepository(options.repo));
  const mode: SetupMode = options.app || options.appSlug ? "app" : "action";
  const config = await loadConfigText(root);
  if (!config.ok) return reportFailure(terminal, config.failure);
  const remote = await findRemote(root);
  const author = options.appSlug
    ? await findAppAuthor(options.appSlug, remote)
    : { ok: true as const, value: null };
  if (!author.ok) return reportFailure(terminal, author.failure);
  const planned = await plan(root, { mode, config: options.withConfig }, author.value);
  const changes = planned.filter(({ action }) => action !== "unchanged");
  for (const { path, what } of planned.filter(({ action }) => action === "unchanged")) {
    terminal.out(`${path} is as it should be (${what}).\n`);
  }
  for (const change of changes) terminal.out(showDifference(change, terminal.colours));
  if (options.dryRun) return exitCodes.success;
  if (changes.length > 0 && !(await mayWrite(terminal, options, changes))) {
    terminal.err("Nothing was written. `--yes` writes without asking.");
    return exitCodes.waiting;
  }
  await write(root, changes);
  const { label } = config.value;
  const made = await createLabels(remote, label);
  for (const note of made.notes) terminal.err(note);
  const labels = made.complete ? "created" : "not-created";
  const named = author.value !== null;
  terminal.out(`\n${describeNextSteps(remote, { mode, label, labels, named })}\n`);
  return exitCodes.success;
}

/** `archwright init`. */
export const initCommand = (options: InitOptions): Promise<number> =>
  runInit(options, openTerminal());
