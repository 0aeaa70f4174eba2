import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { configSchema } from "../../../src/config/schema.ts";
import type { Finding } from "../../../src/door/doctor/finding.ts";
import {
  renderFindings,
  renderFindingsTable,
  summarizeFindings,
} from "../../../src/door/doctor/render-findings.ts";
import { isHealthy, runDoctor } from "../../../src/door/doctor/run-doctor.ts";
import { goodWorkflow, healthy, openPatient, snapshotOf } from "./open-patient.ts";

const diagnose = (change: Parameters<typeof openPatient>[0]): Promise<Finding[]> =>
  runDoctor(openPatient(change));
const about = (findings: readonly Finding[], name: string): Finding[] =>
  findings.filter((finding) => finding.about === name);
const route = (path: string): string => `GET /repos/{owner}/{repo}${path}`;

test("a repository that is ready: nothing to mend", async () => {
  const findings = await diagnose({});
  expect(findings.filter(({ state }) => state === "wrong")).toEqual([]);
  expect(isHealthy(findings)).toBe(true);
});

const files = (workflow: string) =>
  snapshotOf({ ".github/workflows/archwright.yml": workflow, Makefile: "test:\n\ttrue\n" });

/** One thing wrong each: which line tells it, in which state, and what the fix names. */
const illnesses: [string, Parameters<typeof openPatient>[0], string, Finding["state"], string][] = [
  [
    "Actions may not create pull requests",
    {
      replies: {
        [route("/actions/permissions/workflow")]: {
          status: 200,
          data: { can_approve_pull_request_reviews: false },
        },
      },
    },
    "pull requests by Actions",
    "wrong",
    "/settings/actions",
  ],
  [
    "the organisation's answer cannot be seen",
    { organisation: true },
    "pull requests by Actions",
    "unknown",
    "organisation's Settings",
  ],
  [
    "Actions are off",
    { replies: { [route("/actions/permissions")]: { status: 200, data: { enabled: false } } } },
    "actions",
    "wrong",
    "Switch them on",
  ],
  [
    "only local actions are allowed",
    {
      replies: {
        [route("/actions/permissions")]: {
          status: 200,
          data: { enabled: true, allowed_actions: "local_only" },
        },
      },
    },
    "actions",
    "wrong",
    "Allow archwright",
  ],
  [
    "there is no label",
    { replies: { [route("/labels/{name}")]: { status: 404 } } },
    "labels",
    "wrong",
    "gh label create archwright",
  ],
  [
    "there is no secret",
    {
      replies: {
        [route("/actions/secrets")]: { status: 200, data: { secrets: [{ name: "NPM_TOKEN" }] } },
      },
    },
    "model key",
    "wrong",
    "gh secret set",
  ],
  ["there is no workflow", { snapshot: snapshotOf({}) }, "workflow", "wrong", "archwright init"],
  [
    "the workflow grants too little",
    { snapshot: files(goodWorkflow.replace("actions: write", "actions: read")) },
    "workflow",
    "wrong",
    "`actions: write`",
  ],
  [
    "runs cannot be found by name",
    { snapshot: files(goodWorkflow.replace(/^run-name.*\n/, "")) },
    "workflow",
    "weak",
    "run-name",
  ],
  [
    "the last run failed to start",
    {
      replies: {
        [route("/actions/workflows/{workflow_id}/runs")]: {
          status: 200,
          data: { workflow_runs: [{ conclusion: "startup_failure", html_url: "https://x/run/1" }] },
        },
      },
    },
    "workflow",
    "wrong",
    "https://x/run/1",
  ],
  [
    "the workflow is switched off",
    {
      replies: {
        [route("/actions/workflows/{workflow_id}")]: {
          status: 200,
          data: { state: "disabled_inactivity" },
        },
      },
    },
    "workflow",
    "wrong",
    "Enable it",
  ],
  [
    "a ruleset wants signatures",
    {
      replies: {
        [route("/rules/branches/{branch}")]: {
          status: 200,
          data: [{ type: "required_signatures" }],
        },
      },
    },
    "branch rules",
    "wrong",
    "archwright/**",
  ],
  [
    "the price is unknown",
    { models: { open: () => ({ id: "x:y" }) as never, roles: ["architect"], price: () => null } },
    "price",
    "weak",
    "x:y",
  ],
  [
    "nothing tells right from wrong",
    { snapshot: snapshotOf({ "README.md": "hi" }) },
    "checkpoints",
    "weak",
    "commands:",
  ],
  [
    "commands cannot be isolated",
    { isolation: async () => ({ available: false, detail: "unshare: not permitted" }) },
    "isolation",
    "weak",
    "docs/security.md",
  ],
  [
    "isolation is switched off",
    { config: configSchema.parse({ isolation: "none" }) },
    "isolation",
    "weak",
    "Take the line out",
  ],
  [
    "no key is here to ask a model",
    { mayCallModels: false },
    "model",
    "unknown",
    "where the key is",
  ],
  ["one identity does both", {}, "identities", "weak", "builder-token"],
  [
    "the App's workflow names the App of the example",
    { snapshot: files(readFileSync("examples/workflow-app.yml", "utf8")) },
    "workflow",
    "wrong",
    "gh api",
  ],
  [
    "another token is handed in, whose account is not known",
    { snapshot: files(`${goodWorkflow}\n    secrets: { builder-token: x }`) },
    "identities",
    "unknown",
    "/doctor",
  ],
  [
    "the repository is archived",
    { replies: { "GET /repos/{owner}/{repo}": { status: 200, data: { archived: true } } } },
    "token",
    "wrong",
    "Unarchive",
  ],
  [
    "issues are off",
    { replies: { "GET /repos/{owner}/{repo}": { status: 200, data: { has_issues: false } } } },
    "issues",
    "wrong",
    "Features",
  ],
];

