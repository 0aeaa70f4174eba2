import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { eventually, examples, offSpecOf, openSite, type Site } from "./open-site.ts";

let site: Site;
afterEach(async () => {
  await site?.close();
});

const request = readFileSync(join(examples, "csv-export.md"), "utf8");
const [title = "", ...body] = request.replace(/^# /, "").split("\n");

type Comment = { author: string; body: string };
const commentsOf = (issue: number): Comment[] => {
  const { threads } = site.github.picture() as {
    threads: { number: number; comments: Comment[] }[];
  };
  return threads.find(({ number }) => number === issue)?.comments ?? [];
};
const said = (issue: number, words: RegExp) => () =>
  commentsOf(issue).find((comment) => words.test(comment.body));

async function ask(): Promise<number> {
  const mary = site.github.person("mary", "maintain");
  const issue = await mary.openIssue({ title, body: body.join("\n") });
  await mary.label(issue, "archwright");
  return issue;
}

test("a label leads to a design in the thread, by the App, on a clone that nobody wrote to", async () => {
  site = await openSite();
  const { github } = site;
  const issue = await ask();
  const plan = await eventually(site, said(issue, /revision 1 · plan `[0-9a-f]{7}`/));
  expect(plan.author).toBe("archwright[bot]");
  expect(plan.body).toContain("BUILD_01");
  const pushed = github.requests.filter(({ path }) => path.includes("git-receive-pack"));
  expect(pushed).toEqual([]);
  const fetched = github.requests.filter(({ path }) => path.includes("git-upload-pack"));
  expect(fetched.map(({ by }) => by)).toEqual(["archwright[bot]"]);
  expect(offSpecOf(site)).toEqual([]);
});

test("where the repository has no workflow, the thread says so and how to mend it", async () => {
  site = await openSite();
  const issue = await ask();
  const failed = await eventually(site, said(issue, /archwright\.yml could not be started/));
  expect(failed.author).toBe("archwright[bot]");
  expect(failed.body).toContain("/retry");
});

test("a label by somebody who has lost the role leads to a refusal, and to no model call", async () => {
  site = await openSite();
  const { github } = site;
  // The label is no proof: the right is asked for when the job runs, and it is gone by then.
  github.onRequest = (_n, _method, path) => {
    if (path.includes("/collaborators/mary/permission")) github.setRole("mary", "read");
  };
  const issue = await ask();
  await eventually(site, () =>
    site.app.lines.find((line) => /"outcome":"(refused|ignored)"/.test(line)),
  );
  expect(said(issue, /revision 1/)()).toBeUndefined();
  const started = site.app.lines.filter((line) => line.includes("the worker carries it out"));
  expect(started).toEqual([]);
});

test("commands are answered once, however often and in whichever order they are delivered", async () => {
  site = await openSite();
  const { github } = site;
  const mary = github.person("mary", "maintain");
  const issue = await mary.openIssue({ title, body: body.join("\n") });
  await mary.comment(issue, "/help");
  await eventually(site, said(issue, /\| command \|/));
  await mary.comment(issue, "/no-such-command");
  await eventually(site, () => commentsOf(issue).length >= 4);
  expect(commentsOf(issue).filter(({ body: text }) => text.includes("| command |"))).toHaveLength(
    1,
  );
  expect(offSpecOf(site)).toEqual([]);
});
