import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { writeMarked } from "../../../src/forge/github/comment-marker.ts";
import { bodies, comment, comments, openScene, type Scene, show, viewOf } from "./forge-scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  expect(scene.github.offSpec).toEqual([]);
  await scene.close();
});

const find = async (words: string) => {
  const found = (await comments(scene)).find(({ body }) => body.includes(words));
  if (!found) throw new Error(`no comment says ${words}`);
  return found;
};

test("the status stands first, comments follow in order, and showing it again writes nothing", async () => {
  const forge = scene.forge();
  expect(await show(forge, viewOf(scene))).toEqual([]);
  expect((await bodies(scene)).map((body) => body.split("\n")[0])).toEqual([
    "**Archwright** · designing",
    "Told 0",
    "Told 1",
  ]);
  scene.writes();
  expect(await forge.reconcile(viewOf(scene))).toEqual({
    ok: true,
    value: { writes: 0, notes: [] },
  });
  expect(scene.writes()).toEqual([]);
});

test("the status is edited in place, also by a process that has never seen it", async () => {
  await show(scene.forge(), viewOf(scene));
  const before = await comments(scene);
  await show(scene.forge(), viewOf(scene, { status: "**Archwright** · done" }));
  const after = await comments(scene);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after[0]?.body).toContain("· done");
});

test("a person's edit is never written over", async () => {
  await show(scene.forge(), viewOf(scene));
  const told = await find("Told 0");
  await scene.ada.editComment(told.id, `${told.body}, corrected by ada`);
  scene.writes();
  const changed = [comment(0, { markdown: "Told anew" }), comment(1)];
  await show(scene.forge(), viewOf(scene, { comments: changed }));
  expect(scene.writes()).toEqual([]);
  expect((await find("corrected by ada")).id).toBe(told.id);
});

test.each(["Told 1", "Told 0", "designing"])("a person's deletion stays: %s", async (words) => {
  await show(scene.forge(), viewOf(scene));
  await scene.ada.deleteComment((await find(words)).id);
  scene.writes();
  await show(scene.forge(), viewOf(scene));
  expect(scene.writes()).toEqual([]);
  expect(await bodies(scene)).toHaveLength(2);
  await show(scene.forge(), viewOf(scene, { comments: [comment(0), comment(1), comment(2)] }));
  expect((await bodies(scene)).join()).not.toContain(words);
});

test("a stranger's comment with our marker is not ours, and one of ours with a wrong hash is a person's", async () => {
  const mallory = scene.github.person("mallory", "read");
  await mallory.comment(scene.issue, writeMarked({ key: "status", at: 99 }, "forged"));
  await mallory.comment(scene.issue, writeMarked({ key: "told-0", at: 0 }, "forged"));
  await show(scene.forge(), viewOf(scene));
  expect((await bodies(scene)).filter((body) => body === "forged")).toHaveLength(2);
  expect(await find("Told 0")).toMatchObject({ user: { login: "github-actions[bot]" } });
  const told = await find("Told 0");
  await scene.ada.editComment(told.id, told.body.replace(/sha=.{12}/, "sha=0123456789ab"));
  await show(
    scene.forge(),
    viewOf(scene, { comments: [comment(0, { markdown: "other" }), comment(1)] }),
  );
  expect((await bodies(scene)).filter((body) => body === "other")).toEqual([]);
});

test("a superseded comment is hidden once; a person who shows it again is not overruled", async () => {
  await show(scene.forge(), viewOf(scene));
  const replaced = [comment(0, { superseded: true }), comment(1)];
  await show(scene.forge(), viewOf(scene, { comments: replaced }));
  expect(JSON.stringify(scene.github.picture())).toContain('"minimized":"OUTDATED"');
  const told = await find("Told 0");
  const unhide =
    "mutation Show($input: UnminimizeCommentInput!) { unminimizeComment(input: $input) { clientMutationId } }";
  await scene.actions.graphql(unhide, { input: { subjectId: told.node_id } });
  scene.writes();
  await show(scene.forge(), viewOf(scene, { comments: replaced }));
  expect(scene.writes()).toEqual([]);
});

test("where hiding is refused, the text is folded, once", async () => {
  await show(scene.forge(), viewOf(scene));
  const replaced = viewOf(scene, { comments: [comment(0, { superseded: true }), comment(1)] });
  scene.github.fail({ route: /graphql/, method: "POST", kind: "status", status: 403, times: 50 });
  await show(scene.forge(), replaced);
  expect((await find("Told 0")).body).toContain("<details><summary>Superseded: Told 0</summary>");
  scene.writes();
  await show(scene.forge(), replaced);
  expect(scene.writes()).toEqual([]);
});

