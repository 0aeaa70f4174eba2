import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { TestApp } from "./open-app.ts";
import { type Hamlet, openHamlet, startHamletApp, until } from "./open-hamlet.ts";
import { offSpecIn } from "./read-hamlet.ts";

let hamlet: Hamlet;
let app: TestApp | undefined;
beforeAll(async () => {
  hamlet = await openHamlet({ workflow: false });
});
afterAll(async () => {
  await app?.close();
  await hamlet?.close();
});

test("what was delivered while nobody listened is asked for again at the start, and done once", async () => {
  const { mary, seen } = hamlet;
  const issue = await mary.openIssue({ title: "Export as CSV", body: "Please." });
  await mary.comment(issue, "/help");
  await new Promise((resolve) => setTimeout(resolve, 300));
  app = await startHamletApp(hamlet);
  await until(app, () => seen().includes("| command |"));
  expect(app.lines.some((line) => line.includes("asked for the delivery again"))).toBe(true);
  expect(seen().split("| command |")).toHaveLength(2);
  expect(offSpecIn(hamlet)).toEqual([]);
});
