import { expect, test } from "@jest/globals";
import type { GitHubApi } from "../../src/forge/github/api.ts";
import { findStandingOfComment } from "../../src/forge/github/find-standing-of-comment.ts";

// Whoever may write can edit the comments of others. Within the second in which a comment was made only GraphQL shows it.

const planHash = "3f2a9c1b2d3e4f50".padEnd(64, "0");
const second = "2026-11-21T10:00:00Z";

const answering = (graphql: object): GitHubApi =>
  ({
    graphql: async () => graphql,
    request: async (route: string) => {
      const user = { id: 7, login: "mary" };
      const comment = {
        user,
        body: "/approve 3f2a9c1b2d3e4f50",
        node_id: "C",
        issue_url: "x/issues/1",
      };
      const times = { created_at: second, updated_at: second };
      const role = { role_name: "maintain", user };
      const data = route.includes("/permission") ? role : { ...comment, ...times };
      return { ok: true, status: 200, data };
    },
  }) as unknown as GitHubApi;

const standing = (graphql: object) =>
  findStandingOfComment(answering(graphql), 1, { comment: "5", actorId: "7", planHash });

test("one that nobody edited stands", async () => {
  const answer = { ok: true, data: { node: { lastEditedAt: null } } };
  expect(await standing(answer)).toEqual({ role: "maintain", intact: true });
});

test("one that was edited in its own second does not", async () => {
  const answer = { ok: true, data: { node: { lastEditedAt: second } } };
  expect(await standing(answer)).toEqual({ role: "maintain", intact: false });
});

test("where GitHub does not say, it does not stand now, and is not lost", async () => {
  const answer = { ok: false, status: 502 };
  expect(await standing(answer)).toEqual({ role: "maintain", intact: false, unproven: true });
});
