import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { openTown, type Town } from "./open-town.ts";
import {
  expectNamedEnds,
  listPulls,
  outcomesOf,
  readLedger,
  readPicture,
  readThread,
  typesOf,
} from "./read-town.ts";
import { replies, write } from "./replies.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());
afterEach(() => expectNamedEnds(town));

const typesIn = (issue: number): string[] => typesOf(readLedger(town, issue));
const pullOf = () => listPulls(town)[0] ?? { number: 0, reviews: [], pull: null };
const branch = "archwright/1-greet-readers-01";
const fileAt = (path: string): string =>
  execFileSync("git", ["-C", town.github.bare, "show", `${branch}:${path}`], { encoding: "utf8" });

/** The review works from now on; the next fix round makes it louder. */
function mend(): void {
  town.say("review.BUILD_01.json", replies["review.BUILD_01.json"]);
  town.say("build.BUILD_01.fix.json", write("hello, please!\n"));
}

describe("a person", () => {
  test("requests changes: they are findings of a fix round", async () => {
    const issue = await town.at("built");
    mend();
    await town.rita.review(pullOf().number, { event: "REQUEST_CHANGES", body: "Louder!" });
    await town.idle();
    expect(outcomesOf(town).at(-1)).toBe("route refused");
    expect(typesIn(issue)).not.toContain("FixRequested");
    await town.walt.review(pullOf().number, {
      event: "REQUEST_CHANGES",
      body: "Not yet.",
      comments: [{ path: "hello.txt", line: 1, body: "Louder, please!" }],
    });
    await town.idle();
    const said = readLedger(town, issue).find(({ type }) => type === "PersonReviewed");
    expect(said?.findings).toEqual([
      { path: null, line: null, text: "Not yet." },
      { path: "hello.txt", line: 1, text: "Louder, please!" },
    ]);
    expect(fileAt("hello.txt")).toBe("hello, please!\n");
    expect(readThread(town, issue).status).toContain("accepted, ready for you to merge");
    expect(listPulls(town)).toHaveLength(1);
  }, 300_000);

  test("says /fix on the pull request: the same; /status and /ask are answered there", async () => {
    const issue = await town.at("built");
    mend();
    const { number } = pullOf();
    await town.walt.comment(number, "/status");
    await town.idle();
    expect(readThread(town, number).last).toContain("failed: review of BUILD_01");
    await town.walt.comment(number, "/fix");
    await town.idle();
    expect(outcomesOf(town).at(-1)).toBe("route refused");
    await town.walt.comment(number, "/fix it should be louder");
    await town.idle();
    expect(typesIn(issue)).toContain("FixRequested");
    expect(fileAt("hello.txt")).toBe("hello, please!\n");
    expect(readPicture(town).statuses.at(-1)).toMatchObject({ state: "success" });
  }, 300_000);

  test("closes the pull request in the middle: the work stops and asks, and /continue goes on", async () => {
    const issue = await town.at("built");
    mend();
    const thinking = town.hold("review.BUILD_01.json");
    await town.walt.comment(issue, "/retry");
    await thinking.reached;
    const before = outcomesOf(town).length;
    await town.mary.closePull(pullOf().number);
    await town.ended(before + 1);
    thinking.release();
    await town.idle();
    expect(typesIn(issue)).toContain("FeaturePaused");
    expect(typesIn(issue)).not.toContain("ReviewScored");
    const paused = readThread(town, issue);
    expect(paused.status).toContain("paused: the pull request was closed");
    expect(paused.labels).toContain("archwright:waiting");
    expect(paused.bodies.join("\n")).toContain("**Paused.** The pull request was closed.");
    expect(pullOf()).toMatchObject({ state: "closed" });
    await town.walt.comment(issue, "/continue");
    await town.idle();
    expect(readThread(town, issue).status).toContain("accepted, ready for you to merge");
  }, 300_000);

  test("pushes with force: the work stops, nothing is written over, and /continue reviews what is there", async () => {
    const issue = await town.at("built");
    mend();
    const pushed = await town.walt.push(
      branch,
      { "hello.txt": "hello and please\n" },
      { force: true },
    );
    await town.idle();
    expect(readThread(town, issue).status).toContain("paused: somebody pushed to the branch");
    await town.walt.comment(issue, "/retry");
    await town.idle();
    expect(outcomesOf(town).at(-1)).toBe("route refused");
    await town.walt.comment(issue, "/continue");
    await town.idle();
    expect(fileAt("hello.txt")).toBe("hello and please\n");
    const head = execFileSync("git", ["-C", town.github.bare, "rev-parse", branch]);
    expect(head.toString().trim()).toBe(pushed);
    expect(readThread(town, issue).status).toContain("accepted, ready for you to merge");
  }, 300_000);

  test("makes the pull request go into another branch: the work stops and says so", async () => {
    const issue = await town.at("built");
    mend();
    await town.mary.push("next", { "other.txt": "Another branch.\n" });
    await town.idle();
    await town.mary.retarget(pullOf().number, "next");
    await town.idle();
    expect(readThread(town, issue).status).toContain("goes into another branch");
    expect(pullOf().pull).toMatchObject({ base: "next" });
    await town.mary.retarget(pullOf().number, "main");
    await town.idle();
    await town.walt.comment(issue, "/continue");
    await town.idle();
    expect(readThread(town, issue).status).not.toContain("paused");
    expect(pullOf().pull).toMatchObject({ base: "main" });
  }, 300_000);

  test("transfers the issue: what runs ends, and every run says so", async () => {
    const issue = await town.at("built");
    mend();
    await town.mary.transferIssue(issue);
    await town.idle();
    const types = typesIn(issue);
    expect(types.at(-1)).toBe("FeaturePaused");
    expect(outcomesOf(town).at(-1)).toMatch(/^route (decided|stopped)$/);
    town.runner.schedule();
    await town.idle();
    expect(outcomesOf(town).at(-1)).toBe("route swept");
    expect(typesIn(issue)).toEqual(types);
  }, 300_000);
});

test("Actions may not open pull requests: a link, and what a person opens from it is taken up", async () => {
  const issue = await town.at("proposed");
  town.github.settings.actionsMayCreatePullRequests = false;
  town.say("build.BUILD_01.S-1.json", write("hello, please\n"));
  await town.walt.comment(issue, readThread(town, issue).approve);
  await town.idle();
  expect(listPulls(town)).toEqual([]);
  const told = readThread(town, issue);
  const notice = told.bodies.find((body) => body.includes("key=notice-pull-BUILD_01")) ?? "";
  expect(notice).toContain("Allow GitHub Actions to create and approve pull requests");
  expect(notice).toContain(`/compare/main...${branch}?quick_pull=1`);
  expect(readPicture(town).branches.map(({ name }) => name)).toContain(branch);
  expect(told.status).toContain("accepted");

  const pull = await town.walt.openPull({ head: branch, title: "Greet", body: `For #${issue}` });
  await town.idle();
  town.runner.schedule();
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route swept");
  const [adopted, none] = listPulls(town);
  expect(none).toBeUndefined();
  expect(adopted).toMatchObject({ number: pull, author: "walt", title: "Greet" });
  expect(adopted?.reviews.length).toBeGreaterThan(0);
  expect(readPicture(town).statuses.at(-1)).toMatchObject({ state: "success" });
  await town.mary.merge(pull);
  await town.idle();
  expect(typesIn(issue)).toContain("PullRequestClosed");
  expect(readThread(town, issue).status).toContain("*done*");
}, 300_000);
