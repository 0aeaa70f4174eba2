import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import pLimit from "p-limit";
import { listBelongings, listOurRefs, optionsOf, withQuickCommands } from "./live.ts";
import { type Called, callArchwright, type Scene } from "./scene.ts";
import { leanScene } from "./stages.ts";

// What a person may get wrong: each has a sentence that says what is wrong and what to do, the exit code of
// docs/cli.md, and their repository stays as it was.

let scene: Scene;
let elsewhere: string;
const around = () => ({ home: elsewhere });

beforeAll(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), "archwright-elsewhere-"));
  scene = await leanScene(withQuickCommands);
}, 60_000);

afterAll(() => {
  scene.close();
  rmSync(elsewhere, { recursive: true, force: true });
});

const git = (cwd: string, ...parameters: string[]) => execa("git", parameters, { cwd });

/** A file beside the repository. */
function fileOf(name: string, content: string | Buffer): string {
  const path = join(scene.folder, name);
  writeFileSync(path, content);
  return path;
}

const run = (...parameters: string[]) =>
  scene.archwright(["run", "--isolation", "none", ...parameters]);
const runAs = (model: string) => run("--issue", scene.request, "--model", model);
const runOn = (issue: string, ...parameters: string[]) =>
  run("--issue", issue, "--model", "scripted:test", ...parameters);
const runWith = (name: string, text: string) =>
  run("--issue", scene.request, "--config", fileOf(name, text));

/** A folder with no repository, or with one that this function prepares. */
async function runIn(prepare: (folder: string) => Promise<unknown>): Promise<Called> {
  const folder = mkdtempSync(join(elsewhere, "folder-"));
  await prepare(folder);
  return await callArchwright(["run", "--issue", scene.request], folder, around());
}

type Mistake = { call: () => Promise<Called>; says: RegExp; remedy: RegExp };

