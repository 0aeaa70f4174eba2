import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { View } from "../../../src/forge/port.ts";
import { bodies, branch, openScene, pullOf, type Scene, show, viewOf } from "./forge-scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  expect(scene.github.offSpec).toEqual([]);
  await scene.close();
});

type Pull = {
  number: number;
  state: string;
  title: string;
  body: string | null;
  draft: boolean;
  user: { login: string };
  base: { ref: string };
};

async function pulls(): Promise<Pull[]> {
  const answer = await scene.actions.list<Pull>(
    "GET /repos/{owner}/{repo}/pulls",
    { state: "all" },
    50,
  );
  return answer.ok ? answer.data.items : [];
}
const view = (words: Parameters<typeof pullOf>[1] = {}): View =>
  viewOf(scene, { comments: [], pullRequests: [pullOf(scene, words)] });

test("the builder opens it on the default branch, once, and updates what no person changed", async () => {
  const builder = scene.app("wright");
  const forge = scene.forge({ builder });
  await show(forge, view());
  expect(await pulls()).toMatchObject([
    {
      title: "Collect hourly",
      draft: false,
      user: { login: "wright[bot]" },
      base: { ref: scene.github.defaultBranch },
    },
  ]);
  scene.writes();
  await show(forge, view());
  expect(scene.writes()).toEqual([]);
  await show(forge, view({ title: "Collect daily", body: "Other words" }));
  expect(await pulls()).toMatchObject([{ title: "Collect daily" }]);
  expect((await pulls())[0]?.body).toContain("Other words");
});

test("with the Actions token the body says which button starts the workflows", async () => {
  await show(scene.forge(), view());
  expect((await pulls())[0]?.body).toContain("Approve workflows to run");
});

test("a person's title or body stays, each for itself", async () => {
  await show(scene.forge(), view());
  const [pull] = await pulls();
  const ada = scene.person();
  await ada("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
    pull_number: pull?.number,
    title: "feat: collect",
  });
  await show(scene.forge(), view({ title: "Other", body: "New words" }));
  expect((await pulls())[0]).toMatchObject({ title: "feat: collect" });
  expect((await pulls())[0]?.body).toContain("New words");
  const body = `${(await pulls())[0]?.body}\n\nSigned off by ada`;
  await ada("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", { pull_number: pull?.number, body });
  scene.writes();
  await show(scene.forge(), view({ title: "Third", body: "Third words" }));
  expect((await pulls())[0]).toMatchObject({ title: "feat: collect", body });
});

test("a draft is made ready when its checkpoints are green, and stays a draft where a person made it one again", async () => {
  await show(scene.forge(), view({ draft: true }));
  expect(await pulls()).toMatchObject([{ draft: true }]);
  await show(scene.forge(), view());
  expect(await pulls()).toMatchObject([{ draft: false }]);
  const found = await scene.actions.list<{ node_id: string }>(
    "GET /repos/{owner}/{repo}/pulls",
    {},
    5,
  );
  const again =
    "mutation Draft($input: ConvertPullRequestToDraftInput!) { convertPullRequestToDraft(input: $input) { clientMutationId } }";
  const pullRequestId = found.ok ? found.data.items[0]?.node_id : "";
  await scene.actions.graphql(again, { input: { pullRequestId } });
  await show(scene.forge(), view());
  expect(await pulls()).toMatchObject([{ draft: true }]);
});

test("where drafts are not to be had, it is opened ready", async () => {
  await scene.close();
  scene = await openScene({ private: true });
  await show(scene.forge(), view({ draft: true }));
  expect(await pulls()).toMatchObject([{ state: "open" }]);
});

test("one that a person closed is not opened again, nor is another", async () => {
  await show(scene.forge(), view());
  const [pull] = await pulls();
  await scene.ada.closePull(pull?.number ?? 0);
  scene.writes();
  await show(scene.forge(), view({ title: "Other" }));
  expect(scene.writes()).toEqual([]);
  expect(await pulls()).toMatchObject([{ state: "closed", title: "Collect hourly" }]);
});

test("one that a person opened from the branch is adopted: its words stay, the verdict comes", async () => {
  const number = await scene.ada.openPull({ head: branch, title: "ada's words", body: "mine" });
  await show(scene.forge(), view());
  expect(await pulls()).toMatchObject([{ number, title: "ada's words", body: "mine" }]);
  expect(JSON.stringify(scene.github.picture())).toContain("archwright/review");
});

test("a refused one keeps the branch and gives the setting and the link; the person's is adopted and the notice hidden", async () => {
  scene.github.settings.actionsMayCreatePullRequests = false;
  const notes = await show(scene.forge(), view());
  expect(notes.join()).toContain(branch);
  const notice = (await bodies(scene)).find((body) =>
    body.includes("Open the pull request yourself"),
  );
  expect(notice).toContain("settings/actions");
  expect(notice).toContain(
    `/compare/${scene.github.defaultBranch}...${branch}?quick_pull=1&title=Collect%20hourly`,
  );
  scene.writes();
  await show(scene.forge(), view());
  expect(scene.writes()).toEqual([]);
  await scene.ada.openPull({ head: branch, title: "mine" });
  await show(scene.forge(), view());
  expect(await pulls()).toHaveLength(1);
  expect(JSON.stringify(scene.github.picture())).toContain('"minimized":"RESOLVED"');
});

