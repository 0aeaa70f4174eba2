import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { z } from "zod";
import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import type { MeteredCall, MeteredModel, ModelTier, Tool } from "../../src/model/port.ts";
import type { PhaseTools } from "../../src/phases/phase.ts";
import type { Failure } from "../../src/shared/failure.ts";
import type { ProgressEvent } from "../../src/shared/progress.ts";
import { defaultProtectedPaths } from "../../src/workspace/check-path.ts";
import { openWorkspace } from "../../src/workspace/git/open-workspace.ts";
import type { Workspace } from "../../src/workspace/port.ts";

export const gitEnvironment = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** A small project in plain JavaScript, whose tests run in a fraction of a second without any install. */
export const project: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "sum", "type": "module" }\n',
  "src/sum.js": "export const sum = (left, right) => left + right;\n",
  "test/sum.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "../src/sum.js";

test("adds", () => {
  assert.equal(sum(1, 2), 3);
});
`,
};

export type Stage = {
  repository: string;
  workspace: Workspace;
  base: string;
  git: (...words: string[]) => string;
  /** Commits files on top of a commit, away from the work tree; null deletes. */
  commit: (parent: string, files: Readonly<Record<string, string | Buffer | null>>) => string;
  show: (commit: string, path: string) => string | null;
  close: () => void;
};

/** A real repository with one commit and the real workspace over it. */
export async function openStage(files: Readonly<Record<string, string>> = project): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), "archwright-phases-"));
  const repository = join(root, "repository");
  mkdirSync(repository);
  const git = (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...words], {
      cwd: repository,
      env: gitEnvironment,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  const write = (folder: string, path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  git("init", "-q", "-b", "main");
  for (const [path, text] of Object.entries(files)) write(repository, path, text);
  git("add", "--all");
  git("commit", "-q", "-m", "Start");
  const opened = await openWorkspace({
    repository,
    storage: join(root, "storage"),
    isolation: "none",
    protectedPaths: defaultProtectedPaths,
    environment: { ...gitEnvironment, HOME: root },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return {
    repository,
    workspace: opened.value,
    base: git("rev-parse", "HEAD"),
    git,
    commit: (parent, changes) => {
      const folder = mkdtempSync(join(root, "tree-"));
      git("worktree", "add", "-q", "--detach", folder, parent);
      for (const [path, content] of Object.entries(changes)) {
        if (content === null) rmSync(join(folder, path));
        else write(folder, path, content);
      }
      git("-C", folder, "add", "--all");
      git("-C", folder, "commit", "-q", "-m", "Change");
      return git("-C", folder, "rev-parse", "HEAD");
    },
    show: (commit, path) => {
      try {
        return execFileSync("git", ["show", `${commit}:${path}`], {
          cwd: repository,
          env: gitEnvironment,
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        });
      } catch {
        return null;
      }
    },
    close: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Calls a tool by name; its error comes back as the text that a model would get. */
export type Use = (name: string, input: unknown) => Promise<string>;
export type Act = (use: Use, call: MeteredCall, tools: readonly Tool[]) => Promise<unknown>;

/** A model whose words are given by step. A step that nobody gave words for is a mistake of the test. */
export function scriptModel(script: {
  act?: Readonly<Record<string, Act>>;
  generate?: Readonly<Record<string, unknown>>;
  /** What `tryGenerate` answers: a reply, or a failure as `{ failure }`. */
  tried?: (call: MeteredCall) => unknown;
  /** Names of the models by tier; one name for all where none is given. */
  tiers?: Readonly<Partial<Record<ModelTier, string>>>;
}): MeteredModel & { calls: MeteredCall[] } {
  const calls: MeteredCall[] = [];
  const nameModel = (_role: string, tier?: ModelTier): string =>
    (tier && script.tiers?.[tier]) ?? "scripted:one";
  return {
    calls,
    nameModel,
    tryGenerate: async (call, _name, schema) => {
      calls.push(call);
      const reply = script.tried?.(call);
      const told = { model: nameModel(call.purpose.role, call.tier), micros: 1_000 };
      if (reply === undefined) throw new Error(`no words for ${call.purpose.step}`);
      const failure = (reply as { failure?: Failure }).failure;
      return failure
        ? { ok: false, failure, ...told }
        : { ok: true, value: schema.parse(reply), ...told };
    },
    act: async (call, tools) => {
      calls.push(call);
      const act = script.act?.[call.purpose.step ?? ""];
      if (!act) throw new Error(`no words for ${call.purpose.step}`);
      const use: Use = async (name, input) => {
        const tool = tools.find((each) => each.name === name);
        if (!tool) return `error: no tool ${name}`;
        try {
          return await tool.run(input, new AbortController().signal);
        } catch (error) {
          return `error: ${(error as Error).message}`;
        }
      };
      await act(use, call, tools);
      return "All tests pass.";
    },
    generate: async <S extends z.ZodObject>(call: MeteredCall, _name: string, schema: S) => {
      calls.push(call);
      const step = call.purpose.step ?? "review";
      if (script.generate?.[step] === undefined) throw new Error(`no words for ${step}`);
      return schema.parse(script.generate[step]);
    },
  };
}

export function phaseTools(
  model: MeteredModel,
): PhaseTools & { events: ProgressEvent[]; abort: () => void } {
  const events: ProgressEvent[] = [];
  const controller = new AbortController();
  return {
    model,
    events,
    progress: (event) => events.push(event),
    signal: controller.signal,
    abort: () => controller.abort(new Error("stopped by the test")),
  };
}

/** A spec with nothing in it but what a test sets. */
export const emptySpec: BuildSpec = {
  id: "BUILD_01",
  title: "Multiply",
  objective: "The library multiplies.",
  context: [],
  keyDecisions: [],
  invariants: [],
  failureModes: [],
  scope: [],
  outOfScope: [],
  files: [],
  dependencies: [],
  steps: [],
  errorHandling: "",
  acceptance: [],
  tests: [],
  constraints: [],
  risks: [],
  rollback: "",
  parameters: { mode: "standard", testing: ["unit"] },
  dependsOn: [],
  extraSections: [],
};
