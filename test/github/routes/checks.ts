import {
  type Call,
  created,
  type Handler,
  numberOf,
  ok,
  page,
  parameter,
  type Routes,
  text,
} from "../call.ts";
import { readCommit } from "../git/commits.ts";
import { notFound, Refusal } from "../refusal.ts";
import { resolveCommit } from "../rules/read-ref.ts";
import { shapeCheck, shapeSimpleStatus, shapeStatus } from "../shapes/check.ts";
import { shapeCommit } from "../shapes/commit.ts";
import { apiOf, pageOf, shapeMinimalRepository } from "../shapes/repository.ts";
import type { Annotation, CheckRun, Status } from "../world.ts";

const repo = "/repos/{owner}/{repo}";

type Output = { title?: string; summary?: string; text?: string; annotations?: Annotation[] };

function applyOutput(call: Call, check: CheckRun): void {
  const output = call.body.output as Output | undefined;
  if (!output) return;
  const annotations = output.annotations ?? [];
  if (annotations.length > 50) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than 50 items are allowed; ${annotations.length} were supplied.`,
    );
  }
  for (const part of [output.summary, output.text]) {
    if (part !== undefined && part.length > 65_535) {
      throw new Refusal(
        422,
        "Invalid request.\n\nOnly 65535 characters are allowed; more were supplied.",
      );
    }
  }
  check.output = {
    title: output.title ?? check.output.title,
    summary: output.summary ?? check.output.summary,
    text: output.text ?? check.output.text,
  };
  check.annotations.push(...annotations);
}

function apply(call: Call, check: CheckRun): void {
  const { world } = call;
  applyOutput(call, check);
  check.name = text(call, "name") ?? check.name;
  check.externalId = text(call, "external_id") ?? check.externalId;
  check.detailsUrl = text(call, "details_url") ?? check.detailsUrl;
  check.startedAt = text(call, "started_at") ?? check.startedAt;
  check.status = text(call, "status") ?? check.status;
  const conclusion = text(call, "conclusion");
  if (conclusion !== null) {
    check.status = "completed";
    check.conclusion = conclusion;
    check.completedAt = text(call, "completed_at") ?? world.now();
  } else if (check.status !== "completed") {
    check.conclusion = null;
    check.completedAt = null;
  }
}

function emit(call: Call, check: CheckRun): void {
  const action = check.status === "completed" ? "completed" : "created";
  const shaped = shapeCheck(call.world, check);
  call.world.emit("check_run", call.actor, { action, check_run: shaped });
}

/** Every App has one suite for each commit. */
const suiteOf = (call: Call, sha: string): number =>
  [...call.world.checks.values()].find((one) => one.sha === sha && one.app === call.actor.app)
    ?.suite ?? call.world.nextId();

const create: Handler = (call) => {
  const { world, actor } = call;
  const sha = String(call.body.head_sha);
  if (!world.objects.readKind(sha, "commit")) {
    throw new Refusal(422, `No commit found for SHA: ${sha}`);
  }
  const status = text(call, "status");
  if (status === "completed" && text(call, "conclusion") === null) {
    throw new Refusal(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  }
  const check: CheckRun = {
    id: world.nextId(),
    name: String(call.body.name),
    sha,
    suite: suiteOf(call, sha),
    app: actor.app,
    status: "queued",
    conclusion: null,
    externalId: "",
    detailsUrl: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
  };
  apply(call, check);
  world.checks.set(check.id, check);
  emit(call, check);
  return created(shapeCheck(world, check));
};

function findCheck(call: Call): CheckRun {
  const check = call.world.checks.get(numberOf(call, "check_run_id"));
  if (!check) throw notFound();
  return check;
}

const update: Handler = (call) => {
  const check = findCheck(call);
  if (check.app?.appId !== call.actor.app?.appId) {
    throw new Refusal(
      403,
      "Invalid app_id `" +
        String(call.actor.app?.appId ?? "") +
        "` - check run can only be modified by the GitHub App that created it.",
    );
  }
  apply(call, check);
  emit(call, check);
  return ok(shapeCheck(call.world, check));
};

