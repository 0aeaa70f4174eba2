import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Finding, Patient } from "../../../src/door/doctor/finding.ts";
import { runDoctor } from "../../../src/door/doctor/run-doctor.ts";
import { answering, healthy, openPatient, snapshotOf } from "./open-patient.ts";

const diagnose = (change: Parameters<typeof openPatient>[0]): Promise<Finding[]> =>
  runDoctor(openPatient(change));
const about = (findings: readonly Finding[], name: string): Finding[] =>
  findings.filter((finding) => finding.about === name);
const files = (workflow: string) => snapshotOf({ ".github/workflows/archwright.yml": workflow });

describe("identities", () => {
  const patient = (author: object, critic: object): Partial<Patient> => ({
    builder: answering(healthy, { id: "2", login: "builder[bot]", kind: "app", ...author }),
    reviewer: answering(healthy, {
      id: "3",
      login: "reviewer[bot]",
      kind: "app",
      appId: 7,
      ...critic,
    }),
  });

  test("two of them can request changes, and an App's check is a gate", async () => {
    const findings = await diagnose(patient({}, {}));
    expect(about(findings, "identities")).toMatchObject([{ state: "ok" }]);
    expect(about(findings, "gate")).toMatchObject([
      { state: "ok", what: expect.stringContaining("7") },
    ]);
    expect(about(findings, "pull requests by Actions")).toMatchObject([{ state: "ok" }]);
  });

  test("the same account under two tokens is one", async () => {
    const findings = await diagnose(patient({ id: "3" }, {}));
    expect(about(findings, "identities")).toMatchObject([{ state: "weak" }]);
  });

  test("asked by a person, it speaks of the workflow's own token, and of the App where one works", async () => {
    expect(about(await diagnose({}), "identities")[0]?.what).toMatch(
      /^github-actions\[bot\] opens/,
    );
    const snapshot = files(readFileSync("examples/workflow-app.yml", "utf8"));
    expect(about(await diagnose({ snapshot }), "identities")).toMatchObject([{ state: "unknown" }]);
  });

  test("the workflows of the examples lack nothing", async () => {
    const snapshot = files(readFileSync("examples/workflow.yml", "utf8"));
    const [found] = about(await diagnose({ snapshot }), "workflow");
    expect(found).toMatchObject({ state: "ok", what: expect.stringMatching(/active, at v1\.$/) });
  });

  test("pull requests of GITHUB_TOKEN start no checks", async () => {
    const api = answering(healthy, { kind: "actions", login: "github-actions[bot]" });
    expect(about(await diagnose({ api }), "checks of pull requests")).toMatchObject([
      { state: "weak" },
    ]);
  });
});
