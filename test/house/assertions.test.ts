import { expect, test } from "@jest/globals";
import { parse } from "acorn";
import { ancestor, simple } from "acorn-walk";
import { readSources, type Source } from "./read-sources.ts";

type Call = {
  type: string;
  callee: Member;
  arguments: unknown[];
  start: number;
  loc: { start: { line: number } };
};
type Member = { type: string; name?: string; object?: Call | Member; property?: { name?: string } };

const treeOf = (source: Source) =>
  parse(source.code, { ecmaVersion: "latest", sourceType: "module", locations: true });

const isExpect = (node: unknown): boolean => {
  const call = node as Call;
  return (
    call?.type === "CallExpression" &&
    call.callee.type === "Identifier" &&
    call.callee.name === "expect"
  );
};

const tests = readSources("test").filter((source) => source.path.endsWith(".test.ts"));

test("every expect(…) is followed by a matcher that is called", () => {
  const offenders = tests.flatMap((source) => {
    const found: string[] = [];
    ancestor(treeOf(source), {
      CallExpression(node, _state, parents) {
        if (!isExpect(node)) return;
        const chain = [...parents].reverse().slice(1) as unknown as Member[];
        let at = 0;
        while (chain[at]?.type === "MemberExpression") at++;
        const called = at > 0 && chain[at]?.type === "CallExpression";
        if (!called) found.push(`${source.path}:${(node as unknown as Call).loc.start.line}`);
      },
    });
    return found;
  });
  expect(offenders).toEqual([]);
});

const asserts = (code: string): boolean =>
  /\bexpect\s*\(|\bexpect\w*\(|\bfc\.assert\(|\bassert\w*\(|toThrow/.test(code);

test("every test asserts something", () => {
  const offenders = tests.flatMap((source) => {
    const found: string[] = [];
    simple(treeOf(source), {
      CallExpression(node) {
        const call = node as unknown as Call;
        const base =
          call.callee.type === "Identifier"
            ? call.callee.name
            : (call.callee.object as Member | undefined)?.name;
        if (base !== "test" && base !== "it") return;
        const body = call.arguments.at(-1) as
          | { type: string; start: number; end: number }
          | undefined;
        if (!body || !/Function/.test(body.type)) return;
        if (!asserts(source.code.slice(body.start, body.end))) {
          found.push(`${source.path}:${call.loc.start.line}`);
        }
      },
    });
    return found;
  });
  expect(offenders).toEqual([]);
});

test("nothing is skipped, focused or left for later", () => {
  const offenders = readSources("src", "action", "test").flatMap((source) =>
    source.path.startsWith("test/house/") || /prove|weaken/.test(source.path)
      ? []
      : source.code
          .split("\n")
          .flatMap((line, index) =>
            /\b(test|it|describe)\.(skip|only|todo)\b|\bx(it|describe)\(|@ts-ignore|@ts-expect-error/.test(
              line,
            ) && !/["'`]/.test(line)
              ? [`${source.path}:${index + 1}`]
              : [],
          ),
  );
  expect(offenders).toEqual([]);
});
