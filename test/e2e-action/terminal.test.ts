import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openTown, type Town } from "./open-town.ts";
import { outcomesOf, readThread } from "./read-town.ts";

const root = join(import.meta.dirname, "../..");

let town: Town;
let checkout: string;
beforeAll(async () => {
  town = await openTown();
  checkout = mkdtempSync(join(tmpdir(), "archwright-checkout-"));
  const { bare, owner, repo } = town.github;
  execFileSync("git", ["clone", "--quiet", bare, checkout]);
  const origin = `https://github.com/${owner}/${repo}.git`;
  execFileSync("git", ["-C", checkout, "remote", "set-url", "origin", origin]);
}, 60_000);
afterAll(async () => {
  await town.close();
  rmSync(checkout, { recursive: true, force: true });
});

/** The command line as a person uses it. */
function archwright(...parameters: string[]): Promise<{ code: number | null; said: string }> {
  const program = [join(root, "src/cli.ts"), ...parameters];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...program], {
    cwd: checkout,
    env: {
      PATH: process.env.PATH,
      HOME: checkout,
      GH_TOKEN: town.github.userToken("olga"),
      GITHUB_API_URL: town.github.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
  return new Promise((done) => child.on("close", (code) => done({ code, said })));
}

test("doctor asks GitHub as the person, and finds what would stop the workflow, each with its remedy", async () => {
  await town.at("asked");
  town.github.person("olga", "admin");
  town.github.settings.actionsMayCreatePullRequests = false;
  const ill = await archwright("doctor", "--offline");
  expect(ill.code).toBe(1);
  expect(ill.said).toMatch(/✗.*pull requests/);
  expect(ill.said).toContain("Allow GitHub Actions to create and approve pull requests");
  town.github.settings.actionsMayCreatePullRequests = true;
  const better = await archwright("doctor", "--offline", "--json");
  const findings = JSON.parse(better.said) as { about: string; state: string }[];
  expect(findings.length).toBeGreaterThan(8);
  expect(better.said).not.toContain("Allow GitHub Actions to create and approve pull requests");
  expect(town.github.offSpec).toEqual([]);
}, 120_000);

test("init writes what is missing, creates the labels, and the second time changes nothing", async () => {
  await town.at("asked");
  town.github.person("olga", "admin");
  const first = await archwright("init", "--yes");
  expect([first.code, first.said]).toEqual([0, expect.stringContaining("label")]);
  expect(existsSync(join(checkout, ".github/ISSUE_TEMPLATE"))).toBe(true);
  const labels = await fetch(
    `${town.github.url}/repos/${town.github.owner}/${town.github.repo}/labels?per_page=100`,
    { headers: { authorization: `Bearer ${town.github.userToken("mary")}` } },
  );
  const names = ((await labels.json()) as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["archwright", "archwright:waiting"]));
  const before = execFileSync("git", ["-C", checkout, "status", "--porcelain", "-uall"]).toString();
  const writes = town.github.requests.filter(({ method }) => method !== "GET").length;
  const second = await archwright("init", "--yes");
  expect(second.code).toBe(0);
  expect(execFileSync("git", ["-C", checkout, "status", "--porcelain", "-uall"]).toString()).toBe(
    before,
  );
  expect(town.github.requests.filter(({ method }) => method !== "GET")).toHaveLength(writes);
  expect(town.github.offSpec).toEqual([]);
}, 120_000);

test("/doctor in the thread is answered by the run, with its own rights", async () => {
  const issue = await town.at("asked");
  await town.mary.comment(issue, "/archwright doctor");
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route answered");
  expect(readThread(town, issue).last).toMatch(/✓|ok/);
  expect(town.github.offSpec).toEqual([]);
}, 120_000);
