import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import type { Summary } from "../../src/cli/summarize.ts";
import type { DesignReply } from "../../src/phases/design/reply.ts";
import type { ReviewReply } from "../../src/phases/review/review-reply.ts";
import { emptyReply } from "../../src/phases/validate/checks/reply.ts";
import {
  type Recorded,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
} from "../model/scripted-server.ts";
import { promptOf, roleOf, stepOf, turnOf } from "./model-server.ts";
import { type Called, callArchwright } from "./scene.ts";

// A repository that has nothing to do with the sample: a shell program, no manifest, another name of the branch. The
// model is a server of its own that speaks Chat Completions, as Ollama and vLLM do.

const greet = `#!/bin/sh
# Prints a greeting for the name that is given.
name=\${1:-world}
printf 'Hello, %s!\\n' "$name"
`;
const runTests = `#!/bin/sh
# Runs every test; each is a script that fails by its exit code.
for test in tests/*.sh; do
  sh "$test" || { echo "failed: $test"; exit 1; }
done
`;
const files: Record<string, string> = {
  "greet.sh": greet,
  "run-tests.sh": runTests,
  "tests/hello.sh": `[ "$(sh greet.sh Ada)" = "Hello, Ada!" ]\n`,
  "notes/für später.txt": "A name that is not ASCII.\n",
  README: "greet.sh NAME says hello.\n",
};
const request = "Say goodbye\n\n`greet.sh --bye NAME` prints `Goodbye, NAME!`.\n";
const branch = "archwright/1-say-goodbye-01";

/** Secrets of the person who runs the program. None has to do with the server that is asked. */
const secrets = {
  OPENAI_API_KEY: "sk-proj-canary-of-openai-000000000000000000000000",
  ANTHROPIC_API_KEY: "sk-ant-api03-canary-of-anthropic-0000000000000000",
  GITHUB_TOKEN: "ghp_canaryOfGithub000000000000000000000",
  DATABASE_PASSWORD: "canary-of-the-database",
};

const design: DesignReply = {
  needsAnswers: false,
  questions: [],
  design: {
    title: "A way to say goodbye",
    summary: "One option of the program that is there.",
    components: [{ name: "greet", responsibility: "Prints the words.", paths: ["greet.sh"] }],
    dataFlow: "",
    interfaces: [],
    adrs: [],
    roadmap: [
      { id: "R-1", task: "Add --bye", dependsOn: [], complexity: "simple", spec: "BUILD_01" },
    ],
    checklist: [],
    metrics: [],
    risks: [],
    assumptions: [],
    openQuestions: [],
    outOfScope: [],
    extraSections: [],
  },
  specs: [
    {
      id: "BUILD_01",
      title: "Say goodbye",
      objective: "`greet.sh --bye NAME` prints `Goodbye, NAME!`.",
      context: [
        {
          pattern: "Words are printed by printf.",
          path: "greet.sh",
          line: 4,
          quote: "printf 'Hello, %s!\\n' \"$name\"",
        },
      ],
      keyDecisions: [],
      invariants: ["Without the option nothing changes."],
      failureModes: [],
      scope: ["The option."],
      outOfScope: [],
      files: [
        { path: "greet.sh", action: "modify", to: null, purpose: "The option.", edits: [] },
        { path: "tests/bye.sh", action: "create", to: null, purpose: "Its test.", edits: [] },
      ],
      dependencies: [],
      steps: [
        {
          id: "S-1",
          title: "Add the option and its test",
          details: "As the objective says.",
          files: ["greet.sh", "tests/bye.sh"],
          checkpoint: "unit",
          mode: "judgement",
        },
      ],
      errorHandling: "",
      acceptance: [
        {
          id: "AC-1",
          level: "must",
          kind: "unit",
          text: "`--bye` says goodbye.",
          verify: "unit",
          done: false,
        },
        {
          id: "AC-2",
          level: "must",
          kind: "inspection",
          text: "The words are printed by printf.",
          verify: null,
          done: false,
        },
      ],
      tests: [
        {
          id: "T-1",
          scenario: "A name with --bye",
          input: "--bye Ada",
          expected: "Goodbye, Ada!",
          edgeCases: [],
          criteria: ["AC-1"],
        },
      ],
      constraints: [],
      risks: [],
      rollback: "Revert the branch.",
      parameters: { mode: "fast", testing: ["unit"] },
      dependsOn: [],
      extraSections: [],
    },
  ],
};