const listForRef: Handler = (call) => {
  const { world, query } = call;
  const sha = resolveCommit(world, parameter(call, "ref"));
  const name = query.get("check_name");
  const app = query.get("app_id");
  const all = [...world.checks.values()]
    .filter((check) => check.sha === sha)
    .filter((check) => name === null || check.name === name)
    .filter((check) => app === null || String(check.app?.appId) === app)
    .filter((check) => query.get("status") === null || check.status === query.get("status"))
    .reverse();
  const latest = all.filter(
    (check, at) =>
      all.findIndex((one) => one.name === check.name && one.suite === check.suite) === at,
  );
  const found = query.get("filter") === "all" ? all : latest;
  return page(
    call,
    found.map((check) => shapeCheck(world, check)),
    "check_runs",
  );
};

const annotations: Handler = (call) => {
  const check = findCheck(call);
  const found = check.annotations.map((annotation) => ({
    start_column: null,
    end_column: null,
    title: null,
    raw_details: null,
    ...annotation,
    blob_href: `${pageOf(call.world)}/blob/${check.sha}/${String(annotation.path)}`,
  }));
  return page(call, found);
};

const statusesOf = (call: Call, sha: string): Status[] =>
  call.world.statuses.filter((status) => status.sha === sha).reverse();

const createStatus: Handler = (call) => {
  const { world, actor } = call;
  const sha = parameter(call, "sha");
  const commit = readCommit(world.objects, sha);
  if (!commit) throw new Refusal(422, `No commit found for SHA: ${sha}`);
  const context = text(call, "context") ?? "default";
  const description = text(call, "description");
  if (description !== null && [...description].length > 140) {
    throw new Refusal(422, "Validation Failed", [
      {
        resource: "Status",
        code: "custom",
        field: "description",
        message: "description is too long (maximum is 140 characters)",
      },
    ]);
  }
  const count = statusesOf(call, sha).filter((status) => status.context === context).length;
  if (count >= 1000) {
    throw new Refusal(422, "Validation Failed", [
      {
        resource: "Status",
        code: "custom",
        message: "This SHA and context has reached the maximum number of statuses.",
      },
    ]);
  }
  const status: Status = {
    id: world.nextId(),
    sha,
    context,
    state: String(call.body.state),
    description,
    targetUrl: text(call, "target_url"),
    creator: actor.account,
    createdAt: world.now(),
  };
  world.statuses.push(status);
  world.emit("status", actor, {
    id: status.id,
    sha,
    name: `${world.owner}/${world.repo}`,
    avatar_url: null,
    target_url: status.targetUrl,
    context,
    description,
    state: status.state,
    commit: shapeCommit(world, commit),
    branches: [],
    created_at: status.createdAt,
    updated_at: status.createdAt,
  });
  return created(shapeStatus(world, status));
};

const combined: Handler = (call) => {
  const { world } = call;
  const name = parameter(call, "ref");
  const sha = resolveCommit(world, name);
  if (sha === null) throw notFound();
  const all = statusesOf(call, sha);
  const latest = all.filter((one, at) => all.findIndex((s) => s.context === one.context) === at);
  const has = (...wanted: string[]): boolean => latest.some((one) => wanted.includes(one.state));
  const state = has("failure", "error")
    ? "failure"
    : latest.length === 0 || has("pending")
      ? "pending"
      : "success";
  const url = `${apiOf(world)}/commits/${sha}/status`;
  return ok({
    state,
    statuses: latest.slice(0, 100).map((status) => shapeSimpleStatus(world, status)),
    sha,
    total_count: latest.length,
    repository: shapeMinimalRepository(world),
    commit_url: `${apiOf(world)}/commits/${sha}`,
    url,
  });
};

const listStatuses: Handler = (call) => {
  const sha = resolveCommit(call.world, parameter(call, "ref"));
  if (sha === null) throw notFound();
  return page(
    call,
    statusesOf(call, sha).map((status) => shapeStatus(call.world, status)),
  );
};

export const checkRoutes: Routes = {
  [`POST ${repo}/check-runs`]: create,
  [`PATCH ${repo}/check-runs/{check_run_id}`]: update,
  [`GET ${repo}/check-runs/{check_run_id}`]: (call) => ok(shapeCheck(call.world, findCheck(call))),
  [`GET ${repo}/check-runs/{check_run_id}/annotations`]: annotations,
  [`GET ${repo}/commits/{ref}/check-runs`]: listForRef,
  [`POST ${repo}/statuses/{sha}`]: createStatus,
  [`GET ${repo}/commits/{ref}/status`]: combined,
  [`GET ${repo}/commits/{ref}/statuses`]: listStatuses,
};
