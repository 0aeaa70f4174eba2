import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseProjectContext } from "../../src/documents/parse-project-context.ts";
import { parseReviewReport } from "../../src/documents/parse-review-report.ts";
import type { ReviewReport } from "../../src/documents/schema-review-report.ts";
import type { Recorded, ScriptedServer } from "../model/scripted-server.ts";
import { resultsOf, scriptedReply, serveScene, stepOf, turnOf } from "./model-server.ts";
import { type Called, copyScene, type Scene } from "./scene.ts";
import { approvedScene, type Turn } from "./stages.ts";

// A builder that wants out, a builder that says what is not so, and a builder that does more than it was asked for.

const branch = "archwright/1-export-invoices-as-csv-for-the-accountant-01";

let approved: Scene;
const scenes: Scene[] = [];

/** Links that lead outside and into git's own data, and an ignored folder: repositories have such things. */
function addLinks(repository: string): void {
  symlinkSync(dirname(repository), join(repository, "exit"));
  symlinkSync("../.git/hooks", join(repository, "scripts/hooks"));
  writeFileSync(join(repository, ".gitignore"), "build/\n");
}

beforeAll(async () => {
  approved = await approvedScene(addLinks);
  scenes.push(approved);
}, 120_000);
afterAll(() => {
  for (const scene of scenes) scene.close();
});

const copy = (): Scene => {
  const scene = copyScene(approved);
  scenes.push(scene);
  return scene;
};

/** Every file below a folder with its content; links are not followed, and `except` is left out. */
function listFiles(folder: string, except: readonly string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (except.includes(path)) return [];
    if (entry.isDirectory()) return listFiles(path, except);
    return [entry.isFile() ? `${path}\n${readFileSync(path, "latin1")}` : path];
  });
}

type Call = { tool: string; input: Record<string, unknown> };
const write = (file_path: string): Call => ({
  tool: "write",
  input: { file_path, content: "escaped\n" },
});

