import { appendFileSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chooseModels } from "../config/default-models.ts";
import { derivePolicy } from "../config/derive-policy.ts";
import { loadConfig, parseConfig } from "../config/load-config.ts";
import { protectedPaths } from "../config/protected-paths.ts";
import { pickWorkspaceEnvironment } from "../config/read-environment.ts";
import type { Config } from "../config/schema.ts";
import type { House } from "../engine/house.ts";
import { localRunId } from "../forge/local/local-run.ts";
import { openLocalForge } from "../forge/local/open-local-forge.ts";
import { openGitLedger } from "../ledger/git/open-git-ledger.ts";
import { loadModels } from "../model/load-models.ts";
import type { Models } from "../model/port.ts";
import { createPrice } from "../model/price-usage.ts";
import type { Progress } from "../shared/progress.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Actor } from "../workflow/role.ts";
import type { IsolationMode } from "../workspace/git/detect-isolation.ts";
import { findRepository } from "../workspace/git/find-repository.ts";
import { userEnvironment } from "../workspace/git/git-environment.ts";
import { openWorkspace } from "../workspace/git/open-workspace.ts";
import type { Workspace } from "../workspace/port.ts";
import { decideIsolation } from "./decide-isolation.ts";
import { decideProviders, findDestinations } from "./decide-providers.ts";
import { findLocalPerson } from "./local-person.ts";
import { type ModelChoice, parseModelChoices } from "./parse-model-choices.ts";
import { renderTerminal } from "./render-terminal.ts";
import type { Terminal } from "./terminal.ts";

/** Options that every command with phases has. */
export type HouseOptions = {
  repo: string;
  config?: string;
  model?: string[];
  isolation?: "namespaces" | "none";
};

/** What a door changes of the configuration: the demo's scripted provider, phases that must not start by themselves. */
export type Overrides = {
  providers?: Config["providers"];
  automatic?: Config["automatic"];
};

export type LocalHouse = {
  house: House;
  /** Root of the user's work tree. */
  repository: string;
  storage: string;
  person: Actor;
  /** File that the stack of an unexpected error goes to. */
  log: string;
  /** Where the configuration came from; null for the defaults. */
  configPath: string | null;
  /** Commit that the configuration was read from. */
  base: string;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Opening = {
  options: HouseOptions;
  overrides: Overrides;
  terminal: Terminal;
  environment: Environment;
  progress: Progress;
  signal: AbortSignal;
};

async function readConfig(
  opening: Opening,
  snapshot: Parameters<typeof loadConfig>[0],
): Promise<Result<{ config: Config; path: string | null }>> {
  const file = opening.options.config;
  if (!file) return await loadConfig(snapshot);
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null)
    return fail({ reason: "bad-usage", detail: `The configuration ${file} cannot be read.` });
  const parsed = parseConfig(text, file);
  return parsed.ok ? succeed({ config: parsed.value, path: file }) : parsed;
}

/** Models are opened when the first phase asks for one: `approve` and `status` need no key. */
async function openModels(
  { config, fromCommit }: { config: Config; fromCommit: boolean },
  choices: ModelChoice,
  { environment, terminal }: Opening,
  storage: string,
): Promise<Result<Models>> {
  // Who names a validator at the terminal means that one, whatever tiers a file has.
  const tiers = choices.validator ? {} : config.validation.tiers;
  const assignments = chooseModels({ ...config.models, ...choices }, environment, tiers);
  if (!assignments.ok) return assignments;
  const { providers } = config;
  if (fromCommit) {
    const destinations = findDestinations(providers, assignments.value, environment);
    const decided = await decideProviders(destinations, storage, terminal);
    if (!decided.ok) return decided;
  }
  return await loadModels({ assignments: assignments.value, providers, environment });
}

/** Repository, storage of ours inside its git folder, and who is there. Nothing is written by this. */
async function findPlace(opening: Opening) {
  const caller = pickWorkspaceEnvironment(opening.environment);
  const git = userEnvironment(caller, { name: "Archwright", email: "archwright@localhost" });
  const found = await findRepository(opening.options.repo, git);
  if (!found.ok) return found;
  const { top, gitDir } = found.value;
  if (top === null) return fail({ reason: "bare-repository" as const, path: opening.options.repo });
  const person = await findLocalPerson(top);
  return succeed({ caller, repository: top, storage: join(gitDir, "archwright"), person });
}

type Place = Extract<Awaited<ReturnType<typeof findPlace>>, { ok: true }>["value"];

