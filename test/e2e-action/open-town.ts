import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { buildAction } from "../action/build-action.ts";
import type { Delivery, Person, Runner, RunnerOptions, StandIn } from "../github/contract.ts";
import { openStandIn } from "../github/open-stand-in.ts";
import { openRunner } from "../github/runner.ts";
import { holdReply } from "./hold-reply.ts";
import { logTown, outcomesOf } from "./read-town.ts";
import { replies } from "./replies.ts";
import { type Stage, stages } from "./stages.ts";

const examples = join(import.meta.dirname, "../../examples");

/** A repository of three files in which a feature takes seconds, its people, and the Action as it is shipped. */
export type Town = {
  github: StandIn;
  readonly runner: Runner;
  /** Maintains the repository and asks for things. */
  mary: Person;
  /** May write. */
  walt: Person;
  /** May read, as everybody may. */
  rita: Person;
  /** Begins a test: the world as it was at that stage, which is reached once for all tests of a file. Returns the issue. */
  at(stage: Stage): Promise<number>;
  /** What the model answers from now on. */
  say(name: string, reply: unknown): void;
  /** The model thinks until it is let go. */
  hold(name: string): { reached: Promise<void>; release(reply?: unknown): void };
  idle(): Promise<void>;
  /** Waits until so many jobs have said how they ended, whatever else goes on. */
  ended(jobs: number): Promise<void>;
  /** Called before each step that is a program. */
  onStep: RunnerOptions["onStep"] | null;
  close(): Promise<void>;
};

export type TownOptions = {
  /** Further lines of the repository's configuration. */
  config?: string;
  secrets?: (github: StandIn) => Promise<Readonly<Record<string, string>>>;
  /** Changes the caller's workflow. */
  workflow?: (text: string) => string;
  /** How events reach the workflows: at once and in order, unless a test says otherwise. */
  deliver?: (hear: (delivery: Delivery) => void, delivery: Delivery) => Promise<void>;
};

const configuration = (directory: string, more: string): string => {
  const model = "scripted:greeting";
  const roles = ["architect", "validator", "builder", "reviewer", "coach"];
  return [
    "isolation: none",
    "commands:",
    "  unit: grep -q hello hello.txt",
    "  polite: grep -q please hello.txt",
    "models:",
    ...roles.map((role) => `  ${role}: ${model}`),
    "providers:",
    `  scripted: { kind: scripted, directory: ${JSON.stringify(directory)} }`,
    `prices: { "${model}": { input: 4, output: 20 } }`,
    more,
    "",
  ].join("\n");
};

function prepareFiles(folder: string, answers: string, options: TownOptions): void {
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  writeFileSync(join(folder, "README.md"), "# Texts\n\nOne sentence a file.\n");
  writeFileSync(
    join(folder, ".github/archwright.yml"),
    configuration(answers, options.config ?? ""),
  );
  const workflow = join(folder, ".github/workflows/archwright.yml");
  cpSync(join(examples, "workflow.yml"), workflow);
  if (options.workflow) {
    const text = execFileSync("cat", [workflow], { encoding: "utf8" });
    writeFileSync(workflow, options.workflow(text));
  }
}

function prepareReplies(answers: string): void {
  rmSync(answers, { recursive: true, force: true });
  mkdirSync(answers);
  for (const [name, reply] of Object.entries(replies)) {
    writeFileSync(join(answers, name), JSON.stringify(reply));
  }
}

/** The stand-in with another post between it and the workflows. */
function overhear(github: StandIn, deliver: TownOptions["deliver"]) {
  const underway = new Set<Promise<void>>();
  const arrived = async (): Promise<void> => {
    while (underway.size > 0) await Promise.all(underway);
  };
  if (!deliver) return { heard: github, arrived };
  const listen: StandIn["listen"] = (hear) =>
    github.listen((delivery) => {
      const sent = deliver(hear, delivery).finally(() => underway.delete(sent));
      underway.add(sent);
    });
  return { heard: { ...github, listen }, arrived };
}

/** Opens the town. Close it at the end of the file. */
export async function openTown(options: TownOptions = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), "archwright-town-"));
  const [files, answers] = [join(folder, "files"), join(folder, "replies")];
  prepareReplies(answers);
  prepareFiles(files, answers, options);
  const github = await openStandIn({ files, organisation: true });
  const archwright = await buildAction();
  const { heard, arrived } = overhear(github, options.deliver);
  const secrets = (await options.secrets?.(github)) ?? {};
  const startRunner = (): Promise<Runner> =>
    openRunner({
      standIn: heard,
      archwright,
      secrets,
      onStep: (step) => town.onStep?.(step),
    });
  let runner = await startRunner();
  let name = "";
  const saved = new Map<Stage, { restore: () => void; issue: number }>();
  const town: Town = {
    github,
    get runner() {
      return runner;
    },
    mary: github.person("mary", "maintain"),
    walt: github.person("walt", "write"),
    rita: github.person("rita", "read"),
    onStep: null,
    say: (name, reply) => {
      rmSync(join(answers, name), { force: true });
      writeFileSync(join(answers, name), JSON.stringify(reply));
    },
    hold: (name) => holdReply(join(answers, name), replies[name]),
    idle: async () => {
      do {
        await arrived();
        await runner.idle();
      } while (!runner.runs.every(({ status }) => status === "completed"));
    },
    ended: async (jobs) => {
      while (outcomesOf(town).length < jobs) await new Promise((wake) => setTimeout(wake, 20));
    },
    at: async (stage) => {
      logTown(town, name);
      name = expect.getState().currentTestName ?? "";
      town.onStep = null;
      prepareReplies(answers);
      const known = saved.get(stage);
      if (known) {
        await runner.close();
        known.restore();
        runner = await startRunner();
        return known.issue;
      }
      const { after, reach } = stages[stage];
      const before = after === null ? 0 : await town.at(after);
      const issue = await reach(town, before);
      await town.idle();
      saved.set(stage, { restore: github.save(), issue });
      return issue;
    },
    close: async () => {
      logTown(town, name);
      await runner.close();
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return town;
}