describe("tool calls that lead out of the worktree", () => {
  const guard = (folder: string): Call[] => [
    write("../../outside.txt"),
    write("src/../../../outside.txt"),
    write(join(folder, "absolute.txt")),
    write("exit/through-a-link.txt"),
    write("scripts/hooks/post-checkout"),
    write(".git"),
    write(".git/config"),
    write(".git/hooks/pre-commit"),
    write(".GIT/hooks/pre-commit"),
    write("src/.git/config"),
    write(".github/workflows/ci.yml"),
    write(".github/archwright.yml"),
    write(".GitHub/workflows/ci.yml"),
    write("docs/designs/0-other/design.md"),
    { tool: "edit", input: { file_path: ".git/HEAD", old_string: "ref", new_string: "fer" } },
    { tool: "move", input: { from: "src/cli.ts", to: ".git/hooks/post-commit" } },
    { tool: "move", input: { from: "src/cli.ts", to: "../cli.ts" } },
    { tool: "move", input: { from: ".github/archwright.yml", to: "src/archwright.yml" } },
    { tool: "remove", input: { file_path: "../../../../request.md" } },
    { tool: "remove", input: { file_path: ".github/archwright.yml" } },
    { tool: "read", input: { file_path: "../../../../request.md" } },
    { tool: "read", input: { file_path: "/etc/passwd" } },
    { tool: "read", input: { file_path: "exit/request.md" } },
    { tool: "grep", input: { pattern: "root", path: "/etc" } },
    { tool: "grep", input: { pattern: "spreadsheet", path: "exit" } },
    { tool: "glob", input: { pattern: "../../../../*" } },
    { tool: "bash", input: { command: "touch /tmp/archwright-escaped" } },
  ];
  const ownSpec = "docs/designs/1-export-invoices-as-csv-for-the-accountant/BUILD_01.md";
  let scene: Scene;
  let server: ScriptedServer;
  let built: Called;
  let calls: Call[];
  let told: string[];
  let toldOfLink: string[];
  let before: { outside: string[]; git: string[]; config: string };

  /** What the user has and a build must not change. */
  const look = async () => ({
    // The links that the copy took along lead to the scene it was copied from.
    outside: [scene, approved].flatMap(({ folder, repository }) =>
      listFiles(folder, [repository, join(folder, "home")]),
    ),
    git: listFiles(join(scene.repository, ".git/hooks")),
    config: await scene.git("config", "--list", "--local"),
  });

  /** In step 3 a test of the builder's makes a link in an ignored folder; the repair then writes through it. */
  const linkFirst = (content: string): string =>
    [
      'import { mkdirSync, symlinkSync } from "node:fs";',
      `try { mkdirSync("build"); symlinkSync(${JSON.stringify(scene.folder)}, "build/exit"); } catch {}`,
      content.replace("2,24.50,49.00,EUR", "2,24.50,49.0,EUR"),
    ].join("\n");

  function answer(request: Recorded) {
    const [step, turn] = [stepOf(request), turnOf(request)];
    const reply = scriptedReply(scene, request);
    if (step === "S-1" && turn === 0) return { ...reply, calls: [...calls, write(ownSpec)] };
    if (step === "S-1" && turn === 1) told = resultsOf(request);
    if (step === "S-3" && turn === 0) {
      const changed = structuredClone(reply.calls ?? []) as Call[];
      for (const { input } of changed)
        if (typeof input.content === "string") input.content = linkFirst(input.content);
      return { ...reply, calls: changed };
    }
    if (step === "S-3-repair" && turn === 0)
      return { ...reply, calls: [write("build/exit/through-my-link.txt"), ...(reply.calls ?? [])] };
    if (step === "S-3-repair" && turn === 1) toldOfLink = resultsOf(request);
    return reply;
  }

  beforeAll(async () => {
    scene = copy();
    calls = guard(scene.folder);
    server = await serveScene(scene);
    server.handle(answer);
    before = await look();
    built = await scene.step(["build", "--model", "builder=local:test"]);
  }, 60_000);
  afterAll(() => server.close());

  test("are each refused, and the model is told why", () => {
    const answers = calls.map(({ tool, input }, index) => ({
      call: `${tool} ${JSON.stringify(input)}`,
      refused: /refused|outside|not permitted|no tool/i.test(told[index] ?? ""),
      said: told[index],
    }));
    expect(answers.filter(({ refused }) => !refused)).toEqual([]);
  });

  test("read nothing from outside", () => {
    expect(told.join("\n")).not.toMatch(/root:|accountant imports|spreadsheet/);
  });

  test("do not pass a link that the builder's own test has made", () => {
    expect(toldOfLink[0]).toMatch(/build\/exit\/through-my-link\.txt is refused: .*link/);
  });

  test("leave what is outside, the hooks and the settings as they were", async () => {
    expect(await look()).toEqual(before);
    expect(() => lstatSync("/tmp/archwright-escaped")).toThrow("ENOENT");
  });

  test("do not end a build whose own work is right, and nothing of them is on the branch", async () => {
    expect([built.code, built.stdout + built.stderr]).toEqual([0, expect.anything()]);
    const changed = (await scene.git("diff", "--name-only", `main...${branch}`)).split("\n");
    expect(changed.filter((path) => !path.startsWith("docs/designs/1-")).sort()).toEqual([
      "README.md",
      "src/cli.ts",
      "src/format-csv.ts",
      "src/formats.ts",
      "test/csv-safety.test.ts",
      "test/format-csv.test.ts",
    ]);
    const links = async (commit: string) =>
      (await scene.git("ls-tree", "-r", commit))
        .split("\n")
        .filter((entry) => entry.startsWith("120000"));
    expect(await links(branch)).toEqual(await links("main"));
  });

  test("do not change the approved spec on the branch: what was written over it is undone", async () => {
    expect(await scene.git("show", `${branch}:${ownSpec}`)).toBe(
      await scene.document("BUILD_01.md"),
    );
  });
});

