import { expect, test } from "@jest/globals";
import { resolveTrigger } from "../../src/door/resolve-trigger.ts";
import { commentOf, openDesk, said, sender, us } from "./open-desk.ts";

const mary = sender("mary");
const wrap = (text: string, revision = 1): string =>
  [
    `<!-- archwright key=spec-main-${revision}-BUILD_01 at=3 sha=0123456789ab -->`,
    "Edit this comment to change the spec.",
    "",
    "<!-- archwright:document BUILD_01.md -->",
    text,
    "<!-- /archwright:document -->",
  ].join("\n");

async function edit(change: (spec: string) => string, revision = 1) {
  const desk = await openDesk({ roles: { mary: "write" } });
  const body = wrap(change(desk.documents["BUILD_01.md"] ?? ""), revision);
  const comment = commentOf(us, body, { updatedAt: "2026-11-21T11:00:00Z" });
  const delivery = said(mary, "", { action: "edited", comment, source: "comment:77:edited" });
  const resolved = await resolveTrigger(delivery, desk.context);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.failure));
  return { ...desk, resolved: resolved.value };
}

test("a changed spec is the next revision, with another hash and its documents", async () => {
  const { resolved, plan } = await edit((spec) =>
    spec.replace("## Objective\n\n", "## Objective\n\nEvery minute. "),
  );
  expect(resolved).toMatchObject({
    kind: "trigger",
    trigger: { kind: "document-edited", document: "BUILD_01.md", plan: { revision: 2 } },
  });
  if (resolved.kind !== "trigger" || resolved.trigger.kind !== "document-edited") return;
  expect(resolved.trigger.plan.hash).not.toBe(plan.hash);
  expect(resolved.documents["BUILD_01.md"]).toContain("Every minute.");
});

test("line ends of a browser and blank lines at the end change nothing", async () => {
  const { resolved, plan } = await edit((spec) => `${spec.replaceAll("\n", "\r\n")}\r\n\r\n`);
  expect(resolved).toMatchObject({ trigger: { plan: { hash: plan.hash } } });
});

test("a spec that cannot be read is refused with line and column, and nothing is lost", async () => {
  const { resolved } = await edit((spec) => spec.replace("## Objective", "## Goal"));
  expect(resolved).toMatchObject({
    kind: "refused",
    markdown: expect.stringContaining("Objective"),
  });
  expect(resolved).toMatchObject({ markdown: expect.stringMatching(/line \d+, column \d+/) });
});

test("another id in the title is refused: the plan would lose a spec", async () => {
  const { resolved } = await edit((spec) => spec.replace("# BUILD_01", "# BUILD_07"));
  expect(resolved).toMatchObject({
    kind: "refused",
    markdown: expect.stringContaining("BUILD_07"),
  });
});

test("an edit of an earlier revision is told to go to the newest", async () => {
  const { resolved } = await edit((spec) => spec, 0);
  expect(resolved).toMatchObject({ kind: "refused", markdown: expect.stringContaining("newest") });
});

test("a comment of ours without a document is just a comment", async () => {
  const desk = await openDesk({ roles: { mary: "write" } });
  const comment = commentOf(us, "<!-- archwright key=status at=0 sha=0 -->\nhello");
  const resolved = await resolveTrigger(
    said(mary, "", { action: "edited", comment }),
    desk.context,
  );
  expect(resolved).toMatchObject({ ok: true, value: { kind: "ignored" } });
});
