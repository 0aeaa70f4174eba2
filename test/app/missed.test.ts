import { afterEach, expect, test } from "@jest/globals";
import { eventually, offSpecOf, openSite, type Site } from "./open-site.ts";

let site: Site | undefined;
afterEach(async () => {
  await site?.close();
  site = undefined;
});

test("what was delivered while nobody listened is asked for again at the start, and done once", async () => {
  site = await openSite({}, {}, async (github, installed) => {
    installed.webhookUrl = "http://127.0.0.1:9/api/github/webhooks";
    const mary = github.person("mary", "maintain");
    const issue = await mary.openIssue({ title: "Export as CSV", body: "Please." });
    await mary.comment(issue, "/help");
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  const { github, app } = site;
  const seen = (): string => JSON.stringify(github.picture());
  await eventually(site, () => seen().includes("| command |"));
  expect(app.lines.some((line) => line.includes("asked for the delivery again"))).toBe(true);
  expect(seen().split("| command |")).toHaveLength(2);
  expect(offSpecOf(site)).toEqual([]);
});