describe("a builder that says tests pass while they fail", () => {
  test("ends at the checkpoint, with the work kept and no branch; /retry goes on from there", async () => {
    const scene = copy();
    const [step, repair] = ["build.BUILD_01.S-3.json", "build.BUILD_01.S-3-repair-1.json"];
    const boast = [{ text: "All tests pass now. I ran them twice." }];
    let right: Turn[] = [];
    scene.edit<Turn[]>(step, (turns) => {
      right = turns;
      return JSON.parse(JSON.stringify(turns).replace("2,24.50,49.00,EUR", "2,24.50,49.0,EUR"));
    });
    scene.edit(repair, () => boast);
    writeFileSync(join(scene.replies, "build.BUILD_01.json"), JSON.stringify(boast));

    const failed = await scene.step(["build"]);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/Step S-3: the checkpoint unit is red/);
    const events = await scene.events();
    const failure = events.findLast(({ type }) => type === "PhaseFailed");
    expect(failure).toMatchObject({
      reason: "checkpoint-failed",
      step: "S-3",
      failure: { checkpoint: "unit" },
      work: { ref: "refs/archwright/work/1/BUILD_01-1" },
    });
    expect(events.some(({ type }) => type === "BuildCompleted")).toBe(false);
    expect(await scene.git("for-each-ref", "refs/heads/archwright")).toBe("");
    const settled = events.findLast(({ type }) => type === "PhaseSettled");
    expect(settled?.micros).toBeGreaterThan(0);

    scene.edit(step, () => right);
    const retried = await scene.step(["say", "/retry"]);
    expect(retried.stderr).not.toContain("S-1: Write the format");
    expect(retried.stdout).toContain("100 of 100, accepted");
    expect(retried.code).toBe(0);
  }, 90_000);
});

describe("a builder that does what it was not asked for", () => {
  const deviation = (...paths: string[]): Call => ({
    tool: "record_deviation",
    input: { what: "another file", why: "it was needed", paths },
  });

  /** Builds with more calls in step 3 and reviews with a reviewer that is content. */
  async function judged(more: Call[]): Promise<{ report: ReviewReport; scene: Scene }> {
    const scene = copy();
    scene.edit<Turn[]>("build.BUILD_01.S-3.json", (turns) => {
      turns.splice(-1, 0, { calls: more });
    });
    const built = await scene.step(["build"]);
    if (built.code !== 0) throw new Error(built.stdout + built.stderr);
    await scene.step(["review"]);
    const parsed = parseReviewReport(await scene.document("review-01-1.md"));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return { report: parsed.value, scene };
  }

  const extra: Call = {
    tool: "write",
    input: { file_path: "src/decorate.ts", content: "export const decorated = true;\n" },
  };

  test("in a file outside the spec's scope stays below the threshold", async () => {
    const { report } = await judged([extra]);
    expect(report.gates).toEqual([
      { gate: "out-of-scope-file", cap: 89, detail: "src/decorate.ts" },
    ]);
    expect(report).toMatchObject({ score: 89, verdict: "changes-requested" });
  }, 60_000);

  test("and records it as a deviation is not held back for it; people read of it", async () => {
    const { report, scene } = await judged([extra, deviation("src/decorate.ts")]);
    expect(report).toMatchObject({ score: 100, verdict: "accepted", gates: [] });
    const context = parseProjectContext(await scene.document("context.md"));
    expect(context.ok && context.value.deviations).toMatchObject([
      { spec: "BUILD_01", step: "S-3", what: "another file", paths: ["src/decorate.ts"] },
    ]);
  }, 60_000);

  test("by weakening a test is capped at 39, recorded or not, whatever the reviewer says", async () => {
    const weaken: Call = {
      tool: "edit",
      input: {
        file_path: "test/invoice.test.ts",
        old_string: '  assert.equal(formatCents(-250), "-2.50");\n',
        new_string: "",
      },
    };
    const { report } = await judged([weaken, deviation("test/invoice.test.ts")]);
    expect(report.gates).toEqual([
      { gate: "weakened-test", cap: 39, detail: expect.stringContaining("test/invoice.test.ts") },
    ]);
    expect(report).toMatchObject({ score: 39, verdict: "changes-requested" });
  }, 60_000);
});
