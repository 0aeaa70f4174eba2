import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import type { Summary } from "../../src/cli/summarize.ts";

/**
 * The sample project as a real repository, with the scripted replies in a folder of its own that a test may tamper
 * with, and the command line as a process of its own: what a person at a terminal has, and nothing else.
 */
export type Scene = {
  folder: string;
  repository: string;
  replies: string;
  request: string;
  /** Calls `archwright` in the repository. Never throws for its exit code. */
  archwright: (parameters: readonly string[], options?: CallOptions) => Promise<Called>;
  /** One command of the thread on feature 1, such as `build`; what follows by itself waits. */
  step: (command: readonly string[], options?: CallOptions) => Promise<Called>;
  /** `archwright run` on the sample request with scripted replies, approved by itself. */
  run: (
    parameters?: readonly string[],
    options?: CallOptions,
  ) => Promise<Called & { summary: Summary | null }>;
  git: (...parameters: string[]) => Promise<string>;
  /** Changes a scripted reply in place. */
  edit: <T = Reply>(name: string, change: (reply: T) => unknown) => void;
  /** Text of a document of the ledger; throws when it is not there. */
  document: (name: string, issue?: number) => Promise<string>;
  /** Events of the ledger, in order. */
  events: (issue?: number) => Promise<LedgerEvent[]>;
  close: () => void;
};
export type CallOptions = {
  environment?: Record<string, string>;
  input?: string;
  signal?: AbortSignal;
};
export type Called = { code: number; stdout: string; stderr: string };
export type Reply = { [key: string]: never } & Record<string, unknown>;
export type LedgerEvent = { type: string; [key: string]: unknown };

const root = join(import.meta.dirname, "../..");
const examples = join(root, "examples");

/** Nothing of this machine reaches a test: no key, no git settings, and the Node that runs the tests. */
export const bareEnvironment = (home: string): Record<string, string> => ({
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`,
  HOME: home,
  TMPDIR: tmpdir(),
  NO_COLOR: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  // Half of a call is compiling the same sources again.
  NODE_COMPILE_CACHE: join(root, "node_modules/.cache/archwright-test"),
});

export async function callArchwright(
  parameters: readonly string[],
  cwd: string,
  options: CallOptions & { home: string },
): Promise<Called> {
  const cli = ["--disable-warning=ExperimentalWarning", join(root, "src/cli.ts"), ...parameters];
  const ended = await execa(process.execPath, cli, {
    cwd,
    env: { ...bareEnvironment(options.home), ...options.environment },
    extendEnv: false,
    reject: false,
    input: options.input ?? "",
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  });
  return { code: ended.exitCode ?? -1, stdout: ended.stdout, stderr: ended.stderr };
}

async function startRepository(repository: string): Promise<void> {
  const git = (...parameters: string[]) =>
    execa("git", ["-c", "user.name=Test", "-c", "user.email=test@localhost", ...parameters], {
      cwd: repository,
    });
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Test Person");
  await git("config", "user.email", "person@example.org");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "start");
}

const pathsOf = (folder: string) => ({
  repository: join(folder, "invoice-desk"),
  replies: join(folder, "replies"),
  request: join(folder, "request.md"),
  config: join(folder, "archwright.yml"),
  home: join(folder, "home"),
});

/** Creates a scene. `prepare` may change the sample before its first commit. */
export async function createScene(
  prepare: (repository: string) => void = () => {},
): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), "archwright-scene-"));
  const { repository, replies, request, config, home } = pathsOf(folder);
  cpSync(join(examples, "invoice-desk"), repository, { recursive: true });
  cpSync(join(examples, "csv-export-replies"), replies, { recursive: true });
  cpSync(join(examples, "csv-export.md"), request);
  mkdirSync(home);
  prepare(repository);
  const committed = readFileSync(join(repository, ".github/archwright.yml"), "utf8");
  const scripted = `providers:\n  scripted:\n    kind: scripted\n    directory: ${JSON.stringify(replies)}\n`;
  const prices = "prices:\n  scripted:test:\n    input: 4\n    output: 20\n";
  writeFileSync(config, `${committed}\n${scripted}${prices}`);
  await startRepository(repository);
  return openScene(folder);
}

/** A scene as another one stands, in a folder of its own: what leads to it needs to happen only once. */
export function copyScene(scene: Scene): Scene {
  const folder = mkdtempSync(join(tmpdir(), "archwright-scene-"));
  cpSync(scene.folder, folder, { recursive: true, verbatimSymlinks: true });
  const { config } = pathsOf(folder);
  writeFileSync(config, readFileSync(config, "utf8").replaceAll(scene.folder, folder));
  return openScene(folder);
}

function openScene(folder: string): Scene {
  const { repository, replies, request, config, home } = pathsOf(folder);
  const common = ["--config", config, "--model", "scripted:test", "--isolation", "none"];
  const archwright: Scene["archwright"] = (parameters, options = {}) =>
    callArchwright(parameters, repository, { ...options, home });
  const git: Scene["git"] = async (...parameters) =>
    (await execa("git", parameters, { cwd: repository })).stdout;
  const document: Scene["document"] = (name, issue = 1) =>
    git("cat-file", "blob", `refs/archwright/issues/${issue}:${name}`);
  return {
    folder,
    repository,
    replies,
    request,
    archwright,
    git,
    document,
    step: (command, options) => archwright([...command, "--issue", "1", ...common], options),
    run: async (parameters = [], options = {}) => {
      const json = join(folder, "summary.json");
      rmSync(json, { force: true });
      const called = await archwright(
        ["run", "--issue", request, "--yes", "--json", json, ...common, ...parameters],
        options,
      );
      const written = readdirSync(folder).includes("summary.json");
      return {
        ...called,
        summary: written ? (JSON.parse(readFileSync(json, "utf8")) as Summary) : null,
      };
    },
    edit: (name, change) => {
      const path = join(replies, name);
      const reply = JSON.parse(readFileSync(path, "utf8"));
      const changed = change(reply);
      writeFileSync(path, JSON.stringify(changed ?? reply));
    },
    events: async (issue = 1) => {
      const lines = (await document("events.jsonl", issue)).split("\n").filter(Boolean);
      return lines.map((line) => (JSON.parse(line) as { event: LedgerEvent }).event);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
