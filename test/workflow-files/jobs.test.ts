import { beforeAll, expect, test } from "@jest/globals";
import type { WorkflowDefinition } from "../github/workflow-definition.ts";
import { load, type Occasion, startJobs } from "./start-jobs.ts";

// Which jobs start on which occasion, by the `if`s of the real files.

let caller: WorkflowDefinition;
let called: WorkflowDefinition;
let appCaller: WorkflowDefinition;
let appCalled: WorkflowDefinition;
beforeAll(async () => {
  caller = await load("examples/workflow.yml");
  called = await load(".github/workflows/archwright.yml");
  appCaller = await load("examples/workflow-app.yml");
  appCalled = await load(".github/workflows/archwright-app.yml");
});

const person = { login: "ada", type: "User" };
const bot = { login: "github-actions[bot]", type: "Bot" };
const other = { login: "mergify[bot]", type: "Bot" };
const marked = "<!-- archwright key=plan-main-1 at=3 sha=0123456789ab -->\n### The plan";
const work = (phase: string): string =>
  JSON.stringify({ issue: 12, phase, nonce: "a".repeat(64), head: "b".repeat(40) });

const issue = (labels: string[] = []) => ({
  number: 12,
  labels: labels.map((name) => ({ name })),
});
const labeled = (name: string, sender = person): Occasion => ({
  event: "issues",
  payload: { action: "labeled", label: { name }, issue: issue([name]), sender },
});
const comment = (action: string, body: string, more: object = {}, sender = person): Occasion => ({
  event: "issue_comment",
  payload: { action, issue: issue(), comment: { body, user: person }, sender, ...more },
});
const pull = (event: string, action: string, more: object = {}, head: object = {}): Occasion => ({
  event,
  payload: {
    action,
    sender: person,
    pull_request: {
      number: 30,
      head: { ref: "archwright/12-csv-01", repo: { full_name: "octo/repo" }, ...head },
    },
    ...more,
  },
});
const review = (state: string, head: object = {}, sender = person): Occasion =>
  pull("pull_request_review", "submitted", { review: { state }, sender }, head);
const fork = { repo: { full_name: "mallory/repo" } };

const starts: [string, Occasion][] = [
  ["our label", labeled("archwright")],
  ["our label, set by a template: the event of the label", labeled("archwright")],
  ["another name of our label", { ...labeled("design me"), with: { label: "design me" } }],
  [
    "our label, set by a bot on the list",
    { ...labeled("archwright", other), with: { bots: "a[bot],mergify[bot]" } },
  ],
  [
    "a transferred issue of ours",
    {
      event: "issues",
      payload: { action: "transferred", issue: issue(["archwright"]), sender: person },
    },
  ],
  ["a command", comment("created", "/design")],
  [
    "an edited command",
    comment("edited", "/approve 3f2a9c1", { changes: { body: { from: "/approve" } } }),
  ],
  [
    "an approval that was edited away",
    comment("edited", "never mind", { changes: { body: { from: "/approve 3f2a9c1" } } }),
  ],
  ["a deleted approval", comment("deleted", "/approve 3f2a9c1")],
  [
    "a person's edit of a bot's comment",
    comment("edited", `${marked}!`, { changes: { body: { from: marked } } }),
  ],
  [
    "a person's removal of our marker",
    comment("edited", "mine now", { changes: { body: { from: marked } } }),
  ],
  ["a person's deletion of a bot's comment", comment("deleted", marked)],
  ["a review that asks for changes", review("changes_requested")],
  ["an approving review", review("approved")],
  ["a merged pull request", pull("pull_request_target", "closed")],
  ["one merged by a merge queue", pull("pull_request_target", "closed", { sender: other })],
  ["a person's push to a branch of ours", pull("pull_request_target", "synchronize")],
  [
    "a retargeted pull request",
    pull("pull_request_target", "edited", { changes: { base: { ref: { from: "main" } } } }),
  ],
  ["the schedule", { event: "schedule", payload: { schedule: "17 * * * *" } }],
  ["a press of Run workflow", { event: "workflow_dispatch", payload: { sender: person } }],
  [
    "a dispatch with something else than work",
    { event: "workflow_dispatch", work: "rm -rf", payload: { sender: person } },
  ],
  ["a re-run of a command", { ...comment("created", "/design"), attempt: 2 }],
];
test.each(starts)("%s starts route, and nothing else while nothing is leased", (_, occasion) => {
  expect(startJobs(caller, called, occasion).started).toEqual(["route"]);
});