test.each(illnesses)("%s", async (_, change, name, state, fix) => {
  const findings = about(await diagnose(change), name);
  expect(findings).toContainEqual(expect.objectContaining({ state }));
  expect(findings.map((finding) => finding.fix ?? "").join("\n")).toContain(fix);
});

test("every place that may not be seen is said, and none of it counts as wrong", async () => {
  const hidden = Object.fromEntries(
    Object.keys(healthy)
      .slice(1)
      .map((key) => [key, { status: 403 }]),
  );
  const findings = await diagnose({ replies: hidden });
  expect(isHealthy(findings)).toBe(true);
  expect(findings.filter(({ state }) => state === "unknown").length).toBeGreaterThanOrEqual(6);
});

test("a check that breaks is a line, and the others are still seen", async () => {
  const isolation = async () => {
    throw new Error("boom sk-ant-REDACTME0123456789abcdef");
  };
  const findings = await diagnose({ isolation });
  expect(about(findings, "isolation")).toMatchObject([{ state: "unknown" }]);
  expect(JSON.stringify(findings)).not.toContain("REDACTME");
  expect(findings.length).toBeGreaterThan(8);
});

test("a model that does not answer is named with its roles, without its key", async () => {
  const open = () =>
    ({
      id: "acme:big",
      generate: async () => {
        throw new Error("401 invalid x-api-key: sk-ant-REDACTME0123456789abcdef");
      },
    }) as never;
  const models = { open, roles: ["architect", "builder"] as const, price: () => 1 };
  const [finding] = about(await diagnose({ models }), "model");
  expect(finding).toMatchObject({
    state: "wrong",
    what: expect.stringContaining("acme:big (architect, builder)"),
  });
  expect(finding?.what).not.toContain("REDACTME");
});

test("it reads as one line each, and as a table", async () => {
  const findings = await diagnose({ snapshot: snapshotOf({}) });
  expect(renderFindings(findings)).toContain(
    "✗ workflow: main has no .github/workflows/archwright.yml.\n    `archwright init`",
  );
  expect(renderFindingsTable(findings)).toContain("| ✗ | workflow |");
  expect(summarizeFindings(findings)).toMatch(/^1 to mend \(\d+ weak\)\.$/);
});
