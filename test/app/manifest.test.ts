import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { deliveredEvents } from "../../src/forge/github/read-delivery.ts";
import { findNeed } from "../github/rules/rights.ts";
import { readSources } from "../house/read-sources.ts";

type Manifest = {
  public: boolean;
  hook_attributes: { url: string; active: boolean };
  default_permissions: Record<string, string>;
  default_events: string[];
};
const root = join(import.meta.dirname, "../..");
const manifest = parse(readFileSync(join(root, "app.yml"), "utf8")) as Manifest;

/** Asked by others than the App's workers, or only where the token may: the answer "not allowed" is an answer there. */
const notOfTheApp: readonly { route: RegExp; why: string }[] = [
  { route: /\/statuses/, why: "a status is the verdict of identities that are no App" },
  { route: /\/actions\/permissions/, why: "doctor says that it cannot look" },
  { route: /\/actions\/secrets/, why: "doctor says that it cannot look" },
];

const rooms = ["src/forge/github", "src/ledger/github", "src/door", "src/app"];
const routes = [
  ...new Set(
    readSources(...rooms).flatMap(({ code }) =>
      [...code.matchAll(/["'`]((?:GET|POST|PUT|PATCH|DELETE) \/[^"'`\s]+)["'`]/g)].map(
        ([, route]) => route ?? "",
      ),
    ),
  ),
];
const used = routes.filter((route) => !notOfTheApp.some((rule) => rule.route.test(route)));

/** Rights that the routes need: those with one way first, then what is left gets what is held already, or all its ways. */
function derive(): Record<string, string> {
  const needs = used.flatMap((route) => findNeed(route) ?? []);
  const rights = new Map<string, string>([["metadata", "read"]]);
  const add = (right: string, level: string): void => {
    if (level === "write" || !rights.has(right)) rights.set(right, level);
  };
  for (const { any, level } of needs.filter((need) => need.any.length === 1)) {
    add(any[0] ?? "", level);
  }
  for (const { any, level } of needs.filter((need) => need.any.length > 1)) {
    const held = any.filter((right) => rights.has(right) && right !== "metadata");
    for (const right of held.length > 0 ? held : any) add(right, level);
  }
  return Object.fromEntries(rights);
}

test("the sources are read: the routes of threads, git data, runs and deliveries are there", () => {
  expect(routes).toEqual(
    expect.arrayContaining([
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
      "POST /repos/{owner}/{repo}/git/commits",
      "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
      "GET /app/hook/deliveries",
      "POST /repos/{owner}/{repo}/check-runs",
    ]),
  );
});

test("the App asks for the rights that its calls need, and for no other", () => {
  // On an issue that is no pull request, `pull_requests` may not speak.
  expect(manifest.default_permissions).toEqual({ ...derive(), issues: "write" });
});

test("the App asks for the events that it reads, and for no other", () => {
  // Of a workflow alone: no webhook of an App has these names.
  const ofActions = ["schedule", "workflow_dispatch", "pull_request_target"];
  const read = deliveredEvents.filter((event) => !ofActions.includes(event));
  expect([...manifest.default_events].sort()).toEqual([...read].sort());
});

test("the App is private, and its webhook goes where the server listens", () => {
  expect(manifest.public).toBe(false);
  expect(new URL(manifest.hook_attributes.url).pathname).toBe("/api/github/webhooks");
  // Nobody owns the name that stands in for the operator's own.
  expect(new URL(manifest.hook_attributes.url).hostname).toMatch(/\.example$/);
});
