import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { TestApp } from "./open-app.ts";
import { type Hamlet, openHamlet, startHamletApp, until, untilIdle } from "./open-hamlet.ts";
import { openRelay, type Relay } from "./open-relay.ts";
import { offSpecIn, readThread } from "./read-hamlet.ts";

// What the worker does by itself, in a repository without a workflow.

let hamlet: Hamlet;
let app: TestApp;
let restore: () => void;
let relay: Relay;
beforeAll(async () => {
  hamlet = await openHamlet({ workflow: false });
  relay = await openRelay(hamlet.installed.webhookUrl ?? "");
  hamlet.installed.webhookUrl = relay.url;
  restore = hamlet.github.save();
});
beforeEach(async () => {
  app = await startHamletApp(hamlet);
});
afterEach(async () => {
  await app.close();
  expect(offSpecIn(hamlet)).toEqual([]);
  hamlet.github.onRequest = null;
  hamlet.github.requests.splice(0);
  relay.held.splice(0);
  restore();
});
afterAll(async () => {
  await relay?.close();
  await hamlet?.close();
});

const open = (): Promise<number> =>
  hamlet.mary.openIssue({ title: "Greet readers", body: "A file should greet." });
async function ask(): Promise<number> {
  const issue = await open();
  await hamlet.mary.label(issue, "archwright");
  return issue;
}
const said = (issue: number, words: RegExp) => (): string | undefined =>
  readThread(hamlet, issue).own.find((body) => words.test(body));
const callsOf = (words: RegExp) =>
  hamlet.github.requests.filter(({ path, route }) => words.test(path) || words.test(route));

test("a label leads to a design in the thread, by the App, on a clone that nobody wrote to", async () => {
  const issue = await ask();
  const plan = await until(app, said(issue, /revision 1 · plan `[0-9a-f]{7}`/));
  expect(plan).toContain("BUILD_01");
  expect(callsOf(/git-receive-pack/)).toEqual([]);
  expect(callsOf(/git-upload-pack/).map(({ by }) => by)).toEqual(["archwright[bot]"]);
  // Nobody has the workflow: the thread says so, and how to mend it.
  const failed = await until(app, said(issue, /archwright\.yml could not be started/));
  expect(failed).toContain("/retry");
});

test("a label by somebody who has lost the role leads to a refusal, and to no model call", async () => {
  const { github } = hamlet;
  // The label is no proof: the right is asked for when the job runs, and it is gone by then.
  github.onRequest = (_n, _method, path) => {
    if (path.includes("/collaborators/mary/permission")) github.setRole("mary", "read");
  };
  const issue = await ask();
  await until(app, () => app.lines.find((line) => /"outcome":"(refused|ignored)"/.test(line)));
  expect(said(issue, /revision 1/)()).toBeUndefined();
  expect(app.lines.filter((line) => line.includes("the worker carries it out"))).toEqual([]);
  github.setRole("mary", "maintain");
});

test("each command is answered once", async () => {
  const { mary } = hamlet;
  const issue = await open();
  await mary.comment(issue, "/help");
  await until(app, said(issue, /\| command \|/));
  await mary.comment(issue, "/no-such-command");
  await until(app, () => readThread(hamlet, issue).own.length >= 2);
  await untilIdle(app);
  const { own } = readThread(hamlet, issue);
  expect(own.filter((body) => body.includes("| command |"))).toHaveLength(1);
  expect(own).toHaveLength(2);
});

test("what is wrong with a configuration is told once, under our mark, and calls nobody", async () => {
  const { mary, github } = hamlet;
  await mary.push(github.defaultBranch, {
    ".github/archwright.yml":
      'models: { "@everybody": 3 }\nlabel: "#1 @mary"\nbogus: "@octo/team"\n',
  });
  const issue = await open();
  await mary.comment(issue, "/help");
  const told = await until(app, said(issue, /archwright\.yml/));
  expect(told).toMatch(/^<!-- archwright key=reply-[0-9a-f]{12} at=0 sha=<hash> -->\n/);
  expect(told).not.toMatch(/(^|[^`\w])@(everybody|mary|octo)/);
  await untilIdle(app);
  await app.stop();
  // Another App over the same thread remembers nothing, and gets the same delivery again.
  app = await startHamletApp(hamlet);
  await relay.replay();
  await until(app, () => app.lines.some((line) => line.includes("failed for good")));
  await untilIdle(app);
  expect(readThread(hamlet, issue).own).toEqual([told]);
});
