import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { detectIsolation } from "../../src/workspace/git/detect-isolation.ts";
import {
  clearTrap,
  cli,
  editConfig,
  holdCommands,
  listBelongings,
  listOurRefs,
  optionsOf,
  setTrap,
  startArchwright,
  withQuickCommands,
} from "./live.ts";
import { bareEnvironment, type Called, callArchwright, copyScene, type Scene } from "./scene.ts";
import { approvedScene, leanScene } from "./stages.ts";

// Repositories, work trees, disks and commands that are not as one would wish. What cannot be done ends in a named
// outcome, work is kept, and the user's own things are never touched.

const branch = "archwright/1-export-invoices-as-csv-for-the-accountant-01";
const binary = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xfe, 0x0a]);
const latin1Name = Buffer.from("notes-für.txt", "latin1");

function addUnusualFiles(repository: string): void {
  writeFileSync(join(repository, "logo.png"), binary);
  writeFileSync(Buffer.concat([Buffer.from(`${repository}/`), latin1Name]), "kept\n");
  const library = join(repository, "vendor/library");
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, "a.txt"), "a\n");
  const git = (...parameters: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@localhost", ...parameters], {
      cwd: library,
    });
  git("init", "--quiet");
  git("add", "a.txt");
  git("commit", "--quiet", "--message", "library");
  const module = '[submodule "library"]\n\tpath = vendor/library\n\turl = ../library.git\n';
  writeFileSync(join(repository, ".gitmodules"), module);
}

let approved: Scene;
const scenes: Scene[] = [];

/** The approved scene once more, for a test that changes it. */
function again(): Scene {
  const scene = copyScene(approved);
  scenes.push(scene);
  return scene;
}

beforeAll(async () => {
  approved = await approvedScene((repository) => {
    withQuickCommands(repository);
    addUnusualFiles(repository);
  });
  scenes.push(approved);
}, 120_000);

afterAll(() => {
  for (const scene of scenes) scene.close();
});

const builtTree = async (scene: Scene, path: string): Promise<string> =>
  await scene.git("rev-parse", `${branch}:${path}`);

/** Ends the feature from where it stands; everything that is the user's must be as before. */
async function expectAccepted(
  scene: Scene,
  words: readonly string[] = ["run", "--yes"],
): Promise<void> {
  const before = await listBelongings(scene.repository);
  const called = await scene.step(words);
  expect(`${called.code} ${called.stderr}`).toMatch(/^0 /);
  expect(called.stdout).toMatch(/accepted, ready for you to merge: BUILD_01/);
  expect(await listBelongings(scene.repository)).toEqual(before);
}

describe("what lies in a repository", () => {
  test("binary files, names that are not UTF-8 and submodules go through as they are", async () => {
    const scene = again();
    await expectAccepted(scene);
    for (const path of ["logo.png", "vendor/library", ".gitmodules", "src/invoice.ts"]) {
      expect(await builtTree(scene, path)).toBe(await scene.git("rev-parse", `main:${path}`));
    }
    const listed = execFileSync("git", ["ls-tree", "-r", "-z", "--name-only", branch], {
      cwd: scene.repository,
    });
    expect(listed.includes(latin1Name)).toBe(true);
  });
});

describe("where the user stands", () => {
  test("a dirty tree stays dirty, is not built from, and that is said", async () => {
    const scene = again();
    writeFileSync(join(scene.repository, "src/formats.ts"), "half done\n");
    writeFileSync(join(scene.repository, "src/invoice.ts"), "staged\n");
    writeFileSync(join(scene.repository, "new.txt"), "new\n");
    await scene.git("add", "src/invoice.ts");
    const before = await listBelongings(scene.repository);
    const asked = ["run", "--issue", "Print a CSV, please", "--yes", ...optionsOf(scene)];
    const called = await scene.archwright(asked);
    expect(`${called.code} ${called.stderr}`).toMatch(/^0 /);
    expect(called.stderr).toMatch(/3 changes of yours are not committed/);
    expect(called.stderr).toMatch(/commit first what belongs to it/);
    expect(await listBelongings(scene.repository)).toEqual(before);
    const built = await scene.git("show", "archwright/2-print-a-csv-please-01:src/formats.ts");
    expect(built).toMatch(/csv: formatCsv/);
  });

  test("a detached head stays detached, and a subfolder stands for its repository", async () => {
    const scene = again();
    await scene.git("switch", "--quiet", "--detach", "main");
    await expectAccepted(scene, ["run", "--yes", "--repo", "src"]);
    expect(await scene.git("rev-parse", "--abbrev-ref", "HEAD")).toBe("HEAD");
    expect(await listOurRefs(scene.repository)).toContain(`refs/heads/${branch}`);
  });

  test("a linked worktree: its own commit is the base, and both work trees stay as they are", async () => {
    const scene = again();
    const linked = join(scene.folder, "linked");
    await scene.git("worktree", "add", "--quiet", "-b", "topic", linked);
    writeFileSync(join(linked, "topic.txt"), "topic\n");
    execFileSync("git", ["add", "topic.txt"], { cwd: linked });
    execFileSync("git", ["commit", "--quiet", "--message", "topic"], { cwd: linked });
    const before = [await listBelongings(scene.repository), await listBelongings(linked)];
    const call = ["run", "--issue", "Print a CSV, please", "--yes", ...optionsOf(scene)];
    const called = await callArchwright(call, linked, { home: join(scene.folder, "home") });
    expect(`${called.code} ${called.stderr}`).toMatch(/^0 /);
    expect([await listBelongings(scene.repository), await listBelongings(linked)]).toEqual(before);
    const head = await scene.git("rev-parse", "topic");
    const base = await scene.git("merge-base", "topic", "archwright/2-print-a-csv-please-01");
    expect(base).toBe(head);
  });
});

