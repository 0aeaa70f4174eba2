import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { buildAction } from "../action/build-action.ts";
import { replies } from "../e2e-action/replies.ts";
import type { App, Person, Rights, Runner, StandIn } from "../github/contract.ts";
import { openStandIn } from "../github/open-stand-in.ts";
import { openRunner } from "../github/runner.ts";
import { findPort, openApp, type TestApp } from "./open-app.ts";
import { model, roles, scriptedModels } from "./scripted-models.ts";

const root = join(import.meta.dirname, "../..");

type Manifest = { name: string; default_permissions: Rights; default_events: string[] };
const manifest = parse(readFileSync(join(root, "app.yml"), "utf8")) as Manifest;

/** A repository of three files in which a feature takes seconds, with the App installed as its manifest says. */
export type Hamlet = {
  github: StandIn;
  installed: App;
  /** The second App, where it was asked for. */
  reviewer: App | null;
  runner: Runner;
  /** What the App is told by its environment. */
  environment: Record<string, string>;
  /** Folder of the model's answers. */
  answers: string;
  /** Maintains the repository and asks for things. */
  mary: Person;
  seen(): string;
  close(): Promise<void>;
};

const configuration = (directory: string): string =>
  [
    "isolation: none",
    "commands:",
    "  unit: grep -q hello hello.txt",
    "  polite: grep -q please hello.txt",
    "models:",
    ...roles.map((role) => `  ${role}: ${model}`),
    "providers:",
    `  scripted: { kind: scripted, directory: ${JSON.stringify(directory)} }`,
    `prices: { "${model}": { input: 4, output: 20 } }`,
    "",
  ].join("\n");

function prepare(
  folder: string,
  change = (text: string) => text,
): { files: string; answers: string } {
  const [files, answers] = [join(folder, "files"), join(folder, "replies")];
  mkdirSync(join(files, ".github/workflows"), { recursive: true });
  mkdirSync(answers);
  for (const [name, reply] of Object.entries(replies)) {
    writeFileSync(join(answers, name), JSON.stringify(reply));
  }
  writeFileSync(join(files, "README.md"), "# Texts\n\nOne sentence a file.\n");
  writeFileSync(join(files, ".github/archwright.yml"), change(configuration(answers)));
  return { files, answers };
}

/** The example of the workflow, with the App that writes this ledger. */
async function installWorkflow(github: StandIn, { slug }: App, mary: Person): Promise<void> {
  const headers = { authorization: `bearer ${github.userToken("mary")}` };
  const bot = encodeURIComponent(`${slug}[bot]`);
  const answer = await fetch(`${github.url}/users/${bot}`, { headers });
  const { id } = (await answer.json()) as { id: number };
  const example = readFileSync(join(root, "examples/workflow-app.yml"), "utf8");
  const workflow = example.replace("12345+your-app[bot]", `${id}+${slug}[bot]`);
  if (workflow === example) throw new Error("the example of the workflow names another App");
  await mary.push(github.defaultBranch, { ".github/workflows/archwright.yml": workflow });
}

export type HamletOptions = {
  reviewer?: boolean;
  workflow?: boolean;
  /** Changes the repository's configuration. */
  config?: (text: string) => string;
};

/** Where there is no workflow nothing runs. */
const noRunner: Runner = {
  runs: [],
  idle: async () => {},
  rerun: async () => {},
  cancel: async () => {},
  schedule: () => {},
  close: async () => {},
};

/** Opens the hamlet without an App that listens: `startApp` starts one. */
export async function openHamlet(options: HamletOptions = {}): Promise<Hamlet> {
  const folder = mkdtempSync(join(tmpdir(), "archwright-hamlet-"));
  const { files, answers } = prepare(folder, options.config);
  const github = await openStandIn({ files, organisation: true });
  const { name: slug, default_permissions: rights, default_events: events } = manifest;
  const installed = github.installApp({ slug, rights, events });
  const reviewer = options.reviewer
    ? github.installApp({ slug: "second-look", rights, events: [] })
    : null;
  const mary = github.person("mary", "maintain");
  if (options.workflow !== false) await installWorkflow(github, installed, mary);
  const runner =
    options.workflow === false
      ? noRunner
      : await openRunner({ standIn: github, archwright: await buildAction(), secrets: {} });
  const port = await findPort();
  installed.webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`;
  const second = reviewer
    ? { REVIEWER_APP_ID: String(reviewer.appId), REVIEWER_PRIVATE_KEY: reviewer.privateKey }
    : {};
  return {
    ...{ github, installed, reviewer, runner, answers, mary },
    environment: {
      APP_ID: String(installed.appId),
      PRIVATE_KEY: installed.privateKey,
      WEBHOOK_SECRET: installed.webhookSecret,
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: github.gitUrl,
      PORT: String(port),
      ...second,
    },
    seen: () => JSON.stringify(github.picture()),
    async close() {
      await runner.close();
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The App of the hamlet, in this process. */
export const startHamletApp = async (
  hamlet: Hamlet,
  change: Record<string, string> = {},
): Promise<TestApp> =>
  await openApp(
    { ...hamlet.environment, ...change },
    { models: await scriptedModels(hamlet.answers) },
  );

/** Waits until something is there; fails after `seconds` with what the App's log says. */
export async function until<T>(
  app: Pick<TestApp, "lines"> | null,
  look: () => T | null | undefined | false,
  seconds = 120,
): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; ; ) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) {
      throw new Error(`it did not come. The App's log:\n${(app?.lines ?? []).slice(-40).join("")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Waits until the App has nothing to do and nothing more is on its way. */
export async function untilIdle({ url }: Pick<TestApp, "url">): Promise<void> {
  for (let quiet = 0, tries = 0; quiet < 5 && tries < 600; tries += 1) {
    const answer = await fetch(`${url}/ready`);
    const { jobs } = (await answer.json()) as { jobs?: { waiting: number; running: number } };
    quiet = jobs && jobs.waiting + jobs.running === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}