const mistakes: Record<string, Mistake> = {
  "no git repository": {
    call: () => runIn(async () => {}),
    says: /is not inside a git repository/,
    remedy: /--repo|git init/,
  },
  "a folder that does not exist": {
    call: () => run("--issue", scene.request, "--repo", join(elsewhere, "nowhere")),
    says: /nowhere is not inside a git repository/,
    remedy: /--repo/,
  },
  "an empty repository": {
    call: () => runIn((folder) => git(folder, "init", "--quiet")),
    says: /has no commit yet/,
    remedy: /Commit something first/,
  },
  "files, but no commit": {
    call: () =>
      runIn(async (folder) => {
        await git(folder, "init", "--quiet");
        writeFileSync(join(folder, "a.txt"), "a\n");
        await git(folder, "add", "a.txt");
      }),
    says: /has no commit yet/,
    remedy: /Commit something first/,
  },
  "a branch that has no commit yet": {
    call: () =>
      runIn(async (folder) => {
        await git(folder, "clone", "--quiet", scene.repository, ".");
        await git(folder, "switch", "--quiet", "--orphan", "new");
      }),
    says: /has no commit yet/,
    remedy: /Commit something first/,
  },
  "a bare repository": {
    call: () => runIn((folder) => git(folder, "clone", "--quiet", "--bare", scene.repository, ".")),
    says: /is a bare repository/,
    remedy: /with a work tree/,
  },
  "a missing key": {
    call: () => runAs("anthropic:claude-sonnet"),
    says: /anthropic needs a key, and ANTHROPIC_API_KEY is not set/,
    remedy: /Set the environment variable ANTHROPIC_API_KEY/,
  },
  "no model at all": {
    call: () => run("--issue", scene.request),
    says: /No model is configured for the architect/,
    remedy: /ANTHROPIC_API_KEY.*--model ollama:/,
  },
  "an unknown provider": {
    call: () => runAs("antropic:claude-sonnet"),
    says: /No model provider is called "antropic"/,
    remedy: /Known are .*anthropic.*ollama/,
  },
  "an unknown role": {
    call: () => runAs("bilder=scripted:test"),
    says: /roles? of architect, validator, builder, reviewer/,
    remedy: /--help/,
  },
  "an unknown option": {
    call: () => run("--issue", scene.request, "--modle", "x"),
    says: /unknown option '--modle'/,
    remedy: /Did you mean --model/,
  },
  "no request": {
    call: () => run(),
    says: /required option '--issue <what>'/,
    remedy: /--help/,
  },
  "bad YAML": {
    call: () => runWith("bad.yml", "review:\n  threshold: 90\n maxRounds: [\n"),
    says: /bad\.yml:3:\d+ /,
    remedy: /docs\/configuration\.md/,
  },
  "a wrong value": {
    call: () => runWith("value.yml", "review:\n  threshold: often\n"),
    says: /value\.yml:2:14 .*threshold/,
    remedy: /docs\/configuration\.md/,
  },
  "an unknown key": {
    call: () => runWith("key.yml", "# ours\nreviw:\n  threshold: 90\n"),
    says: /key\.yml:2:1 .*reviw/,
    remedy: /docs\/configuration\.md/,
  },
  "a configuration that is not there": {
    call: () => run("--issue", scene.request, "--config", "nowhere.yml"),
    says: /nowhere\.yml cannot be read/,
    remedy: /--help/,
  },
  "a summary that has no place": {
    call: () => runOn(scene.request, "--json", join(elsewhere, "nowhere/summary.json")),
    says: /The summary cannot be written to .*nowhere\/summary\.json/,
    remedy: /--help/,
  },
  "an issue file that is not there": {
    call: () => runOn("request-of-june.md"),
    says: /There is no issue file request-of-june\.md/,
    remedy: /path of a text file, or the request itself in quotes/,
  },
  "a folder as the issue file": {
    call: () => runOn(scene.folder),
    says: /There is no issue file/,
    remedy: /path of a text file/,
  },
  "an issue file of 5 MB": {
    call: () => runOn(fileOf("huge.md", "Please make it faster. ".repeat(220_000))),
    says: /huge\.md has 5,060,000 bytes; a request may have 65,536/,
    remedy: /Shorten it/,
  },
  "a binary issue file": {
    call: () => runOn(fileOf("issue.bin", Buffer.from([0x50, 0x4b, 0, 1, 2]))),
    says: /issue\.bin is not text in UTF-8/,
    remedy: /Save it as UTF-8/,
  },
  "an issue file in another encoding": {
    call: () => runOn(fileOf("latin1.md", Buffer.from("Die Rechnung f\xfcr M\xe4rz", "latin1"))),
    says: /latin1\.md is not text in UTF-8/,
    remedy: /Save it as UTF-8/,
  },
  "an empty issue file": {
    call: () => runOn(fileOf("empty.md", "\n \n")),
    says: /The request is empty/,
    remedy: /Write what should change/,
  },
  "the number of no feature": {
    call: () => scene.archwright(["run", "--issue", "7", ...optionsOf(scene)]),
    says: /There is no feature 7/,
    remedy: /archwright status/,
  },
};

describe("a wrong call says what is wrong and what to do, and begins nothing", () => {
  const called: Record<string, Called> = {};
  let before: unknown;

  beforeAll(async () => {
    before = await listBelongings(scene.repository);
    const limit = pLimit(3);
    const calls = Object.entries(mistakes).map(([name, { call }]) =>
      limit(async () => {
        called[name] = await call();
      }),
    );
    await Promise.all(calls);
  }, 120_000);

  test.each(Object.entries(mistakes))("%s", (name, { says, remedy }) => {
    const { code, stdout, stderr } = called[name] as Called;
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(remedy);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("the repository is as it was, and no feature has begun", async () => {
    expect(await listBelongings(scene.repository)).toEqual(before);
    expect(await listOurRefs(scene.repository)).toEqual([]);
  });
});
