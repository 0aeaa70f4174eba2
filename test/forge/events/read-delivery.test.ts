import { describe, expect, test } from "@jest/globals";
import examples from "@octokit/webhooks-examples" with { type: "json" };
import { deliveredEvents, readDelivery } from "../../../src/forge/github/read-delivery.ts";

type Example = { name: string; examples: Record<string, unknown>[] };
const published = examples as unknown as Example[];
const of = (event: string): Record<string, unknown>[] =>
  published.find(({ name }) => name === event)?.examples ?? [];
const first = (event: string, action: string): Record<string, unknown> => {
  const found = of(event).find((each) => each.action === action);
  if (!found) throw new Error(`no example of ${event}.${action}`);
  return structuredClone(found);
};
function read(event: string, payload: unknown) {
  const result = readDelivery(event, payload);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
/** The example with a change laid over it. */
function changed(payload: Record<string, unknown>, path: string, value: unknown) {
  const keys = path.split(".");
  let place = payload;
  for (const key of keys.slice(0, -1)) place = place[key] as Record<string, unknown>;
  place[keys.at(-1) ?? ""] = value;
  return payload;
}

describe("GitHub's published examples", () => {
  const all = published.flatMap(({ name, examples: list }) =>
    list.map(
      (payload, index) => [`${name} ${payload.action ?? ""} ${index}`, name, payload] as const,
    ),
  );

  test.each(all)("%s can be read, or is not for us", (_, event, payload) => {
    const delivery = read(event, payload);
    if (!deliveredEvents.includes(event)) expect(delivery.kind).toBe("ignored");
    else expect(delivery).toEqual(expect.objectContaining({ kind: expect.any(String) }));
  });
});

describe("what becomes of an event", () => {
  test.each([
    ["issues", "labeled", "labeled"],
    ["issues", "transferred", "issue-gone"],
    ["issues", "deleted", "issue-gone"],
    ["issues", "opened", "ignored"],
    ["issues", "edited", "ignored"],
    ["issue_comment", "created", "comment"],
    ["issue_comment", "edited", "comment"],
    ["issue_comment", "deleted", "comment"],
    ["pull_request_review", "submitted", "review"],
    ["pull_request_review", "dismissed", "ignored"],
    ["pull_request", "closed", "pull-closed"],
    ["pull_request", "synchronize", "pull-pushed"],
    ["pull_request", "labeled", "ignored"],
    ["workflow_run", "completed", "run-completed"],
    ["workflow_run", "requested", "ignored"],
  ])("%s.%s is %s", (event, action, kind) => {
    expect(read(event, first(event, action)).kind).toBe(kind);
  });

  test("a target event of a pull request is read like the event itself", () => {
    const payload = first("pull_request", "closed");
    expect(read("pull_request_target", payload)).toEqual(read("pull_request", payload));
  });

  test("a new base branch is told, another edit of a pull request is not", () => {
    const edited = { ...first("pull_request", "closed"), action: "edited" };
    const retargeted = {
      ...edited,
      changes: { base: { ref: { from: "main" }, sha: { from: "" } } },
    };
    expect(read("pull_request", retargeted)).toMatchObject({
      kind: "pull-retargeted",
      from: "main",
    });
    expect(read("pull_request", { ...edited, changes: { title: { from: "x" } } }).kind).toBe(
      "ignored",
    );
  });

  test("a schedule and a pressed button sweep, whatever little they carry", () => {
    expect(read("schedule", { schedule: "17 * * * *" }).kind).toBe("sweep");
    expect(read("workflow_dispatch", { inputs: null }).kind).toBe("sweep");
  });

  test("events of later times are ignored by name", () => {
    expect(read("sub_issues", { action: "added" })).toEqual({
      kind: "ignored",
      why: "the event sub_issues is not for us",
    });
    expect(
      read("issue_comment", { ...first("issue_comment", "created"), action: "pinned" }).kind,
    ).toBe("ignored");
  });
});

describe("sources name the act, not the delivery", () => {
  test("a comment is one source, its edits are others by their time", () => {
    const created = first("issue_comment", "created");
    const edited = { ...created, action: "edited" };
    const sources = [created, edited, { ...created, action: "deleted" }].map(
      (payload) => (read("issue_comment", payload) as { source: string }).source,
    );
    expect(new Set(sources).size).toBe(3);
    expect(read("issue_comment", structuredClone(created))).toEqual(read("issue_comment", created));
  });

  test("a pull request that is closed again later is another act", () => {
    const one = first("pull_request", "closed");
    const two = changed(structuredClone(one), "pull_request.closed_at", "2030-01-01T00:00:00Z");
    const sources = [one, two].map(
      (payload) => (read("pull_request", payload) as { source: string }).source,
    );
    expect(new Set(sources).size).toBe(2);
  });

  test("a label put on again later is another act", () => {
    const one = first("issues", "labeled");
    const two = changed(structuredClone(one), "issue.updated_at", "2030-01-01T00:00:00Z");
    expect(read("issues", one)).not.toEqual(read("issues", two));
  });
});

describe("forks", () => {
  test.each([
    ["another repository", { id: 1 }, true],
    ["a repository that was deleted", null, true],
  ])("a head in %s is a fork", (_, repo, fork) => {
    const payload = changed(first("pull_request", "closed"), "pull_request.head.repo", repo);
    expect(read("pull_request", payload)).toMatchObject({ pull: { fork } });
  });

  test("a head in the repository itself is none", () => {
    expect(read("pull_request", first("pull_request", "closed"))).toMatchObject({
      pull: { fork: false },
    });
  });
});

describe("payloads that GitHub never sends", () => {
  test.each([
    ["no repository", "repository", undefined],
    ["a sender of letters", "sender", "rita"],
    ["a comment id below zero", "comment.id", -1],
    ["a body that is a list", "comment.body", ["x"]],
    ["a time that is none", "comment.updated_at", "yesterday"],
    ["an endless body", "comment.body", "x".repeat(300_001)],
  ])("%s fails with the place", (_, path, value) => {
    const payload = changed(first("issue_comment", "created"), path, value);
    const result = readDelivery("issue_comment", payload);
    expect(result).toMatchObject({ ok: false, failure: { reason: "event-invalid" } });
    if (!result.ok) expect(JSON.stringify(result.failure)).toContain(path.split(".")[0]);
  });

  test.each([null, 7, "x", []])("%p is no payload", (payload) => {
    expect(readDelivery("issues", payload)).toMatchObject({ ok: false });
  });
});
