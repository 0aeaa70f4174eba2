import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import type { App } from "../github/contract.ts";
import { mintToken } from "./mint-token.ts";
import { openTown, type Town } from "./open-town.ts";
import { expectNamedEnds, listPulls, outcomesOf, readPicture, readThread } from "./read-town.ts";

// An App builds and opens the pull request; who reviews it is github-actions[bot], who may refuse what is not its own.

let town: Town;
let builder: App;
let token: string;
beforeAll(async () => {
  town = await openTown({
    workflow: (text) =>
      text.replace("secrets: {", 'secrets: { builder-token: "\x24{{ secrets.BUILDER_TOKEN }}",'),
    secrets: async (github) => {
      const rights = { contents: "write", pull_requests: "write", metadata: "read" } as const;
      builder = github.installApp({ slug: "wright", rights, events: [] });
      token = await mintToken(github, builder);
      return { BUILDER_TOKEN: token };
    },
  });
}, 60_000);
afterAll(() => town.close());
afterEach(() => expectNamedEnds(town));

test("changes are really requested, and the request is dismissed once the score passes", async () => {
  const issue = await town.at("proposed");
  const thinking = town.hold("build.BUILD_01.fix.json");
  await town.walt.comment(issue, readThread(town, issue).approve);
  await thinking.reached;
  const [wanting] = listPulls(town);
  expect(wanting).toMatchObject({ author: "wright[bot]" });
  expect(wanting?.reviews).toMatchObject([
    { author: "github-actions[bot]", state: "CHANGES_REQUESTED" },
  ]);
  expect(wanting?.reviews[0]?.body).toContain("70 of 100");
  thinking.release();
  await town.idle();
  const [passed] = listPulls(town);
  expect(passed?.reviews.map(({ state }) => state)).toEqual(["DISMISSED", "COMMENTED"]);
  expect(readPicture(town).statuses.at(-1)).toMatchObject({ state: "success" });
  expect(readThread(town, issue).status).toContain("accepted, ready for you to merge");
  await town.mary.comment(issue, "/status");
  await town.idle();
  expect(readThread(town, issue).last).toMatch(/review/i);
}, 300_000);

test("a builder's token that has expired is named, and nothing of it leaks", async () => {
  const issue = await town.at("proposed");
  town.github.expireToken(token);
  await town.walt.comment(issue, readThread(town, issue).approve);
  await town.idle();
  expect(outcomesOf(town).at(-1)).toMatch(/^(route|publish) failed$/);
  const log = town.runner.runs.flatMap(({ jobs }) => jobs.map((job) => job.log)).join("\n");
  expect(log).toMatch(/token/i);
  expect(log).not.toContain(token);
  expect(listPulls(town)).toEqual([]);
}, 300_000);