describe("branches in the way", () => {
  test("one that the user has checked out is left alone; after switching away the work goes on", async () => {
    const scene = again();
    await scene.git("switch", "--quiet", "-c", branch);
    const before = await listBelongings(scene.repository);
    const first = await scene.run();
    expect(first.code).toBe(1);
    expect(first.stdout + first.stderr).toMatch(/is checked out in .*invoice-desk/);
    expect(first.stdout + first.stderr).toMatch(/Switch that work tree to another branch/);
    expect(await listBelongings(scene.repository)).toEqual(before);
    expect(await scene.git("rev-parse", branch)).toBe(await scene.git("rev-parse", "main"));
    await scene.git("switch", "--quiet", "main");
    await expectAccepted(scene, ["say", "/retry"]);
  });

  test("one of the user's with the same name is left alone; after renaming it the work goes on", async () => {
    const scene = again();
    const tree = await scene.git("rev-parse", "main^{tree}");
    const theirs = await scene.git("commit-tree", tree, "-p", "main", "-m", "mine");
    await scene.git("branch", branch, theirs);
    const first = await scene.run();
    expect(first.code).toBe(1);
    expect(first.stdout + first.stderr).toMatch(/was expected at .* and stands at/);
    expect(first.stdout + first.stderr).toMatch(/keep or remove their work/);
    expect(await scene.git("rev-parse", branch)).toBe(theirs);
    await scene.git("branch", "--move", branch, "mine");
    await expectAccepted(scene, ["say", "/retry"]);
    expect(await scene.git("rev-parse", "mine")).toBe(theirs);
  });

  test("one whose name takes the folder of ours is a named failure", async () => {
    const scene = again();
    await scene.git("branch", "archwright");
    const first = await scene.run();
    expect(first.code).toBe(1);
    expect(first.stdout + first.stderr).toMatch(/'refs\/heads\/archwright' exists/);
    await scene.git("branch", "--move", "archwright", "ours");
    await expectAccepted(scene, ["say", "/retry"]);
  });
});

describe("commands that misbehave", () => {
  test("one that hangs is ended, the step is named, the work is kept and goes on", async () => {
    const scene = again();
    setTrap(scene, "sleep 300 & sleep 300");
    editConfig(scene, (text) => `${text}\nlimits:\n  commandSeconds: 1\n  stepRepairs: 0\n`);
    const first = await scene.run();
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/Step S-1: the checkpoint compile is red.*1 s/);
    expect(await listOurRefs(scene.repository)).toContain("refs/archwright/work/1/BUILD_01-1");
    clearTrap(scene);
    await expectAccepted(scene, ["say", "/retry"]);
  });

  test("one that prints 300 MB costs neither memory nor the ledger's room", async () => {
    const scene = again();
    setTrap(scene, "head -c 300000000 /dev/zero | tr '\\0' x; exit 1");
    editConfig(scene, (text) => `${text}\nlimits:\n  stepRepairs: 0\n`);
    const peak = await runMeasured(scene, ["build", "--issue", "1", ...optionsOf(scene)]);
    expect(peak.code).toBe(1);
    expect(peak.stdout).toMatch(/the checkpoint compile is red/);
    expect(peak.stdout.length).toBeLessThan(20_000);
    expect((await scene.document("events.jsonl")).length).toBeLessThan(200_000);
    // About 160 without any output; what is read and let go adds some, keeping it would add all.
    expect(peak.megabytes).toBeLessThan(400);
  });
});

