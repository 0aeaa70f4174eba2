import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { openTown, type Town } from "./open-town.ts";
import {
  expectNamedEnds,
  listComments,
  outcomesOf,
  readLedger,
  readThread,
  typesOf,
} from "./read-town.ts";
import { longDesign, write } from "./replies.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());
afterEach(() => expectNamedEnds(town));

const typesIn = (issue: number): string[] => typesOf(readLedger(town, issue));
const workflow = ".github/workflows/archwright.yml";

test("a workflow that grants less than is needed starts no job, and the page of runs says which right", async () => {
  const issue = await town.at("asked");
  const text = readFileSync("examples/workflow.yml", "utf8");
  await town.mary.push("main", { [workflow]: text.replace(/^ {2}statuses: write.*\n/m, "") });
  await town.idle();
  await town.mary.label(issue, "archwright");
  await town.idle();
  const run = town.runner.runs.at(-1);
  expect(run?.conclusion).toBe("startup_failure");
  expect(run?.errors.join("\n")).toContain("statuses: write");
  expect(readLedger(town, issue)).toEqual([]);

  await town.mary.push("main", { [workflow]: text });
  await town.mary.unlabel(issue, "archwright");
  await town.mary.label(issue, "archwright");
  await town.idle();
  expect(readThread(town, issue).status).toContain("waiting for approval");
}, 300_000);

test("a token that expires before anything is published: red with a name, and the next look mends it", async () => {
  const issue = await town.at("asked");
  let expired = 0;
  town.onStep = ({ job, environment }) => {
    if (job !== "publish" || expired > 0) return;
    expired += 1;
    town.github.expireToken(environment["INPUT_GITHUB-TOKEN"] ?? "");
  };
  await town.mary.label(issue, "archwright");
  await town.idle();
  expect(expired).toBe(1);
  expect(outcomesOf(town)).toEqual(["route started", "phase handed-over", "publish failed"]);
  const run = town.runner.runs[0];
  expect(run?.conclusion).toBe("failure");
  const page = run?.jobs.map(({ summary }) => summary).join("\n") ?? "";
  expect(page).toMatch(/401|credential|token/i);
  // The work is still there as an artifact: publishing alone is run again.
  await town.runner.rerun(run?.id ?? 0, "walt", "failed");
  await town.idle();
  expect(readThread(town, issue).status).toContain("waiting for approval");
  expect(typesIn(issue).filter((type) => type === "PhaseStarted")).toHaveLength(2);
}, 300_000);

test("a locked issue: who may write goes on, and so do we", async () => {
  const issue = await town.at("proposed");
  await town.mary.lockIssue(issue);
  await expect(town.rita.comment(issue, "/status")).rejects.toThrow("locked");
  await town.walt.comment(issue, "/status");
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route answered");
  expect(readThread(town, issue).last).toContain("waiting for approval");
}, 300_000);

test("a spec that no comment can hold is told in parts, none of them too long, and can be built", async () => {
  const issue = await town.at("asked");
  town.say("design.json", longDesign);
  town.say("build.BUILD_01.S-1.json", write("hello, please\n"));
  await town.mary.label(issue, "archwright");
  await town.idle();
  const comments = await listComments(town, issue);
  const spec = comments.filter(({ body }) => body.includes("key=spec-main-1-"));
  expect(spec.length).toBeGreaterThan(0);
  for (const { body } of comments) expect(body.length).toBeLessThanOrEqual(65_536);
  const said = comments.map(({ body }) => body).join("\n");
  expect(said.length).toBeGreaterThan(65_536);
  expect(said).toContain("The greeting number 899 is missing");
  await town.walt.comment(issue, readThread(town, issue).approve);
  await town.idle();
  expect(readThread(town, issue).status).toContain("accepted, ready for you to merge");
}, 300_000);

test("the label of somebody who lost the right meanwhile begins nothing", async () => {
  const issue = await town.at("asked");
  const tom = town.github.person("tom", "triage");
  await tom.label(issue, "archwright");
  town.github.setRole("tom", "read");
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route refused");
  expect(readLedger(town, issue)).toEqual([]);
  expect(readThread(town, issue).last).toContain("needs one of");
}, 300_000);
