import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { ActionsHost, RunRecord } from "./contract.ts";
import { allRights, type Bench, openBench } from "./open-bench.ts";

let bench: Bench;
let token: string;

beforeEach(async () => {
  bench = await openBench({ organisation: true });
  token = bench.standIn.actionsToken(allRights);
});
afterEach(async () => {
  await bench.standIn.close();
  expect(bench.standIn.offSpec).toEqual([]);
});

const post = (path: string, body?: unknown) =>
  bench.call("POST", `${bench.repo}/actions${path}`, { token, body });
const get = (path: string) => bench.call("GET", `${bench.repo}/actions${path}`, { token });
const dispatch = (work: string) =>
  post("/workflows/run.yml/dispatches", {
    ref: "main",
    inputs: { work },
    return_run_details: true,
  });

const hostOf = (seen: string[]): ActionsHost => ({
  dispatched: (run, payload) => {
    const inputs = payload.inputs as Record<string, string>;
    run.displayTitle = `Run ${inputs.work}`;
    seen.push(`dispatched ${run.id}`);
  },
  cancel: (run) => {
    seen.push(`cancel ${run.id}`);
    return true;
  },
  rerun: (run, which, by) => void seen.push(`rerun ${run.id} ${which} by ${by.login}`),
});

test("a dispatch makes a run that is found by its title, and its details are told on demand", async () => {
  const seen: string[] = [];
  bench.standIn.actions.host = hostOf(seen);
  const { status, data } = await dispatch("nonce-7");
  const id = Number(data.workflow_run_id);
  expect([status, seen]).toEqual([200, [`dispatched ${id}`]]);
  const plain = await post("/workflows/run.yml/dispatches", { ref: "main", inputs: { work: "8" } });
  expect([plain.status, plain.data]).toEqual([204, ""]);
  const { data: list } = await get("/workflows/run.yml/runs?event=workflow_dispatch");
  const titles = (list.workflow_runs as unknown as { display_title: string }[]).map(
    (run) => run.display_title,
  );
  expect(titles).toEqual(["Run 8", "Run nonce-7"]);
  const { data: run } = await get(`/runs/${id}`);
  expect([run.status, run.event, run.actor?.login]).toEqual([
    "queued",
    "workflow_dispatch",
    "github-actions[bot]",
  ]);
});

test("runs are cancelled and started again through who runs them", async () => {
  const seen: string[] = [];
  bench.standIn.actions.host = hostOf(seen);
  const id = Number((await dispatch("1")).data.workflow_run_id);
  const run = bench.standIn.actions.runs.find((one) => one.id === id) as RunRecord;
  const early = await post(`/runs/${id}/rerun`);
  const cancelled = await post(`/runs/${id}/cancel`);
  run.status = "completed";
  run.conclusion = "cancelled";
  const late = await post(`/runs/${id}/cancel`);
  const again = await post(`/runs/${id}/rerun-failed-jobs`);
  const approved = await post(`/runs/${id}/approve`);
  const statuses = [early, cancelled, late, again, approved].map(({ status }) => status);
  expect(statuses).toEqual([403, 202, 409, 201, 403]);
  const by = "by github-actions[bot]";
  expect(seen.slice(1)).toEqual([`cancel ${id}`, `rerun ${id} failed ${by}`]);
});

test("artifacts are listed by name and given as they were", async () => {
  const id = Number((await dispatch("1")).data.workflow_run_id);
  const { actions } = bench.standIn;
  const base = { run: id, createdAt: new Date().toISOString(), expired: false };
  const zip = new Uint8Array([80, 75, 5, 6]);
  actions.artifacts.push({ ...base, id: actions.nextId(), name: "work", zip });
  actions.artifacts.push({ ...base, id: actions.nextId(), name: "old", zip, expired: true });
  const { data } = await get(`/runs/${id}/artifacts?name=work`);
  expect([data.total_count, data.artifacts?.[0]?.name, data.artifacts?.[0]?.size_in_bytes]).toEqual(
    [1, "work", 4],
  );
  const found = await get(`/artifacts/${String(data.artifacts?.[0]?.id)}/zip`);
  expect(found.status).toBe(302);
  const bytes = await (await fetch(found.headers.get("location") ?? "")).arrayBuffer();
  expect([...new Uint8Array(bytes)]).toEqual([...zip]);
  const expired = actions.artifacts.find(({ name }) => name === "old")?.id;
  expect((await get(`/artifacts/${expired}/zip`)).status).toBe(410);
});

test("policies and secrets are for those who may see them", async () => {
  bench.standIn.actions.secretNames.push("ANTHROPIC_API_KEY");
  bench.standIn.settings.actionsMayCreatePullRequests = false;
  bench.standIn.person("ada", "admin");
  const ada = bench.standIn.userToken("ada");
  const as = (path: string) => bench.call("GET", path, { token: ada });
  const repository = await as(`${bench.repo}/actions/permissions/workflow`);
  const organisation = await as("/orgs/acme/actions/permissions/workflow");
  const secrets = await as(`${bench.repo}/actions/secrets`);
  expect(
    [repository, organisation].map(({ data }) => data.can_approve_pull_request_reviews),
  ).toEqual([false, false]);
  expect(secrets.data.secrets?.[0]?.name).toBe("ANTHROPIC_API_KEY");
  expect((await get("/permissions/workflow")).status).toBe(403);
  expect((await get("/secrets")).status).toBe(403);
});

test("pull requests of GITHUB_TOKEN park their runs where the repository does so", async () => {
  const starts: string[] = [];
  bench.standIn.settings.parkBotRuns = true;
  await bench.standIn.person("ada", "write").push("feature", { "a.txt": "a\n" });
  bench.standIn.listen((one) => starts.push(`${one.event} ${one.starts}`));
  const body = { title: "x", head: "feature", base: "main" };
  const { data } = await bench.call("POST", `${bench.repo}/pulls`, { token, body });
  await bench.call("PATCH", `${bench.repo}/pulls/${String(data.number)}`, {
    token,
    body: { title: "y" },
  });
  expect(starts).toEqual(["pull_request parked", "pull_request nothing"]);
});
