import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Summary } from "../../src/cli/summarize.ts";
import { type ScriptedServer, startScriptedServer } from "../model/scripted-server.ts";
import { addServer, editConfig, optionsOf, withQuickCommands } from "./live.ts";
import { type Called, copyScene, type Reply, type Scene } from "./scene.ts";
import { approvedScene, leanScene, planHash } from "./stages.ts";

// What people say in the thread of a feature, through the terminal: answers, changes, approval, money, pushes.

const branch = "archwright/1-export-invoices-as-csv-for-the-accountant-01";
const accepted = /accepted, ready for you to merge/;

let server: ScriptedServer;
let fresh: Scene;
let approved: Scene;
const scenes: Scene[] = [];

const copyOf = (scene: Scene): Scene => {
  const copy = copyScene(scene);
  scenes.push(copy);
  return copy;
};

beforeAll(async () => {
  server = await startScriptedServer();
  fresh = await leanScene(withQuickCommands);
  addServer(fresh, "server", server.url);
  approved = await approvedScene(withQuickCommands);
  scenes.push(fresh, approved);
}, 120_000);

afterAll(async () => {
  for (const scene of scenes) scene.close();
  await server.close();
});

const run = (scene: Scene, ...parameters: string[]): Promise<Called> =>
  scene.archwright(["run", "--issue", scene.request, ...parameters, ...optionsOf(scene)]);
const say = (scene: Scene, words: string): Promise<Called> => scene.step(["say", words]);

/** Exit code and what was said, so that a failing test shows both. */
const told = ({ code, stdout, stderr }: Called): string =>
  `${code}\n${stderr}\n${stdout}`.slice(0, 6000);

const statusOf = async (scene: Scene): Promise<Summary> =>
  JSON.parse((await scene.archwright(["status", "--issue", "1", "--json"])).stdout) as Summary;

const writeReply = (scene: Scene, name: string, reply: unknown): void =>
  writeFileSync(join(scene.replies, name), JSON.stringify(reply));
const readReply = <T = Reply>(scene: Scene, name: string): T =>
  JSON.parse(readFileSync(join(scene.replies, name), "utf8")) as T;

describe("one step after the other", () => {
  test("ends as a run does, each step where it ends; status and summary are the same facts", async () => {
    const whole = copyOf(fresh);
    const once = await whole.run();
    expect(told(once)).toMatch(/^0\n/);
    expect(await statusOf(whole)).toEqual(once.summary);

    const scene = copyOf(fresh);
    const steps = ["design", "validate", "approve", "build", "review", "build", "review"];
    const codes: string[] = [];
    for (const name of steps) {
      const words = name === "approve" ? [name, await planHash(scene)] : [name];
      const called =
        name === "design"
          ? await scene.archwright(["design", "--issue", scene.request, ...optionsOf(scene)])
          : await scene.step(words);
      codes.push(`${name} ${called.code}`);
    }
    expect(codes).toEqual([
      ...["design 0", "validate 0", "approve 0", "build 0", "review 1", "build 0", "review 0"],
    ]);
    const end = await statusOf(scene);
    expect(end.scores).toEqual(once.summary?.scores);
    expect(end.rounds).toBe(once.summary?.rounds);
    expect(end.next).toEqual(once.summary?.next);
    expect(end.phases.map(({ phase }) => phase)).toEqual(
      once.summary?.phases.map(({ phase }) => phase),
    );
    const trees = [whole, scene].map((one) => one.git("rev-parse", `${branch}:src`));
    const [first, second] = await Promise.all(trees);
    expect(first).toBe(second);
  }, 120_000);
});

const questions = {
  needsAnswers: true,
  questions: [
    {
      id: "1",
      text: "Which separator does the accountant's program expect?",
      decides: "the separator of fields",
      options: [
        { key: "a", text: "commas" },
        { key: "b", text: "semicolons" },
      ],
      default: "a",
    },
  ],
  design: null,
  specs: [],
};