const validation = { ...emptyReply, specs: [], changes: [], resolved: [] };

const review: ReviewReply = {
  summary: "Small and tested.",
  criteria: [
    { id: "AC-1", verdict: "met", proofs: [], note: "decided by its command" },
    {
      id: "AC-2",
      verdict: "met",
      proofs: [
        {
          kind: "quote",
          path: "greet.sh",
          startLine: 6,
          endLine: 6,
          text: "printf '%s, %s!\\n' \"$word\"",
          scope: [],
        },
      ],
      note: "as before",
    },
  ],
  rubric: [
    { name: "architecture", level: 4, note: "one option" },
    { name: "style", level: 4, note: "as its neighbours" },
    { name: "testing", level: 4, note: "a test" },
    { name: "performance", level: 4, note: "nothing to say" },
  ],
  findings: [],
};

const nameRead = `name=\${1:-world}`;
const optionRead = `word=Hello
if [ "$1" = --bye ]; then word=Goodbye; shift; fi
${nameRead}`;
const steps: Readonly<Record<string, Reply[]>> = {
  "S-1": [
    { calls: [{ tool: "read", input: { file_path: "greet.sh" } }] },
    {
      calls: [
        {
          tool: "edit",
          input: { file_path: "greet.sh", old_string: nameRead, new_string: optionRead },
        },
        {
          tool: "edit",
          input: {
            file_path: "greet.sh",
            old_string: "printf 'Hello, %s!\\n' \"$name\"",
            new_string: 'printf \'%s, %s!\\n\' "$word" "$name"',
          },
        },
        // A test that shows everything it can see and fails, so that the model is told of it.
        {
          tool: "write",
          input: { file_path: "tests/bye.sh", content: "env; cat /proc/$PPID/environ; exit 1\n" },
        },
      ],
    },
    { text: "Done; all tests pass." },
  ],
  "S-1-repair": [
    {
      calls: [
        {
          tool: "write",
          input: {
            file_path: "tests/bye.sh",
            content: '[ "$(sh greet.sh --bye Ada)" = "Goodbye, Ada!" ]\n',
          },
        },
      ],
    },
    { text: "Repaired." },
  ],
};

function answer(request: Recorded): Reply {
  switch (roleOf(request)) {
    case "architect":
      return { text: JSON.stringify(design) };
    case "validator":
      return { text: JSON.stringify(validation) };
    case "reviewer":
      return { text: JSON.stringify(review) };
    default:
      return steps[stepOf(request)]?.[turnOf(request)] ?? { text: "There is nothing to do." };
  }
}

const folder = mkdtempSync(join(tmpdir(), "archwright-compatible-"));
const repository = join(folder, "greet");
let server: ScriptedServer;
let called: Called;
let summary: Summary;

const git = async (...parameters: string[]): Promise<string> => {
  const env = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return (await execa("git", parameters, { cwd: repository, env })).stdout;
};

