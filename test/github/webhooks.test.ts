import { afterAll, beforeAll, expect, test } from "@jest/globals";
import examples from "@octokit/webhooks-examples" with { type: "json" };
import type { Delivery } from "./contract.ts";
import { allRights, type Bench, openBench } from "./open-bench.ts";

type Payload = Record<string, unknown>;
type Example = { name: string; examples: Payload[] };

const published = examples as unknown as readonly Example[];

let bench: Bench;
const seen: Delivery[] = [];

/** A feature's life, with everything that sends an event. */
async function live(): Promise<void> {
  const { standIn, repo, call } = bench;
  const ada = standIn.person("ada", "maintain");
  const bot = standIn.actionsToken(allRights);
  const issue = await ada.openIssue({ title: "Widgets", body: "More of them." });
  await ada.label(issue, "design");
  await ada.unlabel(issue, "design");
  const comment = await ada.comment(issue, "hello");
  await ada.editComment(comment, "hello again");
  await ada.deleteComment(comment);
  const head = await ada.push("feature", { "src/two.txt": "two\n" });
  const pull = await ada.openPull({ head: "feature", title: "Two", body: `Closes #${issue}` });
  await ada.push("feature", { "src/three.txt": "three\n" });
  const eve = standIn.person("eve", "write");
  const anchored = { path: "src/two.txt", line: 1, body: "why two?" };
  const review = await eve.review(pull, {
    event: "REQUEST_CHANGES",
    body: "no",
    comments: [anchored],
  });
  const dismissal = { token: bot, body: { message: "outdated" } };
  await call("PUT", `${repo}/pulls/${pull}/reviews/${review}/dismissals`, dismissal);
  const status = { token: bot, body: { state: "success", context: "archwright" } };
  await call("POST", `${repo}/statuses/${head}`, status);
  const check = { name: "score", head_sha: head, output: { title: "90", summary: "good" } };
  await call("POST", `${repo}/check-runs`, { token: bot, body: check });
  const run = { ref: "main", inputs: { work: "1" }, return_run_details: true };
  await call("POST", `${repo}/actions/workflows/run.yml/dispatches`, { token: bot, body: run });
  const [queued] = standIn.actions.runs;
  if (queued) standIn.actions.announce(queued, "requested");
  const client = { event_type: "archwright", client_payload: { issue } };
  await call("POST", `${repo}/dispatches`, { token: bot, body: client });
  await ada.lockIssue(issue);
  await ada.merge(pull);
  await ada.deleteBranch("feature");
}

beforeAll(async () => {
  bench = await openBench({ organisation: true });
  bench.standIn.listen((delivery) => seen.push(delivery));
  await live();
});
afterAll(() => bench.standIn.close());

const isObject = (value: unknown): value is Payload =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Not every repository has an organisation, and only an App sees its installation. */
const optional = /^(installation|organization|enterprise)$/;

/** Keys of an example that a payload lacks, two levels deep. */
function findMissing(example: Payload, payload: Payload, path = ""): string[] {
  return Object.entries(example).flatMap(([key, value]) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (optional.test(at)) return [];
    if (!(key in payload)) return [at];
    const mine = payload[key];
    const deeper = path === "" && isObject(value) && isObject(mine);
    return deeper ? findMissing(value, mine, at) : [];
  });
}

/** Keys that every example of an event and action has: what GitHub always sends. */
function findMissingOf({ event, payload }: Delivery): string[] {
  const all = published.find(({ name }) => name === event)?.examples ?? [];
  const same = all.filter((one) => one.action === payload.action);
  const wanted = same.length > 0 ? same : all;
  const each = wanted.map((example) => findMissing(example, payload));
  const [first = [], ...rest] = each;
  return first.filter((key) => rest.every((keys) => keys.includes(key)));
}

const kinds = [
  "issues opened",
  "issues labeled",
  "issues unlabeled",
  "issues locked",
  "issues closed",
  "issue_comment created",
  "issue_comment edited",
  "issue_comment deleted",
  "pull_request opened",
  "pull_request synchronize",
  "pull_request closed",
  "pull_request_review submitted",
  "pull_request_review dismissed",
  "pull_request_review_comment created",
  "push",
  "create",
  "delete",
  "status",
  "check_run created",
  "workflow_dispatch",
  "workflow_run requested",
  "repository_dispatch archwright",
];

const kindOf = ({ event, payload }: Delivery): string =>
  payload.action === undefined ? event : `${event} ${String(payload.action)}`;

test.each(kinds)("%s has every key of GitHub's own example", (kind) => {
  const delivery = seen.find((one) => kindOf(one) === kind);
  expect(delivery?.event).toBe(kind.split(" ")[0]);
  expect(delivery && findMissingOf(delivery)).toEqual([]);
});

test("what a GITHUB_TOKEN does starts no workflow, except the dispatches", () => {
  const byBot = seen.filter(({ payload }) => (payload.sender as Payload).id === 41_898_282);
  const starts = new Set(byBot.map((one) => `${one.event} ${one.starts}`));
  expect([...starts].sort()).toEqual([
    "check_run nothing",
    "pull_request_review nothing",
    "repository_dispatch runs",
    "status nothing",
    "workflow_dispatch runs",
    "workflow_run runs",
  ]);
});

test("nothing of it is off GitHub's description", () => {
  expect(bench.standIn.offSpec).toEqual([]);
});
