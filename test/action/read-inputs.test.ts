import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inputVariable, readInputs } from "../../src/action/read-inputs.ts";
import { readPlace } from "../../src/action/read-place.ts";
import { readWork } from "../../src/action/read-work.ts";

const given = (inputs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]));

const work = JSON.stringify({
  issue: 3,
  phase: "build",
  nonce: "a".repeat(64),
  head: "b".repeat(40),
});

const wrong: readonly [string, Record<string, string>, RegExp][] = [
  ["job", { job: "Route" }, /"Route" is none of check, route, checks, phase, publish/],
  ["job", { job: "route; rm -rf /" }, /is none of/],
  ["github-token", { job: "route" }, /the job route needs one/],
  ["github-token", { job: "route", "github-token": "ghs_a\nghs_b" }, /no blanks and no line ends/],
  ["builder-token", { job: "route", "github-token": "t", "builder-token": "a b" }, /no blanks/],
  ["work", { job: "phase", "github-token": "t" }, /needs the output `work`/],
  ["work", { job: "publish", "github-token": "t", work: "  " }, /needs the output `work`/],
  ["work", { job: "phase", "github-token": "t", work: "x".repeat(60_001) }, /more than 60000/],
  ["phase-result", { "phase-result": "ok" }, /none of success, failure, cancelled, skipped/],
  ["minutes", { minutes: "0" }, /from 1 to 350/],
  ["minutes", { minutes: "fifty" }, /from 1 to 350/],
  ["minutes", { minutes: "1e2" }, /from 1 to 350/],
];

describe("inputs", () => {
  test.each(wrong)("wrong %s: %j", (input, inputs, detail) => {
    const read = readInputs(given(inputs));
    expect(read).toMatchObject({ ok: false, failure: { reason: "input-invalid", input } });
    expect(read.ok ? "" : read.failure.detail).toMatch(detail);
  });

  test("without any it is the check of documents, with nothing to check", () => {
    expect(readInputs({})).toMatchObject({ ok: true, value: { job: "check", files: [] } });
  });

  test("blanks and defaults", () => {
    const read = readInputs({
      ...given({
        job: " phase ",
        "github-token": " ghs_x ",
        work,
        minutes: "7",
        files: " a \n\n b ",
      }),
      RUNNER_TEMP: "/r",
    });
    expect(read).toMatchObject({
      ok: true,
      value: {
        job: "phase",
        githubToken: "ghs_x",
        minutes: 7,
        handOver: "/r/archwright-hand-over",
        files: ["a", "b"],
        phaseResult: null,
      },
    });
  });

  test("the workflow's own token is known by being given twice", () => {
    const own = (token: string) =>
      readInputs(given({ job: "phase", work, "github-token": "ghs_x", "workflow-token": token }));
    expect(own("ghs_x")).toMatchObject({ value: { isWorkflowToken: true } });
    expect(own("ghs_y")).toMatchObject({ value: { isWorkflowToken: false } });
    expect(own("")).toMatchObject({ value: { isWorkflowToken: false } });
  });

  test("action.yml names every input that is read, and none that is not", () => {
    const root = join(import.meta.dirname, "../..");
    const source = readFileSync(join(root, "src/action/read-inputs.ts"), "utf8");
    const manifest = readFileSync(join(root, "action/action.yml"), "utf8");
    const inputs = manifest.slice(manifest.indexOf("\ninputs:"), manifest.indexOf("\noutputs:"));
    const declared = [...inputs.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name]) => name).sort();
    const read = [...source.matchAll(/(?:read|token)\(environment, "([\w-]+)"\)/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(read)].sort()).toEqual(declared);
  });
});

describe("the work of a run", () => {
  const wrongWork: readonly [string, string, RegExp][] = [
    ["no JSON", "work", /not JSON/],
    ["a list", "[]", /expected object/],
    ["another phase", work.replace("build", "merge"), /phase/],
    ["a short nonce", work.replace(/a{64}/, "aa"), /nonce/],
    ["text in place of a commit", work.replace(/b{40}/, "$(id)"), /head/],
    ["issue 0", work.replace("3", "0"), /issue/],
    ["more than ids", work.replace("{", '{"text":"hello",'), /unrecognized/i],
  ];
  test.each(wrongWork)("%s is refused", (_name, text, detail) => {
    const read = readWork(text);
    expect(read).toMatchObject({ ok: false, failure: { reason: "input-invalid", input: "work" } });
    expect(JSON.stringify(read)).toMatch(detail);
  });
  test("ids and commits are taken", () => {
    expect(readWork(work)).toMatchObject({ ok: true, value: { issue: 3, phase: "build" } });
  });
});

describe("the runner's variables", () => {
  const whole = {
    GITHUB_REPOSITORY: "acme/widgets",
    GITHUB_RUN_ID: "17",
    GITHUB_RUN_ATTEMPT: "2",
    GITHUB_WORKFLOW_REF: "acme/widgets/.github/workflows/archwright.yml@refs/heads/main",
    GITHUB_TRIGGERING_ACTOR: "mary",
  };
  test("are read", () => {
    expect(readPlace(whole)).toMatchObject({
      ok: true,
      value: {
        run: { id: "17", attempt: 2 },
        workflow: "archwright.yml",
        link: "https://github.com/acme/widgets/actions/runs/17/attempts/2",
      },
    });
  });
  test.each(["GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_WORKFLOW_REF"])(
    "%s is missed",
    (name) => {
      expect(readPlace({ ...whole, [name]: "" })).toMatchObject({
        ok: false,
        failure: { reason: "input-invalid", input: name },
      });
    },
  );
});
