import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Person, Role, Runner, RunnerOptions, StandIn } from "../github/contract.ts";
import { openStandIn } from "../github/open-stand-in.ts";
import { openRunner } from "../github/runner.ts";
import { buildAction } from "./build-action.ts";

const root = join(import.meta.dirname, "../..");
const examples = join(root, "examples");

/** The stand-in with the sample repository, the runner with the built Action, and the people of the thread. */
export type Scene = {
  standIn: StandIn;
  runner: Runner;
  person: (login: string, role: Role) => Person;
  /** Opens the sample's request with its label, and waits until nothing runs. */
  request: (by: Person) => Promise<number>;
  close: () => Promise<void>;
};

export type SceneOptions = {
  /** Further lines of the repository's configuration. */
  config?: string;
  secrets?: Readonly<Record<string, string>>;
  onStep?: RunnerOptions["onStep"];
};

/** The sample as a repository that has installed the Action, with a model that answers from files. */
function prepareFiles(folder: string, more: string): void {
  cpSync(join(examples, "invoice-desk"), folder, { recursive: true });
  const workflows = join(folder, ".github/workflows");
  mkdirSync(workflows, { recursive: true });
  cpSync(join(examples, "workflow.yml"), join(workflows, "archwright.yml"));
  const config = join(folder, ".github/archwright.yml");
  const model = "scripted:csv-export";
  const roles = ["architect", "validator", "builder", "reviewer", "coach"];
  const lines = [
    readFileSync(config, "utf8"),
    "models:",
    ...roles.map((role) => `  ${role}: ${model}`),
    "providers:",
    `  scripted: { kind: scripted, directory: ${join(examples, "csv-export-replies")} }`,
    `prices: { "${model}": { input: 4, output: 20 } }`,
    more,
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
}

const request = readFileSync(join(examples, "csv-export.md"), "utf8");
const title = /^# (.+)$/m.exec(request)?.[1] ?? "CSV export";

/** Opens the scene. Close it at the end of the test. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const files = mkdtempSync(join(tmpdir(), "archwright-files-"));
  prepareFiles(files, options.config ?? "");
  const standIn = await openStandIn({ files, organisation: true });
  const runner = await openRunner({
    standIn,
    archwright: await buildAction(),
    secrets: options.secrets ?? {},
    ...(options.onStep ? { onStep: options.onStep } : {}),
  });
  return {
    standIn,
    runner,
    person: (login, role) => standIn.person(login, role),
    request: async (by) => {
      const issue = await by.openIssue({ title, body: request });
      await by.label(issue, "archwright");
      await runner.idle();
      return issue;
    },
    close: async () => {
      await runner.close();
      await standIn.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
}