describe("questions", () => {
  let asked: Scene;
  let first: Called;

  beforeAll(async () => {
    asked = copyOf(fresh);
    writeReply(asked, "design.1.json", questions);
    first = await run(asked);
  }, 60_000);

  test("are shown with their choices, and the run waits", () => {
    expect(told(first)).toMatch(/^3\n/);
    expect(first.stdout).toMatch(/Which separator does the accountant's program expect\?/);
    expect(first.stdout).toMatch(/b.*semicolons/);
    expect(first.stdout).toMatch(/→ \/answer/);
  });

  test("are answered in the thread; the design goes on and is validated", async () => {
    const scene = copyOf(asked);
    const wrong = await say(scene, "/answer 9 b");
    expect(told(wrong)).toMatch(/^1\n/);
    expect(wrong.stderr).toMatch(/9/);
    // A server takes the architect's place, so that what reaches the model can be seen.
    server.enqueue({ text: JSON.stringify(readReply(scene, "design.json")) });
    const answered = await scene.step(["say", "/answer 1 b", "--model", "architect=server:model"]);
    expect(told(answered)).toMatch(/^0\n/);
    const prompt = JSON.stringify(server.requests.at(-1)?.body);
    expect(prompt).toMatch(/Which separator does the accountant's program expect\?/);
    expect(prompt).toMatch(/answer: [^ ]*b \(semicolons\)/);
    expect(answered.stdout).toMatch(/waiting for approval/);
    const given = (await scene.events()).find(({ type }) => type === "QuestionsAnswered");
    expect(given?.answers).toEqual([{ question: "1", answer: "b" }]);
    expect(await scene.document("design.md")).not.toMatch(/Nobody answered/);
  });

  test("take their defaults with --yes, and the design says so", async () => {
    const scene = copyOf(asked);
    // Where the build begins is far enough.
    rmSync(join(scene.replies, "build.BUILD_01.S-1.json"));
    const called = await run(scene, "--yes");
    expect(called.stdout).toMatch(/The build of BUILD_01 ended at step S-1/);
    expect(await scene.document("design.md")).toMatch(
      /Nobody answered “Which separator does the accountant's program expect\?”; assumed: a \(commas\)/,
    );
  });
});

describe("a plan", () => {
  test("that is refined gets another hash; the old one approves nothing; cancelled, it opens again", async () => {
    const scene = copyOf(approved);
    const old = await planHash(scene);
    const reply = readReply<{ specs: { objective: string }[] }>(scene, "design.json");
    const [spec] = reply.specs;
    if (spec) spec.objective = `${spec.objective} Small, please.`;
    writeReply(scene, "design.json", reply);

    const refined = await say(scene, "/refine Keep it small");
    expect(told(refined)).toMatch(/^0\n/);
    expect(refined.stdout).toMatch(/waiting for approval/);
    const hash = await planHash(scene);
    expect(hash).not.toBe(old);
    expect((await statusOf(scene)).plan?.revision).toBeGreaterThan(1);

    const refused = await scene.step(["approve", old]);
    expect(told(refused)).toMatch(/^1\n/);
    expect(refused.stderr).toContain(`/approve ${hash.slice(0, 7)}`);
    expect(told(await scene.step(["build"]))).toMatch(/^1\n/);
    expect(told(await say(scene, "/approve"))).toContain(`/approve ${hash.slice(0, 7)}`);

    const cancelled = await say(scene, "/cancel");
    expect(told(cancelled)).toMatch(/^0\n/);
    expect(cancelled.stdout).toMatch(/· cancelled/);
    const stays = await run(scene, "--yes");
    expect(told(stays)).toMatch(/^1\n/);
    expect(stays.stdout).toMatch(/→ \/design/);
    expect(told(await say(scene, "/retry"))).toMatch(/^1\n/);
    const reopened = await say(scene, "/design");
    expect(told(reopened)).toMatch(/^0\n/);
    expect(reopened.stdout).toMatch(/waiting for approval/);
  }, 60_000);

  test("cannot be talked to in words that are no command", async () => {
    const called = await say(approved, "/aprove 1234567");
    expect(told(called)).toMatch(/^2\n/);
    expect(called.stderr).toMatch(/Did you mean \/?approve/);
  });
});

describe("a model that refuses", () => {
  test("ends the build visibly; nothing is tried again by itself; /retry goes on", async () => {
    const scene = copyOf(approved);
    const good = readReply(scene, "build.BUILD_01.S-3.json");
    writeReply(scene, "build.BUILD_01.S-3.json", { $fault: "refused" });
    const failed = await run(scene, "--yes");
    expect(told(failed)).toMatch(/^1\n/);
    expect(failed.stdout).toMatch(/The builder's model refused/);
    expect(failed.stdout).toMatch(/→ \/retry build BUILD_01/);
    const again = await run(scene, "--yes");
    expect(told(again)).toMatch(/^1\n/);
    expect((await statusOf(scene)).phases.filter(({ phase }) => phase === "build")).toHaveLength(1);
    writeReply(scene, "build.BUILD_01.S-3.json", good);
    const retried = await say(scene, "/retry build BUILD_01");
    expect(told(retried)).toMatch(/^0\n/);
    expect(retried.stdout).toMatch(accepted);
    // Steps 1 and 2 were kept.
    expect(retried.stderr).not.toMatch(/S-1: Write the format/);
  }, 60_000);
});

describe("a person's push", () => {
  test("between build and review stops the machine, which asks; /continue reviews what was pushed", async () => {
    const scene = copyOf(approved);
    expect(told(await scene.step(["build"]))).toMatch(/^0\n/);
    const theirs = pushTo(scene, branch, "docs/notes.md", "by hand\n");
    const asked = await run(scene, "--yes");
    expect(told(asked)).toMatch(/^3\n/);
    expect(asked.stdout).toMatch(/paused: somebody pushed to the branch/);
    expect(asked.stdout).toMatch(/→ \/continue/);
    expect(told(await scene.step(["review"]))).toMatch(/^1\n/);
    const continued = await say(scene, "/continue");
    expect(continued.stdout).toMatch(/score|of 100/);
    const scored = (await scene.events()).find(({ type }) => type === "ReviewScored");
    expect(scored?.head).toBe(theirs);
    // Theirs stays on the branch, whatever the score of a file that no spec names.
    const contained = scene.git("merge-base", "--is-ancestor", theirs, branch);
    expect(await contained).toBe("");
  }, 60_000);

  function pushTo(scene: Scene, name: string, path: string, text: string): string {
    const folder = join(scene.folder, "theirs");
    const git = (cwd: string, ...parameters: string[]) =>
      execFileSync("git", parameters, { cwd, encoding: "utf8" }).trim();
    git(scene.repository, "clone", "--quiet", "--branch", name, ".", folder);
    execFileSync("mkdir", ["-p", join(folder, "docs")]);
    writeFileSync(join(folder, path), text);
    git(folder, "add", path);
    const person = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
    git(folder, ...person, "commit", "--quiet", "--message", "by hand");
    git(folder, "push", "--quiet", "origin", name);
    rmSync(join(folder, ".git/index"));
    return git(folder, "rev-parse", name);
  }
});

describe("money", () => {
  test("too little of it: no call is made, that is the outcome, and with more it goes on", async () => {
    const scene = copyOf(fresh);
    editConfig(scene, (text) => `${text}\nbudget:\n  issue: 0.01\n`);
    const poor = await scene.run();
    expect(told(poor)).toMatch(/^3\n/);
    expect(poor.stdout).toMatch(/would pass its allowance/);
    expect(poor.stdout).toMatch(/Raise `budget:`/);
    expect(poor.summary?.modelCalls).toBe(0);
    expect(poor.summary?.cost.micros).toBe(0);
    editConfig(scene, (text) => text.replace("issue: 0.01", "issue: 5"));
    const words = /→ (\/\w+[^\n]*)/.exec(poor.stdout)?.[1] ?? "";
    const continued = await say(scene, words);
    expect(told(continued)).toMatch(/^0\n/);
    expect(continued.stdout).toMatch(/waiting for approval/);
  }, 60_000);

  test("raised after the approval goes on with the approved plan, from the work that was kept", async () => {
    const scene = copyOf(approved);
    editConfig(scene, (text) => text.replace("input: 4\n", "input: 200\n"));
    const poor = await run(scene, "--yes");
    expect(told(poor)).toMatch(/^3\n/);
    expect(poor.stdout).toMatch(/The build of BUILD_01 ended at step S-1/);
    const spent = (await statusOf(scene)).phases.find(({ phase }) => phase === "build")?.micros;
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(2_000_000);
    const plenty =
      "budget:\n  issue: 500\n  day: 500\n  phases:\n    build: 200\n    review: 100\n";
    editConfig(scene, (text) => `${text}\n${plenty}`);
    const continued = await say(scene, "/continue");
    expect(told(continued)).toMatch(/^0\n/);
    expect(continued.stdout).toMatch(accepted);
  }, 60_000);

  test("of a price that nobody knows is unknown, never zero, and the cap of tokens rules", async () => {
    const scene = copyOf(fresh);
    editConfig(scene, (text) => text.replace(/prices:[\s\S]*$/, ""));
    const unknown = await scene.archwright([
      ...["design", "--issue", scene.request],
      ...optionsOf(scene),
    ]);
    expect(told(unknown)).toMatch(/^0\n/);
    expect(unknown.stdout).toMatch(/tokens of unknown price/);
    expect(unknown.stdout).toMatch(/The rest will cost an unknown sum/);
    const { cost } = await statusOf(scene);
    expect(cost.unknown).toBe(true);
    expect(cost.tokens).toBeGreaterThan(1_000);
    editConfig(scene, (text) => `${text}\nbudget:\n  tokens: 20000\n`);
    const capped = await scene.step(["validate"]);
    expect(told(capped)).toMatch(/^3\n/);
    expect(capped.stdout).toMatch(/0 tokens of 4,000 tokens are used\. It was not made/);
    expect((await statusOf(scene)).cost.tokens).toBe(cost.tokens);
  }, 60_000);
});

describe("two specs, the second on the first", () => {
  const page = "# CSV\n\nOne row for each invoice line.\n";
  const second = {
    id: "BUILD_02",
    title: "Describe the CSV export",
    objective: "A page that says what the export holds.",
    dependsOn: ["BUILD_01"],
    files: [{ path: "docs/csv.md", action: "create", to: null, purpose: "The page.", edits: [] }],
    steps: [
      {
        id: "S-1",
        title: "Write the page",
        details: "`docs/csv.md`: one sentence on the rows.",
        files: ["docs/csv.md"],
        checkpoint: "unit",
        mode: "judgement",
      },
    ],
    acceptance: [
      {
        id: "AC-1",
        level: "must",
        kind: "inspection",
        text: "The page says what a row is.",
        verify: null,
        done: false,
      },
    ],
    tests: [],
    scope: ["The page."],
    context: [],
    keyDecisions: [],
    invariants: [],
    failureModes: [],
  };

  function planSecond(scene: Scene): void {
    const reply = readReply<{ specs: Record<string, unknown>[] }>(scene, "design.json");
    reply.specs.push({ ...reply.specs[0], ...second });
    writeReply(scene, "design.json", reply);
    writeReply(scene, "build.BUILD_02.S-1.json", [
      { calls: [{ tool: "write", input: { file_path: "docs/csv.md", content: page } }] },
      { text: "Written." },
    ]);
    const review = readReply<Record<string, unknown>>(scene, "review.BUILD_01.json");
    const proof = { kind: "quote", path: "docs/csv.md", startLine: 3, endLine: 3, scope: [] };
    const text = "One row for each invoice line.";
    writeReply(scene, "review.BUILD_02.json", {
      ...review,
      criteria: [
        { id: "AC-1", verdict: "met", proofs: [{ ...proof, text }], note: "the page says so" },
      ],
    });
  }

  test("are built in order on branches of their own, and both accepted", async () => {
    const scene = copyOf(fresh);
    planSecond(scene);
    const { code, stdout, stderr, summary } = await scene.run();
    expect(`${code} ${stderr}\n${stdout.slice(-3000)}`).toMatch(/^0 /);
    expect(summary?.specs.map(({ id, result }) => `${id} ${result}`)).toEqual([
      "BUILD_01 accepted",
      "BUILD_02 accepted",
    ]);
    const [one, two] = summary?.specs ?? [];
    expect(one?.branch).toBe(branch);
    expect(two?.branch).toBe(branch.replace(/01$/, "02"));
    const built = (await scene.events()).findLast(({ type }) => type === "BuildCompleted");
    expect(built?.base).toBe(one?.head);
    expect(await scene.git("show", `${two?.branch}:docs/csv.md`)).toBe(page.trim());
    expect(await scene.git("show", `${two?.branch}:src/formats.ts`)).toMatch(/csv: formatCsv/);
    expect(await scene.git("ls-tree", "--name-only", branch, "docs/csv.md")).toBe("");
  }, 90_000);
});