test("a long text goes on in further comments, and what is far too long links to the ledger", async () => {
  const long = Array.from({ length: 4000 }, (_, at) => `word ${at} of a long text\n\n`).join("");
  const code = `\`\`\`ts\n${"const long = true;\n".repeat(30_000)}\`\`\``;
  const view = viewOf(scene, {
    comments: [
      comment(0, { markdown: long }),
      comment(1, { markdown: code, document: "BUILD_01.md" }),
    ],
  });
  await show(scene.forge(), view);
  const shown = await bodies(scene);
  expect(shown.length).toBe(1 + 2 + 6);
  expect(shown.at(-1)).toContain(
    `https://github.example/${scene.github.owner}/${scene.github.repo}/blob/${"f".repeat(40)}/BUILD_01.md`,
  );
  for (const body of shown.slice(3)) expect((body.match(/^```/gm) ?? []).length).toBe(2);
  scene.writes();
  await show(scene.forge(), view);
  expect(scene.writes()).toEqual([]);
  await show(scene.forge(), viewOf(scene, { comments: [comment(0), comment(1)] }));
  expect((await bodies(scene)).slice(1)).toEqual(["Told 0", "Told 1"]);
});

test("labels of ours follow the view, people's stay, and one that a person took off stays off", async () => {
  await scene.ada.label(scene.issue, "archwright");
  await scene.ada.label(scene.issue, "bug");
  const names = async (): Promise<string[]> => {
    const answer = await scene.actions.list<{ name: string; color: string }>(
      "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
      { issue_number: scene.issue },
      100,
    );
    return answer.ok ? answer.data.items.map(({ name, color }) => `${name} ${color}`).sort() : [];
  };
  await show(scene.forge(), viewOf(scene));
  expect(await names()).toContain("archwright:design 1d76db");
  await show(scene.forge(), viewOf(scene, { labels: ["archwright:waiting"] }));
  expect((await names()).map((name) => name.split(" ")[0])).toEqual([
    "archwright",
    "archwright:waiting",
    "bug",
  ]);
  await scene.ada.unlabel(scene.issue, "archwright:waiting");
  await show(scene.forge(), viewOf(scene, { labels: ["archwright:waiting"], status: "later" }));
  expect((await names()).join()).not.toContain("waiting");
});

test("a locked issue is a note, not a failure", async () => {
  const reader = scene.app("reader", { issues: "write", metadata: "read" });
  await scene.ada.lockIssue(scene.issue);
  const done = await scene.forge({ api: reader }).reconcile(viewOf(scene));
  expect(done).toMatchObject({ ok: true });
  expect(JSON.stringify(done)).toMatch(/locked/i);
});

test("two runs at once leave one of each", async () => {
  await Promise.all([show(scene.forge(), viewOf(scene)), show(scene.forge(), viewOf(scene))]);
  await show(scene.forge(), viewOf(scene));
  expect(await bodies(scene)).toHaveLength(3);
});

test("a lost answer makes nothing twice", async () => {
  scene.github.fail({
    method: "POST",
    route: /comments$/,
    kind: "status",
    status: 502,
    after: true,
    times: 1,
  });
  await show(scene.forge(), viewOf(scene));
  expect(await bodies(scene)).toHaveLength(3);
});

test("an answer to a person comes once per key, also after a lost answer", async () => {
  const forge = scene.forge();
  scene.github.fail({ method: "POST", route: /comments$/, kind: "reset", after: true, times: 1 });
  for (let time = 0; time < 3; time++)
    expect(
      await forge.reply(scene.issue, { key: "comment 5 at noon", markdown: "No." }),
    ).toMatchObject({ ok: true });
  expect(await bodies(scene)).toEqual(["No."]);
  await show(forge, viewOf(scene));
  expect(await bodies(scene)).toHaveLength(4);
});

test("a reaction is given, and whatever happens with it ends nothing", async () => {
  const id = await scene.ada.comment(scene.issue, "/design");
  const forge = scene.forge();
  await forge.acknowledge(String(id), "seen");
  await forge.acknowledge(String(id), "accepted");
  await forge.acknowledge("999999999", "refused");
  await forge.acknowledge("no number", "refused");
  expect(JSON.stringify(scene.github.picture())).toMatch(/eyes.*rocket/s);
});

test("whatever the view, the second run writes nothing", async () => {
  const words = fc.string({ unit: "binary", minLength: 1, maxLength: 80 });
  const told = fc.record({ markdown: words, superseded: fc.boolean() });
  const view = fc.record({
    status: words,
    told: fc.array(told, { maxLength: 4 }),
    labels: fc.uniqueArray(fc.constantFrom("archwright:design", "archwright:waiting"), {
      maxLength: 2,
    }),
  });
  await fc.assert(
    fc.asyncProperty(view, async ({ status, told, labels }) => {
      const issue = await scene.ada.openIssue({ title: "t", body: "b" });
      const wanted = {
        issue,
        status,
        labels,
        comments: told.map((each, at) => comment(at, each)),
        pullRequests: [],
      };
      await show(scene.forge(), wanted);
      scene.writes();
      expect(await scene.forge().reconcile(wanted)).toMatchObject({
        ok: true,
        value: { writes: 0 },
      });
      expect(scene.writes()).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