function openAt(place: Place, isolation: IsolationMode, protectedGlobs: string[]) {
  return openWorkspace({
    repository: place.repository,
    storage: place.storage,
    isolation,
    protectedPaths: protectedGlobs,
    environment: place.caller,
    // Installing dependencies needs the registry. After a change of a manifest, and at the head under review, what an install
    // runs is the builder's too: isolated like every command, but with the network.
    networkFor: ["setup"],
  });
}

const noModels: Result<Models> = succeed(() => {
  throw new Error("this command was opened without models");
});

const logTo =
  (file: string): House["log"] =>
  (entry) => {
    mkdirSync(join(file, ".."), { recursive: true });
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
  };

/** A plan and its specs are read before they are approved; of a correction only the comment that tells it is. */
function showComment(terminal: Terminal): (markdown: string, key: string) => void {
  let corrects = false;
  return (markdown, key) => {
    const isSpec = key.startsWith("spec-");
    if (!isSpec) corrects = key.startsWith("corrected-");
    const open = key.startsWith("plan-") || (isSpec && !corrects);
    // In a terminal there is no comment to edit: the spec alone is shown.
    const shown = isSpec ? markdown.slice(Math.max(0, markdown.indexOf("<details>"))) : markdown;
    terminal.out(renderTerminal(shown, { open, colours: terminal.colours }));
  };
}

/** Configuration of the base commit, with what the call and the door change of it. */
async function settle(opening: Opening, place: Place) {
  const reading = await openAt(place, "none", []);
  if (!reading.ok) return reading;
  const base = await reading.value.resolve("HEAD");
  // There are commits, but the branch that HEAD names has none.
  if (!base.ok) return fail({ reason: "no-commits" as const, path: place.repository });
  const read = await readConfig(opening, reading.value.snapshot(base.value));
  if (!read.ok) return read;
  const config: Config = { ...read.value.config, ...opening.overrides };
  const fromCommit = opening.options.config === undefined;
  const { path: configPath } = read.value;
  return succeed({ base: base.value, config, configPath, fromCommit, reading: reading.value });
}

/** What a commit says is not what the person at the terminal decided (plan, section 7): its `none` only asks. */
function wantedIsolation(
  { options, terminal }: Opening,
  { config, fromCommit }: { config: Config; fromCommit: boolean },
): Config["isolation"] {
  if (options.isolation) return options.isolation;
  if (!fromCommit || config.isolation !== "none") return config.isolation;
  terminal.err(
    "The repository's configuration asks to run commands without isolation; that is yours to say: --isolation none.",
  );
  return "ask";
}

/** The workspace of phases. Without them nothing is run or written, and the one that read the configuration will do. */
async function openForPhases(
  opening: Opening,
  place: Place,
  settled: { config: Config; fromCommit: boolean },
): Promise<Result<Workspace>> {
  const wanted = wantedIsolation(opening, settled);
  const { storage, caller } = place;
  const isolation = await decideIsolation(wanted, storage, opening.terminal, caller.PATH);
  if (!isolation.ok) return isolation;
  return await openAt(place, isolation.value, protectedPaths(settled.config));
}

/** Opens everything a command with phases needs. Failures are those of git, configuration, keys and isolation. */
export async function openLocalHouse(
  opening: Opening,
  needsModels: boolean,
): Promise<Result<LocalHouse>> {
  const choices = parseModelChoices(opening.options.model ?? []);
  if (!choices.ok) return choices;
  const place = await findPlace(opening);
  if (!place.ok) return place;
  const { repository, storage, person } = place.value;
  const settled = await settle(opening, place.value);
  if (!settled.ok) return settled;
  const { base, config, configPath } = settled.value;
  const models = needsModels
    ? await openModels(settled.value, choices.value, opening, storage)
    : noModels;
  if (!models.ok) return models;
  const workspace = needsModels
    ? await openForPhases(opening, place.value, settled.value)
    : succeed(settled.value.reading);
  if (!workspace.ok) return workspace;
  const log = join(storage, "log.jsonl");
  const house: House = {
    ledger: openGitLedger({ directory: repository }),
    forge: openLocalForge({
      storage,
      person,
      show: showComment(opening.terminal),
    }),
    workspace: workspace.value,
    models: models.value,
    // Loading the price list takes longer than all the rest of `status`.
    price: needsModels ? await createPrice(config.prices) : () => null,
    config,
    policy: derivePolicy(config),
    now: () => new Date(),
    runId: localRunId(),
    progress: opening.progress,
    signal: opening.signal,
    log: logTo(log),
  };
  return succeed({ house, repository, storage, person, log, configPath, base });
}
