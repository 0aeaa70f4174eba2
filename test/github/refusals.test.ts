import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { allRights, type Bench, openBench, type Reply } from "./open-bench.ts";

let bench: Bench;
let bot: string;
let own: number;
let foreign: number;
let head: string;
let issue: number;

beforeAll(async () => {
  bench = await openBench();
  const { standIn, repo, call } = bench;
  bot = standIn.actionsToken(allRights);
  const ada = standIn.person("ada", "write");
  issue = await ada.openIssue({ title: "One", body: "one" });
  head = await ada.push("feature", { "src/two.txt": "1\n2\n3\n" });
  await ada.push("other", { "src/three.txt": "3\n" });
  await ada.push("loose", { "src/four.txt": "4\n" });
  const body = { title: "Feature", head: "feature", base: "main" };
  own = Number((await call("POST", `${repo}/pulls`, { token: bot, body })).data.number);
  foreign = await ada.openPull({ head: "other", title: "Other" });
});
afterAll(() => bench.standIn.close());

const post = (path: string, body: unknown, token = bot): Promise<Reply> =>
  bench.call("POST", bench.repo + path, { token, body });
const patch = (path: string, body: unknown): Promise<Reply> =>
  bench.call("PATCH", bench.repo + path, { token: bot, body });

const review = (pull: number, body: Record<string, unknown>): Promise<Reply> =>
  post(`/pulls/${pull}/reviews`, body);

const anchored = (...comments: Record<string, unknown>[]): Promise<Reply> =>
  review(own, {
    event: "COMMENT",
    body: "look",
    comments: comments.map((comment) => ({ path: "src/two.txt", body: "here", ...comment })),
  });

const settings = async (
  change: Partial<Bench["standIn"]["settings"]>,
  act: () => Promise<Reply>,
): Promise<Reply> => {
  const before = { ...bench.standIn.settings };
  Object.assign(bench.standIn.settings, change);
  const reply = await act();
  Object.assign(bench.standIn.settings, before);
  return reply;
};

const openLoose = (): Promise<Reply> =>
  post("/pulls", { title: "Loose", head: "loose", base: "main" });

type Row = [string, () => Promise<Reply>, number, RegExp];

const long = "x".repeat(65_537);
const missing = "1".repeat(40);

