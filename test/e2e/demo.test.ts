import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import type { Summary } from "../../src/cli/summarize.ts";
import { bareEnvironment, type Called, callArchwright } from "./scene.ts";

// The main job, as README says it: one command, offline, and a branch whose code works.

const folder = mkdtempSync(join(tmpdir(), "archwright-demo-test-"));
const kept = join(folder, "kept");
let called: Called;
let summary: Summary;

const git = async (...parameters: string[]): Promise<string> =>
  (await execa("git", parameters, { cwd: summary.repository })).stdout;

beforeAll(async () => {
  const json = join(folder, "summary.json");
  called = await callArchwright(["demo", "--json", json, "--keep", kept], folder, { home: folder });
  summary = JSON.parse(readFileSync(json, "utf8")) as Summary;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the demo", () => {
  test("ends accepted", () => {
    expect(called.code).toBe(0);
    expect(summary.next.kind).toBe("merge");
  });

  test("says openly that only the model's words are scripted", () => {
    expect(called.stdout).toMatch(/Scripted:\s+the model's words/);
    expect(called.stdout).toMatch(/Real:\s+git, program checks, commands, evidence, score/);
  });

  test("falls short first and passes after one fix round", () => {
    expect(summary.scores).toHaveLength(2);
    expect(summary.scores[0]).toBeLessThan(90);
    expect(summary.scores[1]).toBeGreaterThanOrEqual(90);
    expect(summary.rounds).toBe(1);
  });

  test("goes through every phase, with time and money for each", () => {
    const phases = summary.phases.map((phase) => `${phase.phase} ${phase.attempt}`);
    expect(phases).toEqual([
      "design 1",
      "validate 1",
      "build 1",
      "review 1",
      "build 2",
      "review 2",
    ]);
    for (const phase of summary.phases) {
      expect(phase.seconds).toBeGreaterThan(0);
      expect(phase.micros).toBeGreaterThan(0);
    }
    expect(summary.cost.micros).toBe(
      summary.phases.reduce((sum, phase) => sum + (phase.micros ?? 0), 0),
    );
    expect(summary.modelCalls).toBeGreaterThanOrEqual(8);
  });

  test("ends with the branch, its commits, the score by its parts, and what to do next", () => {
    const end = called.stdout.slice(called.stdout.lastIndexOf("BUILD_01: branch"));
    expect(end).toContain(summary.branch ?? "no-branch");
    expect(end).toMatch(/[0-9a-f]{10} S-1: Write the format/);
    expect(end).toMatch(/[0-9a-f]{10} Fix round 1: /);
    expect(end).toContain("✓ AC-3 met:");
    expect(end).toMatch(new RegExp(`acceptance 60/60 · .* · score ${summary.scores.at(-1)}`));
    expect(end).toContain(`git merge ${summary.branch}`);
  });

  test("the missed criterion was found by a command, and the model's claim did not count", async () => {
    const review = await git("cat-file", "blob", "refs/archwright/issues/1:review-01-1.md");
    expect(review).toMatch(/AC-3 \(must, unmet\)/);
    expect(review).toMatch(/failed with exit code 1/);
  });

  test("the branch holds working code: its tests pass when run by hand, and the new format prints", async () => {
    const checkout = join(folder, "checkout");
    await git("worktree", "add", "--quiet", checkout, summary.branch ?? "no-branch");
    const options = { cwd: checkout, env: bareEnvironment(folder), extendEnv: false };
    const tests = await execa("npm", ["test"], options);
    expect(tests.exitCode).toBe(0);
    const printed = await execa(
      "node",
      ["src/cli.ts", "samples/march.json", "--format", "csv"],
      options,
    );
    expect(printed.stdout).toContain('"Door seal, ""large"""');
    expect(
      existsSync(
        join(checkout, "docs/designs/1-export-invoices-as-csv-for-the-accountant/design.md"),
      ),
    ).toBe(true);
  });

  test("the user's branch and work tree are as they were", async () => {
    expect(await git("branch", "--show-current")).toBe("main");
    expect(await git("status", "--porcelain")).toBe("");
    expect(await git("rev-list", "--count", "main")).toBe("1");
  });
});