/** Runs a step and reads the process's own record of its largest size, until it ends. */
async function runMeasured(scene: Scene, parameters: string[]) {
  const live = startArchwright(scene, parameters);
  let megabytes = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${live.pid}/status`, "utf8");
      megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has ended, or there is no /proc here.
    }
  }, 20);
  const called = await live.ended;
  clearInterval(timer);
  return { ...called, megabytes };
}

describe("two at once", () => {
  test("the second says that the first is at it, and nothing is done twice", async () => {
    const scene = await leanScene(withQuickCommands);
    scenes.push(scene);
    const gate = holdCommands(scene);
    const call = ["run", "--issue", scene.request, "--yes", ...optionsOf(scene)];
    const both = [startArchwright(scene, call), startArchwright(scene, call)];
    // The winner waits in its first checkpoint: whoever ends before that is the one that came second.
    const second = await Promise.race(both.map((live) => live.ended));
    expect(second.code).toBe(3);
    expect(second.stdout).toMatch(/running: /);
    await gate.reached();
    const third = await scene.archwright(call);
    expect(third.code).toBe(3);
    expect(third.stdout).toMatch(/running: build of BUILD_01/);
    clearTrap(scene);
    const codes = (await Promise.all(both.map((live) => live.ended))).map(({ code }) => code);
    expect(codes.sort()).toEqual([0, 3]);
    const started = (await scene.events()).filter(({ type }) => type === "PhaseStarted");
    const attempts = started.map(({ lease }) => lease as { phase: string; attempt: number });
    expect(attempts.map(({ phase, attempt }) => `${phase} ${attempt}`)).toEqual([
      ...["design 1", "validate 1", "build 1", "review 1", "build 2", "review 2"],
    ]);
    expect((await scene.archwright(["ledger", "verify"])).code).toBe(0);
  });
});

describe("several requests at once", () => {
  test("each gets a number of its own", async () => {
    const scene = await leanScene(withQuickCommands);
    scenes.push(scene);
    const wanted = ["Print a CSV, please", "Write a CSV, please", "Give me a CSV"];
    const ends = wanted.map(
      (words) => startArchwright(scene, ["run", "--issue", words, ...optionsOf(scene)]).ended,
    );
    for (const { code, stdout, stderr } of await Promise.all(ends)) {
      expect(`${code} ${stderr}`).toMatch(/^3 /);
      expect(stdout).toMatch(/waiting for approval/);
    }
    const { stdout } = await scene.archwright(["status", "--json"]);
    const features = JSON.parse(stdout) as { issue: number; title: string }[];
    expect(features.map(({ issue }) => issue)).toEqual([1, 2, 3]);
    expect(features.map(({ title }) => title).sort()).toEqual(wanted.sort());
  });
});

describe("disks", () => {
  const isolation = detectIsolation();

  /** Calls the command line where `mount` has been carried out, for this process only. */
  async function callOn(scene: Scene, mount: string, parameters: string[]): Promise<Called> {
    const script = `${mount} && shift && exec "$@"`;
    const node = [process.execPath, "--disable-warning=ExperimentalWarning", cli, ...parameters];
    const unshare = ["--user", "--map-root-user", "--mount", "sh", "-ec", script, "sh"];
    const child = spawn("unshare", [...unshare, scene.repository, ...node], {
      cwd: scene.repository,
      env: bareEnvironment(join(scene.folder, "home")),
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const code = await new Promise<number>((resolve) => child.on("close", (c) => resolve(c ?? -1)));
    return { code, stdout, stderr };
  }

  test("a full disk under the worktree is named, nothing is lost, and the work goes on", async () => {
    const scene = again();
    if (!(await isolation).available) {
      // No disk of our own can be mounted here: the command's own full device stands for it.
      setTrap(scene, "echo x > /dev/full");
      expect((await scene.step(["build"])).code).toBe(1);
      return;
    }
    mkdirSync(join(scene.repository, ".git/archwright/worktrees"), { recursive: true });
    const mount = 'mount -n -t tmpfs -o size=64k x "$1/.git/archwright/worktrees"';
    const before = await listBelongings(scene.repository);
    const first = await callOn(scene, mount, ["build", "--issue", "1", ...optionsOf(scene)]);
    expect(first.stdout + first.stderr).toMatch(/The disk is full at/);
    expect(first.stdout + first.stderr).toMatch(/Free some space/);
    expect(first.code).toBe(1);
    expect(await listBelongings(scene.repository)).toEqual(before);
    await expectAccepted(scene, ["say", "/retry"]);
  });

  test("a repository that can only be read is told as such", async () => {
    const scene = again();
    const before = [await listBelongings(scene.repository), await listOurRefs(scene.repository)];
    const mount = 'mount -n --bind "$1" "$1" && mount -n -o remount,bind,ro "$1" && cd "$1"';
    if ((await isolation).available) {
      const first = await callOn(scene, mount, ["build", "--issue", "1", ...optionsOf(scene)]);
      expect(first.stderr).toMatch(/\.git\/archwright cannot be written: EROFS/);
      expect(first.stderr).toMatch(/Give yourself the right to write there/);
      expect(first.code).toBe(2);
    }
    expect([await listBelongings(scene.repository), await listOurRefs(scene.repository)]).toEqual(
      before,
    );
    expect(existsSync(join(scene.repository, "src/format-csv.ts"))).toBe(false);
  });
});
