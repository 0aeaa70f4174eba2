import { describe, expect, test } from "@jest/globals";
import type { Criterion } from "../../../src/documents/schema-build-spec.ts";
import type { Proof } from "../../../src/documents/schema-review-report.ts";
import {
  decideByCommand,
  decideByProofs,
  isInDoubt,
} from "../../../src/phases/review/decide-criterion.ts";
import type { CommandOutcome } from "../../../src/workspace/port.ts";

const criterion = (given: Partial<Criterion> = {}): Criterion => ({
  id: "AC-1",
  level: "must",
  kind: "inspection",
  text: "",
  verify: null,
  done: false,
  ...given,
});
const proof = (kind: Proof["kind"], confirmed: boolean): Proof => ({
  kind,
  path: "",
  startLine: 0,
  endLine: 0,
  text: "",
  confirmed,
  note: "",
});
const claim = (verdict: "met" | "partly" | "unmet" | "unproven") => ({
  id: "AC-1",
  verdict,
  proofs: [],
  note: "",
});
const ended = (exitCode: number | null, how: CommandOutcome["ended"] = "exited") =>
  new Map<string, CommandOutcome>([
    [
      "unit",
      { name: "unit", command: "", ended: how, exitCode, seconds: 1, output: "", outputBytes: 0 },
    ],
  ]);

describe("a verdict by proofs", () => {
  test.each([
    ["met", "quote", true, "met"],
    ["partly", "quote", true, "partly"],
    ["met", "quote", false, "unproven"],
    ["partly", "absence", false, "unproven"],
    ["unmet", "quote", false, "unmet"],
    ["unproven", "quote", true, "unproven"],
  ] as const)("%s with a %s confirmed %s is %s", (claimed, kind, confirmed, expected) => {
    const decided = decideByProofs(criterion(), claim(claimed), [proof(kind, confirmed)]);
    expect(decided.verdict).toBe(expected);
  });

  test("no verdict at all is unproven, and no reason to ask again", () => {
    expect(decideByProofs(criterion(), undefined, []).verdict).toBe("unproven");
    expect(isInDoubt(criterion(), undefined, [])).toBe(false);
  });

  test("a quote cannot show that something is absent", () => {
    const absence = criterion({ kind: "absence" });
    const quoted = [proof("quote", true)];
    expect(decideByProofs(absence, claim("met"), quoted).verdict).toBe("unproven");
    expect(isInDoubt(absence, claim("met"), quoted)).toBe(true);
    expect(decideByProofs(absence, claim("met"), [proof("absence", true)]).verdict).toBe("met");
  });

  test("one proof that does not hold is asked about, even beside one that does", () => {
    const mixed = [proof("quote", true), proof("quote", false)];
    expect(isInDoubt(criterion(), claim("met"), mixed)).toBe(true);
    expect(decideByProofs(criterion(), claim("met"), mixed).verdict).toBe("met");
    expect(isInDoubt(criterion(), claim("unmet"), mixed)).toBe(false);
  });
});

describe("a verdict by command", () => {
  const proves = new Map([["unit", { proves: true, guards: false, note: "" }]]);
  const idle = new Map([["unit", { proves: false, guards: false, note: "" }]]);
  const guards = new Map([["unit", { proves: false, guards: true, note: "" }]]);
  test.each([
    ["red", "unit", ended(1), proves, "unmet"],
    ["timed out", "unit", ended(null, "timed-out"), proves, "unmet"],
    ["not started", "unit", ended(null, "not-started"), proves, "unproven"],
    ["green, red on the base", "unit", ended(0), proves, "met"],
    ["green, green on the base", "unit", ended(0), idle, "unproven"],
    ["green, not tried on the base", "unit", ended(0), new Map(), "unproven"],
    ["green, guarding what already held", "performance", ended(0), guards, "met"],
    ["green, guarding, but a test must show it", "unit", ended(0), guards, "unproven"],
    ["green on the base by the new tests alone", "security", ended(0), idle, "unproven"],
    ["never run", "unit", new Map<string, CommandOutcome>(), proves, "unproven"],
  ] as const)("%s (%s)", (_what, kind, results, onBase, expected) => {
    const decided = decideByCommand(criterion({ kind, verify: "unit" }), results, onBase, "");
    expect(decided.verdict).toBe(expected);
  });
});
