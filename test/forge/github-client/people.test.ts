import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { GitHubApi } from "../../../src/forge/github/api.ts";
import { findRole } from "../../../src/forge/github/find-role.ts";
import { findStandingOfComment } from "../../../src/forge/github/find-standing-of-comment.ts";
import { openGitHubApi } from "../../../src/forge/github/open-api.ts";
import { openPeople } from "../../../src/forge/github/open-people.ts";
import type { Person, StandIn } from "../../github/contract.ts";
import { openStandIn } from "../../github/open-stand-in.ts";
import { openServer } from "./open-server.ts";

let standIn: StandIn;
let api: GitHubApi;
let files: string;
let ada: Person;
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), "archwright-people-"));
  await writeFile(join(files, "README.md"), "# Widgets\n");
  standIn = await openStandIn({ files, organisation: true });
  ada = standIn.person("ada", "maintain");
  const rights = { issues: "write", pull_requests: "write", contents: "write" } as const;
  api = openGitHubApi({
    baseUrl: standIn.url,
    auth: { token: standIn.actionsToken(rights) },
    repository: { owner: standIn.owner, name: standIn.repo },
    pace: "none",
  });
});
afterAll(async () => {
  await standIn.close();
  await rm(files, { recursive: true, force: true });
});
afterEach(() => {
  expect(standIn.offSpec).toEqual([]);
});

describe("people", () => {
  test("each role is what the permission endpoint says", async () => {
    const people = openPeople(api);
    for (const role of ["admin", "maintain", "write", "triage", "read"] as const) {
      standIn.person(`with-${role}`, role);
      expect([role, await people.roleOf(`with-${role}`)]).toEqual([role, role]);
    }
    expect(["read", "none"]).toContain(await people.roleOf("stranger"));
    expect(await people.roleOf("")).toBe("none");
  });

  test("an issue, its comments and a pull request are read as webhooks tell them", async () => {
    const people = openPeople(api);
    const number = await ada.openIssue({ title: "Wish", body: "Please" });
    const comment = await ada.comment(number, "/design");
    expect(await people.issue(number)).toMatchObject({
      ok: true,
      value: {
        repository: {
          name: `${standIn.owner}/${standIn.repo}`,
          id: expect.stringMatching(/^\d+$/),
        },
        number,
        title: "Wish",
        requester: { id: String(ada.account.id), login: "ada" },
      },
    });
    expect(await people.comment(String(comment))).toMatchObject({
      ok: true,
      value: { id: String(comment), body: "/design", author: { login: "ada", kind: "person" } },
    });
    await ada.deleteComment(comment);
    expect(await people.comment(String(comment))).toEqual({ ok: true, value: null });
    expect(await people.comment("no number")).toEqual({ ok: true, value: null });

    const head = await ada.push("topic", { "a.txt": "1\n2\n" });
    const pull = await ada.openPull({ head: "topic", title: "Topic" });
    expect(await people.pull(pull)).toEqual({
      ok: true,
      value: {
        number: pull,
        authorId: String(ada.account.id),
        branch: "topic",
        head,
        fork: false,
        baseBranch: standIn.defaultBranch,
      },
    });
    expect(await people.pull(9_999)).toEqual({ ok: true, value: null });
    const bob = standIn.person("bob", "write");
    const review = await bob.review(pull, {
      event: "REQUEST_CHANGES",
      body: "No",
      comments: [{ path: "a.txt", line: 2, body: "Why two?" }],
    });
    expect(await people.reviewComments(pull, String(review))).toEqual({
      ok: true,
      value: [{ path: "a.txt", line: 2, body: "Why two?" }],
    });
  });
});

describe("roles that are hard to tell", () => {
  const ask = async (body: unknown, status = 200) => {
    const server = await openServer(() => ({ status, body }));
    try {
      return await findRole(server.api(), "ada");
    } finally {
      await server.close();
    }
  };
  const user = (permissions: object) => ({ id: 5, login: "ada", permissions });

  test("a custom role is worth what it is based on", async () => {
    const custom = (rights: object) => ({
      permission: "write",
      role_name: "security-champion",
      user: user({ pull: true, ...rights }),
    });
    expect(await ask(custom({ push: true, triage: true }))).toMatchObject({
      role: "write",
      accountId: "5",
    });
    expect((await ask(custom({ triage: true }))).role).toBe("triage");
    expect((await ask(custom({ push: true, maintain: true }))).role).toBe("maintain");
    expect((await ask({ permission: "write", role_name: "odd", user: user({}) })).role).toBe(
      "none",
    );
  });

  test("any error is no role", async () => {
    expect((await ask({ message: "Not Found" }, 404)).role).toBe("none");
    expect((await ask({ message: "ada is not a user" }, 404)).role).toBe("none");
    expect((await ask({}, 503)).role).toBe("none");
    expect((await ask({ permission: "admin", role_name: "admin", user: null })).role).toBe("none");
  });
});

describe("an approval, proved again", () => {
  const planHash = "3f2a9c1b0d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd";
  const short = planHash.slice(0, 16);
  const prove = async (body: string, change: Partial<{ actorId: string; thread: number }> = {}) => {
    const issue = await ada.openIssue({ title: "Wish", body: "" });
    const comment = await ada.comment(issue, body);
    const { actorId = String(ada.account.id), thread = issue } = change;
    const approval = { comment: String(comment), actorId, planHash };
    return { comment, again: () => findStandingOfComment(api, thread, approval) };
  };

  test("stands while the comment is there, unedited, with this hash", async () => {
    for (const body of [
      `/approve ${short}`,
      "/archwright approve 3F2A9C1B0D4E5F6071 --unvalidated",
    ]) {
      const { again } = await prove(body);
      expect([body, await again()]).toEqual([body, { role: "maintain", intact: true }]);
    }
  });

  test("does not stand with another hash, a shorter one, or as no command", async () => {
    for (const body of [
      ...[
        "/approve 3f2a9c1b0d4e5f61",
        "/approve 3f2a9c1b0d4e5f6",
        "/approve",
        `> /approve ${short}`,
      ],
    ]) {
      const { again } = await prove(body);
      expect([body, (await again()).intact]).toEqual([body, false]);
    }
  });

  test("does not stand for another person or in another thread", async () => {
    const lost = { role: "none", intact: false };
    expect(await (await prove(`/approve ${short}`, { actorId: "1" })).again()).toEqual(lost);
    expect(await (await prove(`/approve ${short}`, { thread: 99_999 })).again()).toEqual(lost);
  });

  test("falls with an edit, and with deletion, which are told apart", async () => {
    const { comment, again } = await prove(`/approve ${short}`);
    await ada.editComment(comment, `/approve ${short} `);
    expect(await again()).toEqual({ role: "maintain", intact: false });
    await ada.deleteComment(comment);
    expect(await again()).toEqual({ role: "none", intact: false, deleted: true });
  });

  test("tells the role of now, and none when it cannot be asked", async () => {
    const { again } = await prove(`/approve ${short}`);
    standIn.setRole("ada", "read");
    expect(await again()).toEqual({ role: "read", intact: true });
    standIn.setRole("ada", "maintain");
    standIn.fail({ route: /permission/, kind: "status", status: 502, times: 4 });
    expect(await again()).toEqual({ role: "none", intact: true, unproven: true });
    standIn.fail({ route: /comments/, kind: "status", status: 502, times: 4 });
    expect(await again()).toEqual({ role: "none", intact: false, unproven: true });
    expect(await again()).toEqual({ role: "maintain", intact: true });
  });
});