test("a notice that a person deleted stays away", async () => {
  scene.github.settings.actionsMayCreatePullRequests = false;
  await show(scene.forge(), view());
  const answer = await scene.actions.list<{ id: number; body: string }>(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { issue_number: scene.issue },
    50,
  );
  const notice = answer.ok ? answer.data.items.find(({ body }) => body.includes("yourself")) : null;
  await scene.ada.deleteComment(notice?.id ?? 0);
  await show(scene.forge(), view());
  expect((await bodies(scene)).join()).not.toContain("yourself");
});

test("the verdict stands on the reviewed head; a commit that came since is pending", async () => {
  const check = { ...pullOf(scene).check, state: "success", title: "92 of 100" } as const;
  await show(scene.forge(), view({ check }));
  const later = await scene.ada.push(branch, { "b.txt": "by ada\n" });
  await show(scene.forge(), view({ check }));
  const states = async (sha: string): Promise<string[]> => {
    const answer = await scene.actions.list<{ state: string; description: string }>(
      "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
      { ref: sha },
      50,
    );
    return answer.ok
      ? answer.data.items.map(({ state, description }) => `${state}: ${description}`)
      : [];
  };
  expect(await states(scene.head)).toEqual(["success: 92 of 100"]);
  expect(await states(later)).toEqual(["pending: This commit is not reviewed"]);
  scene.writes();
  await show(scene.forge(), view({ check }));
  expect(scene.writes()).toEqual([]);
});

test("an App's verdict is a check run with its annotations, fifty at a time, and is not made twice", async () => {
  const builder = scene.app("wright");
  const annotations = Array.from({ length: 120 }, (_, at) => ({
    ...{ path: "a.txt", line: 1 + (at % 40), endLine: null, markdown: `finding ${at}` },
  }));
  const check = {
    ...pullOf(scene).check,
    state: "failure",
    summary: "# 78 of 100",
    annotations,
  } as const;
  await show(scene.forge({ builder }), view({ check }));
  type Run = { conclusion: string; output: { annotations_count: number } };
  const runs = async (): Promise<Run[]> => {
    const answer = await builder.list<Run>(
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      { ref: scene.head },
      50,
    );
    return answer.ok ? answer.data.items : [];
  };
  expect(await runs()).toMatchObject([
    { conclusion: "failure", output: { annotations_count: 120 } },
  ]);
  scene.writes();
  await show(scene.forge({ builder }), view({ check }));
  expect(scene.writes()).toEqual([]);
});

test("an App without the right to checks says the verdict as a status", async () => {
  const builder = scene.app("plain", {
    pull_requests: "write",
    contents: "write",
    metadata: "read",
  });
  const notes = await show(scene.forge({ builder }), view());
  expect(notes.join()).toContain("commit status");
  expect(JSON.stringify(scene.github.picture())).toContain("archwright/review");
});

test.each([
  ["only collaborators may", { pullRequestsCollaboratorsOnly: true }, "Only collaborators"],
  ["the limit is reached", { openPullRequestLimit: 0 }, "limit of open pull requests"],
])("where %s, the notice says so", async (_why, settings, words) => {
  Object.assign(scene.github.settings, settings);
  const builder = scene.app("outsider", { pull_requests: "write", metadata: "read" });
  await show(scene.forge({ builder }), view());
  expect(await pulls()).toEqual([]);
  const notice = (await bodies(scene)).find((body) =>
    body.includes("Open the pull request yourself"),
  );
  expect(notice).toContain(words);
});

test("a branch without a change gets no pull request and no notice, but a note", async () => {
  const empty = "archwright/1-empty-01";
  const ada = scene.person();
  await ada("POST /repos/{owner}/{repo}/git/refs", { ref: `refs/heads/${empty}`, sha: scene.base });
  const pull = pullOf(scene, { branch: empty, head: scene.base });
  const notes = await show(scene.forge(), viewOf(scene, { comments: [], pullRequests: [pull] }));
  expect(notes.join()).toContain(`No pull request for ${empty}`);
  expect(await bodies(scene)).toHaveLength(1);
  expect(await pulls()).toEqual([]);
});

test("a server that cannot make it ready leaves a draft and a note, and is asked again later", async () => {
  await show(scene.forge(), view({ draft: true }));
  scene.github.settings.graphqlWithout.push("markPullRequestReadyForReview");
  expect((await show(scene.forge(), view())).join()).toContain("Ready for review");
  expect(await pulls()).toMatchObject([{ draft: true }]);
  scene.github.settings.graphqlWithout.length = 0;
  expect(await show(scene.forge(), view())).toEqual([]);
  expect(await pulls()).toMatchObject([{ draft: false }]);
});

test("however it changes, showing the same twice writes once", async () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
  const check = fc.record({
    state: fc.constantFrom("pending", "success", "failure"),
    title: text,
    summary: text,
    annotations: fc.array(fc.constant({ path: "a.txt", line: 5, endLine: 6, markdown: "x" }), {
      maxLength: 2,
    }),
  });
  const words = fc.record({
    title: text.map((line) => `t${line.trim()}`),
    body: text,
    draft: fc.boolean(),
    check,
  });
  const builder = scene.app("wright");
  await fc.assert(
    fc.asyncProperty(words, fc.boolean(), async (given, asApp) => {
      const forge = asApp ? scene.forge({ builder }) : scene.forge();
      const wanted = view({ ...given, check: { ...given.check, head: scene.head } as never });
      await show(forge, wanted);
      scene.writes();
      expect(await show(forge, wanted)).toEqual([]);
      expect(scene.writes()).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