const rows: Row[] = [
  [
    "approving one's own pull request",
    () => review(own, { event: "APPROVE", body: "fine" }),
    422,
    /Can not approve your own pull request/,
  ],
  [
    "requesting changes on one's own pull request",
    () => review(own, { event: "REQUEST_CHANGES", body: "no" }),
    422,
    /Review Can not request changes on your own pull request/,
  ],
  [
    "a review of nothing",
    () => review(foreign, { event: "COMMENT", body: "" }),
    422,
    /Body can't be blank/,
  ],
  [
    "approving where Actions may not",
    () =>
      settings({ actionsMayCreatePullRequests: false }, () =>
        review(foreign, { event: "APPROVE", body: "fine" }),
      ),
    422,
    /not permitted to approve pull requests/,
  ],
  [
    "opening where Actions may not",
    () => settings({ actionsMayCreatePullRequests: false }, openLoose),
    403,
    /GitHub Actions is not permitted to create or approve pull requests/,
  ],
  [
    "opening above the limit",
    () => settings({ openPullRequestLimit: 1 }, openLoose),
    422,
    /limit of 1 open pull requests/,
  ],
  [
    "a second pull request of a branch",
    () => post("/pulls", { title: "Again", head: "feature", base: "main" }),
    422,
    /A pull request already exists for acme:feature/,
  ],
  [
    "a pull request without commits",
    async () => {
      const ref = "refs/heads/empty";
      const sha = (await bench.call("GET", `${bench.repo}/git/ref/heads/main`, { token: bot })).data
        .object?.sha;
      await post("/git/refs", { ref, sha });
      return post("/pulls", { title: "Empty", head: "empty", base: "main" });
    },
    422,
    /No commits between main and empty/,
  ],
  [
    "a pull request of no branch",
    () => post("/pulls", { title: "None", head: "nowhere", base: "main" }),
    422,
    /"field":"head"/,
  ],
  ["a comment off the diff", () => anchored({ line: 9 }), 422, /must be part of the diff/],
  [
    "a review with one comment of two off the diff",
    () => anchored({ line: 1 }, { line: 4 }),
    422,
    /must be part of the diff/,
  ],
  [
    "a comment on a file that did not change",
    () => anchored({ path: "README.md", line: 1 }),
    422,
    /Path could not be resolved/,
  ],
  [
    "a range that ends before it begins",
    () => anchored({ start_line: 3, line: 2 }),
    422,
    /same hunk/,
  ],
  [
    "a comment that is too long",
    () => post(`/issues/${issue}/comments`, { body: long }),
    422,
    /Body is too long/,
  ],
  [
    "an issue that is too long",
    () => post("/issues", { title: "x", body: long }),
    422,
    /body is too long/,
  ],
  [
    "a review that is too long",
    () => review(own, { event: "COMMENT", body: long }),
    422,
    /too long/,
  ],
  [
    "a label of 51 characters",
    () => post("/labels", { name: "y".repeat(51) }),
    422,
    /maximum is 50/,
  ],
  [
    "a ref that exists",
    () => post("/git/refs", { ref: "refs/heads/main", sha: head }),
    422,
    /Reference already exists/,
  ],
  [
    "a ref to nothing",
    () => post("/git/refs", { ref: "refs/heads/x", sha: missing }),
    422,
    /Object does not exist/,
  ],
  [
    "a move that is no fast-forward",
    () => patch("/git/refs/heads/feature", { sha: mainOf(), force: false }),
    422,
    /Update is not a fast forward/,
  ],
  [
    "a move of a protected branch",
    () =>
      settings({ protectedBranches: ["feat*"] }, () =>
        patch("/git/refs/heads/feature", { sha: mainOf(), force: true }),
      ),
    422,
    /Protected branch update failed/,
  ],
  [
    "a status for nothing",
    () => post(`/statuses/${missing}`, { state: "success" }),
    422,
    /No commit found for SHA/,
  ],
  [
    "51 annotations",
    () => {
      const one = {
        path: "a",
        start_line: 1,
        end_line: 1,
        annotation_level: "notice",
        message: "m",
      };
      const output = {
        title: "t",
        summary: "s",
        annotations: Array.from({ length: 51 }, () => one),
      };
      return post("/check-runs", { name: "x", head_sha: head, output });
    },
    422,
    /more than 50 items/,
  ],
  [
    "a check run of a user",
    () => post("/check-runs", { name: "x", head_sha: head }, bench.standIn.userToken("ada")),
    403,
    /authenticate via a GitHub App/,
  ],
  [
    "dispatching what cannot be dispatched",
    () => post("/actions/workflows/closed.yml/dispatches", { ref: "main" }),
    422,
    /does not have 'workflow_dispatch' trigger/,
  ],
  [
    "dispatching with inputs that are not declared",
    () =>
      post("/actions/workflows/run.yml/dispatches", {
        ref: "main",
        inputs: { work: "1", other: "2" },
      }),
    422,
    /Unexpected inputs provided: .*other/,
  ],
  [
    "dispatching without an input that is needed",
    () => post("/actions/workflows/run.yml/dispatches", { ref: "main" }),
    422,
    /Required input 'work' not provided/,
  ],
  [
    "dispatching on no branch",
    () => post("/actions/workflows/run.yml/dispatches", { ref: "gone", inputs: { work: "1" } }),
    422,
    /No ref found for: gone/,
  ],
  [
    "dispatching no workflow",
    () => post("/actions/workflows/none.yml/dispatches", { ref: "main" }),
    404,
    /Not Found/,
  ],
  [
    "asking a review of the author",
    () => post(`/pulls/${foreign}/requested_reviewers`, { reviewers: ["ada"] }),
    422,
    /cannot be requested from pull request author/,
  ],
];

let main = "";
const mainOf = (): string => main;
beforeAll(async () => {
  const { data } = await bench.call("GET", `${bench.repo}/git/ref/heads/main`, { token: bot });
  main = String(data.object?.sha);
});

test.each(rows)("GitHub refuses %s", async (_what, act, status, words) => {
  const reply = await act();
  expect(reply.status).toBe(status);
  expect(JSON.stringify(reply.data)).toMatch(words);
});

test("a refused review leaves nothing behind", async () => {
  const reviews = await bench.call("GET", `${bench.repo}/pulls/${own}/reviews`, { token: bot });
  expect(reviews.data).toEqual([]);
});

test("only what the description itself forbids is off it", () => {
  expect(bench.standIn.offSpec).toEqual([
    expect.stringMatching(/check-runs body\/output\/annotations must NOT have more than 50 items/),
  ]);
});