const idle: [string, Occasion][] = [
  ["another label", labeled("bug")],
  ["our label, set by a bot", labeled("archwright", bot)],
  [
    "our label, set by a bot whose name is part of a listed one",
    {
      ...labeled("archwright", { login: "ify[bot]", type: "Bot" }),
      with: { bots: "mergify[bot]" },
    },
  ],
  [
    "an opened issue that a template labelled: another event tells of the label",
    {
      event: "issues",
      payload: { action: "opened", issue: issue(["archwright"]), sender: person },
    },
  ],
  [
    "a deleted issue of somebody else",
    { event: "issues", payload: { action: "deleted", issue: issue(["bug"]), sender: person } },
  ],
  ["chatter", comment("created", "what about /design?")],
  ["a quoted command", comment("created", "> /approve 3f2a9c1")],
  ["a new comment with our marker in it", comment("created", marked)],
  ["an edit of chatter", comment("edited", "thanks!", { changes: { body: { from: "thanks" } } })],
  ["a deletion of chatter", comment("deleted", "thanks")],
  ["a comment of ours", comment("created", marked, {}, bot)],
  ["a bot's command", comment("created", "/design", {}, other)],
  ["our own edit", comment("edited", marked, { changes: { body: { from: marked } } }, bot)],
  ["a review that only comments", review("commented")],
  ["a review of another branch", review("changes_requested", { ref: "feature" })],
  ["a review of a fork's pull request", review("changes_requested", fork)],
  ["a fork's branch that is named like ours", pull("pull_request_target", "closed", {}, fork)],
  ["a fork that was deleted", pull("pull_request_target", "closed", {}, { repo: null })],
  ["a review by a bot", review("changes_requested", {}, other)],
  ["our own push", pull("pull_request_target", "synchronize", { sender: bot })],
  ["an edited title", pull("pull_request_target", "edited", { changes: { title: { from: "x" } } })],
  ["another pull request", pull("pull_request_target", "closed", {}, { ref: "feature" })],
  ["an opened pull request", pull("pull_request_target", "opened")],
  ["a push", { event: "push", payload: { sender: person } }],
];
test.each(idle)("%s starts no job", (_, occasion) => {
  expect(startJobs(caller, called, occasion).started).toEqual([]);
});

test("what route leases is worked on in the same run", () => {
  const leased = (phase: string): Occasion => ({
    ...comment("created", "/design"),
    ends: { route: { outputs: { work: work(phase) } } },
  });
  for (const phase of ["design", "validate", "build"]) {
    expect(startJobs(caller, called, leased(phase)).started).toEqual(["route", "phase", "publish"]);
  }
  expect(startJobs(caller, called, leased("review")).started).toEqual([
    "route",
    "checks",
    "phase",
    "publish",
  ]);
});

const dispatched = (phase: string, more: Partial<Occasion> = {}): Occasion => ({
  event: "workflow_dispatch",
  work: work(phase),
  payload: { sender: bot },
  ...more,
});

test("a dispatched lease needs no route", () => {
  expect(startJobs(caller, called, dispatched("build")).started).toEqual(["phase", "publish"]);
  expect(startJobs(caller, called, dispatched("review")).started).toEqual([
    "checks",
    "phase",
    "publish",
  ]);
});

test("a re-run of a dispatched lease is routed: it means /retry, and only what route leases anew is run", () => {
  const again = dispatched("build", { attempt: 2 });
  expect(startJobs(caller, called, again).started).toEqual(["route"]);
  const allowed = { ...again, ends: { route: { outputs: { work: work("review") } } } };
  expect(startJobs(caller, called, allowed).started).toEqual([
    "route",
    "checks",
    "phase",
    "publish",
  ]);
  const failed = { ...again, ends: { route: { result: "failure" as const } } };
  expect(startJobs(caller, called, failed).started).toEqual(["route"]);
});

test("publish settles the lease whatever became of the other jobs", () => {
  const ends = (job: string, result: "failure" | "cancelled") => ({ ends: { [job]: { result } } });
  for (const result of ["failure", "cancelled"] as const) {
    expect(startJobs(caller, called, dispatched("build", ends("phase", result))).started).toEqual([
      "phase",
      "publish",
    ]);
    // Without the outcomes of the commands there is nothing to review: no money is spent, and publish says so.
    expect(startJobs(caller, called, dispatched("review", ends("checks", result))).started).toEqual(
      ["checks", "publish"],
    );
  }
  expect(startJobs(caller, called, dispatched("build", { cancelledAt: "phase" })).started).toEqual([
    "publish",
  ]);
  const cancelled = { ...comment("created", "/design"), cancelledAt: "route" };
  expect(startJobs(caller, called, cancelled).started).toEqual([]);
  const lost: Occasion = {
    ...comment("created", "/design"),
    ends: { route: { result: "failure", outputs: { work: work("design") } } },
  };
  expect(startJobs(caller, called, lost).started).toEqual(["route", "publish"]);
});

test("route and publish of one issue wait for each other, and for no other issue", () => {
  const run = startJobs(caller, called, {
    ...comment("created", "/design"),
    ends: { route: { outputs: { work: work("review") } } },
  });
  expect(run.groups).toEqual({ route: "archwright-ledger-12", publish: "archwright-ledger-12" });
  const group = (occasion: Occasion) => startJobs(caller, called, occasion).groups.route;
  expect(group(review("approved"))).toBe("archwright-ledger-30");
  expect(group({ event: "schedule" })).toBe("archwright-ledger-sweep");
  expect(group(dispatched("build", { attempt: 2 }))).toBe("archwright-ledger-12");
  expect(group({ event: "workflow_dispatch", work: "rubbish" })).toBe("archwright-ledger-sweep");
  expect(startJobs(caller, called, dispatched("build")).groups).toEqual({
    publish: "archwright-ledger-12",
  });
});

test("the App's form starts only what only reads, and only for a lease", () => {
  const started = (occasion: Occasion) => startJobs(appCaller, appCalled, occasion).started;
  expect(started(dispatched("design"))).toEqual(["phase"]);
  expect(started(dispatched("review"))).toEqual(["checks", "phase"]);
  expect(started(dispatched("review", { ends: { checks: { result: "failure" } } }))).toEqual([
    "checks",
  ]);
  expect(started({ event: "workflow_dispatch", work: "rubbish" })).toEqual([]);
  expect(started(comment("created", "/design"))).toEqual([]);
});
