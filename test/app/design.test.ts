import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { eventually, examples, openSite, type Site } from "./open-site.ts";

let site: Site;
afterEach(async () => {
  await site?.close();
});

const request = readFileSync(join(examples, "csv-export.md"), "utf8");
const [title = "", ...body] = request.replace(/^# /, "").split("\n");

test("a label leads to a design in the thread, by the App, with no code executed", async () => {
  site = await openSite();
  const { github } = site;
  const mary = github.person("mary", "maintain");
  const issue = await mary.openIssue({ title, body: body.join("\n") });
  await mary.label(issue, "archwright");
  const posted = await eventually(site, () => {
    const text = JSON.stringify(github.picture());
    return text.includes("BUILD_01") ? text : null;
  });
  expect(posted).toContain("archwright");
  console.log(JSON.stringify(github.picture(), null, 1).slice(0, 6000));
  console.log(github.requests.map((r) => `${r.status} ${r.by} ${r.method} ${r.route}`).join("\n"));
  expect(github.offSpec).toEqual([]);
});
