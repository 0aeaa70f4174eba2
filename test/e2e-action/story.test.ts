import { afterAll, beforeAll, expect, test } from "@jest/globals";
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
import { design, questions } from "./replies.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());

const published = ["phase handed-over", "publish published"];
const started = ["route started", ...published];

/** What was begun since `before` jobs had ended. */
const since = (before: string[]): string[] => outcomesOf(town).slice(before.length);

async function askAndAnswer(): Promise<number> {
  const issue = await town.at("asked");
  town.say("design.1.json", questions);
  await town.mary.label(issue, "archwright");
  await town.idle();
  expect(outcomesOf(town)).toEqual(started);
  expect(readThread(town, issue).status).toContain("waiting for answers");
  expect(readThread(town, issue).last).toContain("1. **Who is greeted?** *(decides the words)*");
  expect(readThread(town, issue).last).toContain("/answer 1 a");
  const before = outcomesOf(town);
  await town.mary.comment(issue, "/answer 1 b");
  await town.idle();
  expect(since(before)).toEqual([...started, ...published]);
  expect(readThread(town, issue).status).toContain("waiting for approval");
  const given = readLedger(town, issue).find(({ type }) => type === "QuestionsAnswered");
  expect(given?.answers).toEqual([{ question: "Q-1", answer: "b" }]);
  return issue;
}

async function refineAndValidate(issue: number): Promise<string> {
  const first = readThread(town, issue).approve;
  const summary = "It greets, and briefly.";
  town.say("design.json", { ...design, design: { ...design.design, summary } });
  await town.walt.comment(issue, "/refine be brief");
  await town.idle();
  const refined = readThread(town, issue);
  expect(refined.bodies.join("\n")).toContain("· revision 2 ·");
  expect(refined.last).toMatch(/\*\*Ready\*\* · \d+ claims: ✓ \d+ checked, ✗ 0 refuted/);
  expect(refined.approve).not.toBe(first);
  const plans = refined.comments.filter(({ body }) => /key=(plan|spec)-main-/.test(body));
  expect(plans.map(({ minimized }) => minimized !== null)).toEqual([true, true, false, false]);
  const before = outcomesOf(town);
  await town.walt.comment(issue, "/validate");
  await town.idle();
  expect(since(before)).toEqual(started);
  expect(readThread(town, issue).last).toContain("key=validation-3-");
  return refined.approve;
}

test("from a label to a merge: questions, a second revision, a wrong person, a fix round", async () => {
  const issue = await askAndAnswer();
  const approve = await refineAndValidate(issue);

  const before = outcomesOf(town);
  await town.rita.comment(issue, approve);
  await town.idle();
  expect(since(before)).toEqual(["route refused"]);
  const refused = readThread(town, issue);
  expect(refused.last).toContain(
    "/approve needs one of: admin, maintain, write. Your role is read.",
  );
  expect(refused.comments.at(-2)?.reactions).toContain("github-actions[bot] -1");

  await town.walt.comment(issue, approve);
  await town.idle();
  const reviewed = ["checks recorded", ...published];
  const built = ["route started", ...published];
  expect(since([...before, "route refused"])).toEqual([
    ...[...built, ...reviewed],
    ...[...published, ...reviewed],
  ]);
  const [pull, none] = listPulls(town);
  expect(none).toBeUndefined();
  expect(pull).toMatchObject({ title: "Greet in a file", author: "github-actions[bot]" });
  expect(pull?.pull).toMatchObject({ draft: false, base: "main" });
  expect(pull?.body).toContain(`Closes #${issue}`);
  expect(pull?.body).toContain("- [x] AC-2 (must)");
  // An author cannot request changes of itself: the status at the exact head says it.
  expect(pull?.reviews.map(({ state, body }) => [state, /(\d+) of 100/.exec(body)?.[1]])).toEqual([
    ["COMMENTED", "70"],
    ["COMMENTED", "100"],
  ]);
  expect(pull?.reviews[0]?.comments).toMatchObject([{ path: "hello.txt", line: 1 }]);
  expect(pull?.reviews[0]?.comments[0]?.body).not.toContain("@everybody");
  expect(readPicture(town).statuses.map(({ state }) => state)).toEqual(["failure", "success"]);
  expect(readThread(town, issue).status).toContain("accepted, ready for you to merge: BUILD_01");
  expect(readThread(town, issue).labels).toEqual(["archwright", "archwright:accepted"]);

  await town.mary.merge(pull?.number ?? 0);
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route decided");
  expect(readThread(town, issue)).toMatchObject({ state: "closed" });
  expect(readThread(town, issue).status).toContain("*done*");
  expect(typesOf(readLedger(town, issue)).slice(-3)).toEqual([
    "SpecAccepted",
    "FeatureCompleted",
    "PullRequestClosed",
  ]);
  expectNamedEnds(town);
}, 300_000);

test("what is asked beside it is answered, and changes nothing", async () => {
  const issue = await town.at("proposed");
  const ledger = typesOf(readLedger(town, issue));
  await town.rita.comment(issue, "/help");
  await town.idle();
  expect(readThread(town, issue).last).toContain("/approve <hash>");
  await town.rita.comment(issue, "/status");
  await town.idle();
  expect(readThread(town, issue).last).toContain("waiting for approval");
  expect(outcomesOf(town).slice(-2)).toEqual(["route answered", "route answered"]);
  expect(typesOf(readLedger(town, issue))).toEqual(ledger);

  await town.rita.comment(issue, "/ask How are texts kept?");
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route refused");
  await town.mary.comment(issue, "/ask How are texts kept?");
  await town.idle();
  expect(outcomesOf(town).slice(-3)).toEqual(started);
  const asked = readThread(town, issue);
  expect(asked.last).toContain("**mary asked**: How are texts kept?");
  expect(asked.last).toContain("`README.md:3` ✓");
  expect(asked.status).toContain("waiting for approval");
  expect(readPicture(town).branches.map(({ name }) => name)).toEqual(["main"]);

  const before = town.runner.runs.length;
  await town.rita.comment(issue, "I like it, and /approve of it");
  await town.idle();
  expect(town.runner.runs.slice(before).map(({ conclusion }) => conclusion)).toEqual(["skipped"]);
  await town.mary.comment(issue, "/aprove");
  await town.idle();
  expect(readThread(town, issue).last).toContain("/approve");
  expectNamedEnds(town);
}, 300_000);
