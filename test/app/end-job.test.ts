import { expect, test } from "@jest/globals";
import { endOf } from "../../src/app/end-job.ts";
import type { Failure } from "../../src/shared/failure.ts";

const refused = (rule: string): Failure => ({
  reason: "forge-refused",
  rule,
  detail: "",
  link: null,
});

test("what passes by itself is tried again, and a limit of GitHub's is waited for", () => {
  const down = { reason: "forge-unavailable", status: 502, detail: "" } as const;
  expect(endOf(down)).toEqual({ kind: "again", failure: down });
  for (const rule of ["rate-limit", "secondary-rate-limit"]) {
    expect(endOf(refused(rule))).toMatchObject({ kind: "again", delay: 600_000 });
  }
});

test("a bug is not tried as often as an outage", () => {
  expect(endOf({ reason: "unexpected", detail: "" })).toMatchObject({ kind: "again", most: 5 });
});

test("what only a person can mend ends for good", () => {
  for (const rule of ["suspended", "not-found", "missing-right", "archived", "gone"]) {
    expect(endOf(refused(rule))).toEqual({ kind: "done" });
  }
  const config = { reason: "config-invalid", path: "x", line: 1, column: 1, detail: "" } as const;
  expect(endOf(config)).toEqual({ kind: "done" });
});