async function writeRepository(): Promise<void> {
  mkdirSync(join(folder, "home"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(repository, path, ".."), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  chmodSync(join(repository, "greet.sh"), 0o755);
  await git("init", "--quiet", "--initial-branch=trunk");
  await git("config", "user.name", "Somebody Else");
  await git("config", "user.email", "else@example.org");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "start");
}

beforeAll(async () => {
  await writeRepository();
  server = await startScriptedServer();
  server.handle(answer);
  const config = join(folder, "archwright.yml");
  const lines = [
    "providers:",
    `  local: { kind: compatible, baseUrl: "${server.url}/v1" }`,
    "models:",
    ...["architect", "validator", "builder", "reviewer"].map((role) => `  ${role}: local:small`),
    "commands:",
    "  compile: sh -n greet.sh",
    "  unit: sh run-tests.sh",
    "isolation: none",
  ];
  writeFileSync(config, lines.join("\n"));
  writeFileSync(join(folder, "request.md"), request);
  const json = join(folder, "summary.json");
  const parameters = ["--issue", join(folder, "request.md"), "--yes", "--config", config];
  called = await callArchwright(["run", ...parameters, "--json", json], repository, {
    home: join(folder, "home"),
    environment: secrets,
  });
  summary = JSON.parse(readFileSync(json, "utf8")) as Summary;
}, 90_000);

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a run on somebody's repository with a compatible server", () => {
  test("reaches an accepted branch", () => {
    if (called.code !== 0) throw new Error(called.stdout + called.stderr);
    expect(summary).toMatchObject({ branch, scores: [100], rounds: 0, next: { kind: "merge" } });
    expect(called.stdout).toContain(`git merge ${branch}`);
  });

  test("with a commit for the design and one for its step", async () => {
    const subjects = (await git("log", "--reverse", "--format=%s", `trunk..${branch}`)).split("\n");
    expect(subjects).toEqual([
      "Design of issue 1: say-goodbye",
      "S-1: Add the option and its test",
    ]);
    expect(summary.commits).toBe(subjects.length);
    const changed = await git("diff", "--name-only", `trunk...${branch}`);
    expect(changed.split("\n").filter((path) => !path.startsWith("docs/designs/"))).toEqual([
      "greet.sh",
      "tests/bye.sh",
    ]);
    expect(await git("ls-tree", branch, "greet.sh")).toMatch(/^100755 /);
  });

  test("whose code works by hand", async () => {
    const checkout = join(folder, "checkout");
    await git("worktree", "add", "--quiet", checkout, branch);
    const said = await execa("./greet.sh", ["--bye", "Ada"], { cwd: checkout });
    expect(said.stdout).toBe("Goodbye, Ada!");
    expect((await execa("sh", ["run-tests.sh"], { cwd: checkout })).exitCode).toBe(0);
  });

  test("and the user's branch, files and settings are as they were", async () => {
    expect(await git("branch", "--show-current")).toBe("trunk");
    expect(await git("status", "--porcelain")).toBe("");
    for (const [path, text] of Object.entries(files))
      expect(readFileSync(join(repository, path), "utf8")).toBe(text);
  });

  test("asked only that server, in each role, by Chat Completions and with the model's own name", () => {
    const asked = server.requests.map((one) => [one.path, one.body.model]);
    expect(new Set(asked.map(String))).toEqual(new Set(["/v1/chat/completions,small"]));
    const roles = server.requests.map(roleOf);
    expect([...new Set(roles)]).toEqual(["architect", "validator", "builder", "reviewer"]);
    expect(summary.modelCalls).toBe(server.requests.length);
  });

  test("counted tokens, and calls a price that nobody knows unknown", () => {
    expect(summary.cost).toMatchObject({ micros: 0, unknown: true });
    expect(summary.cost.tokens).toBe(server.requests.length * 110);
    expect(called.stdout).toMatch(/unknown/);
  });

  test("sent no key of the environment, neither as authorization nor in words", async () => {
    for (const { headers } of server.requests)
      expect(headers.authorization).toMatch(/^Bearer none$/);
    const sent = JSON.stringify(server.requests.map(({ headers, body }) => [headers, body]));
    expect(sent).not.toMatch(/canary/i);
    // The builder's test printed its whole environment, so what it could see is in what was sent.
    const repair = server.requests.find((one) => stepOf(one) === "S-1-repair");
    expect(promptOf(repair as Recorded)).toMatch(/GIT_CEILING_DIRECTORIES=/);
    expect(called.stdout + called.stderr).not.toMatch(/canary/i);
    expect(await git("log", "-p", "--all")).not.toMatch(/canary/i);
    expect(await git("log", "-p", "refs/archwright/issues/1")).not.toMatch(/canary/i);
  });
});
