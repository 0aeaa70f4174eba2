import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { commands, findHandler } from "../../src/workflow/command-registry.ts";
import { decide } from "../../src/workflow/decide.ts";
import { explainRefusal } from "../../src/workflow/explain-refusal.ts";
import { parseCommand } from "../../src/workflow/parse-command.ts";
import { isQuietRefusal, type Refusal, type RefusalReason } from "../../src/workflow/refusal.ts";
import { moveArbitrary, type Setup, setupArbitrary, simulate } from "./simulate.ts";
import { ask, say, tell, validated, wendy } from "./story.ts";

describe("refusals in words", () => {
  const runs = fc.sample(fc.tuple(setupArbitrary, fc.array(moveArbitrary, { minLength: 80 })), {
    numRuns: 80,
    seed: 11,
  });
  const refusals = new Map<RefusalReason, Refusal>();
  for (const [setup, moves] of runs) {
    for (const { decision } of simulate(setup as Setup, moves, decide).steps) {
      if (!decision.ok) refusals.set(decision.refusal.reason, decision.refusal);
    }
  }

  test("random stories are refused for very many reasons", () => {
    expect(refusals.size).toBeGreaterThanOrEqual(30);
  });

  test("each says in short sentences what happened and what to do", () => {
    for (const [reason, refusal] of refusals) {
      const { what, remedy } = explainRefusal(refusal);
      expect(`${reason}: ${what}`).toMatch(/: [A-Z`/][^\n]+\.$/);
      expect(`${reason}: ${remedy}`).toMatch(/: [A-Z][^\n]+[.`]$/);
      expect(`${what} ${remedy}`).not.toMatch(/undefined|null|NaN|\[object|sorry|please/i);
      expect(what.length + remedy.length).toBeLessThan(300);
    }
  });

  test("a line to copy is in the remedy, in a code span, and is a command", () => {
    const decision = ask(tell(validated()), say(wendy, "/approve"));
    if (decision.ok) throw new Error("not refused");
    const [, line = ""] = explainRefusal(decision.refusal).remedy.match(/`(\/[^`]+)`/) ?? [];
    expect(parseCommand(line, commands).kind).toBe("command");
  });

  test("nobody is told what nobody asked", () => {
    expect(isQuietRefusal({ reason: "other-label", label: "bug" })).toBe(true);
    expect(isQuietRefusal({ reason: "hash-missing", line: "/approve 1234567" })).toBe(false);
  });
});

describe("the registry", () => {
  test.each(commands.map((definition) => [definition.name, definition] as const))(
    "/%s is written as its usage says",
    (name, { usage, options, flags = [], role }) => {
      expect(usage.startsWith(`/${name}`)).toBe(true);
      expect(options.filter((option) => !usage.includes(`--${option}`))).toEqual([]);
      expect(flags.filter((flag) => !options.includes(flag))).toEqual([]);
      expect(findHandler(name)?.definition.role).toBe(role);
    },
  );

  test("names no command twice, and all that were asked for", () => {
    const names = commands.map(({ name }) => name);
    expect(names).toEqual([
      ...["design", "refine", "answer", "select", "validate", "approve", "build", "review", "fix"],
      ...["retry", "continue", "dismiss", "cancel", "ask", "status", "doctor", "help"],
    ]);
  });
});
