import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import type { ExpressionData } from "@actions/expressions/data/expressiondata";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { Expression, isMap, type Node } from "./workflow-source.ts";

export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };
/** Contexts by name: `github`, `inputs`, `needs`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** What the status functions answer where an expression stands. */
export type Status = { success: boolean; failure: boolean; cancelled: boolean };

export type Scope = {
  contexts: Contexts;
  status?: Status;
  /** Answers `hashFiles`; where there is no workspace, it must not be asked. */
  hashFiles?: (patterns: string[]) => string;
};

function functionsOf({ status, hashFiles }: Scope): Map<string, FunctionDefinition> {
  const answer = (name: string, value: boolean): [string, FunctionDefinition] => [
    name,
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
  ];
  const all = new Map<string, FunctionDefinition>();
  if (status) {
    all.set(...answer("always", true));
    all.set(...answer("success", status.success));
    all.set(...answer("failure", status.failure));
    all.set(...answer("cancelled", status.cancelled));
  }
  if (hashFiles) {
    all.set("hashfiles", {
      name: "hashFiles",
      minArgs: 1,
      maxArgs: 255,
      call: (...patterns) =>
        new data.StringData(hashFiles(patterns.map((one) => one.coerceString()))),
    });
  }
  return all;
}

const toData = (value: unknown): ExpressionData =>
  JSON.parse(JSON.stringify(value ?? null), data.reviver);
const fromData = (value: ExpressionData): Json =>
  JSON.parse(JSON.stringify(value, data.replacer) ?? "null");

function parse(text: string, scope: Scope) {
  const functions = functionsOf(scope);
  const { tokens } = new Lexer(text).lex();
  const names = Object.keys(scope.contexts);
  return {
    functions,
    tree: new Parser(tokens, names, [...functions.values()]).parse(),
  };
}

function run(text: string, scope: Scope): ExpressionData {
  const { functions, tree } = parse(text, scope);
  const contexts = new data.Dictionary(
    ...Object.entries(scope.contexts).map(([key, value]) => ({ key, value: toData(value) })),
  );
  return new Evaluator(tree, contexts, functions).evaluate();
}

/** Evaluates an expression by GitHub's own library. */
export const evaluate = (text: string, scope: Scope): Json => fromData(run(text, scope));

/** A node with its expressions evaluated. */
export function resolve(node: Node | undefined, scope: Scope): Json {
  if (node === undefined) return null;
  if (node instanceof Expression) return evaluate(node.text, scope);
  if (Array.isArray(node)) return node.map((item) => resolve(item, scope));
  if (isMap(node)) {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, resolve(value, scope)]),
    );
  }
  return node;
}

/** A value as the runner writes it into an input or a variable. */
export const toText = (value: Json): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const statusFunction = /\b(always|success|failure|cancelled)\s*\(/i;
const quoted = /'(?:[^']|'')*'/g;

/** Whether an `if` holds. Without a status function in it, `success()` is asked as well, as GitHub does. */
export function holds(condition: Node | undefined, scope: Scope): boolean {
  const given = condition instanceof Expression ? condition.text : String(condition ?? "").trim();
  const text = given === "" ? "success()" : given;
  const asksStatus = statusFunction.test(text.replaceAll(quoted, "''"));
  const value = run(asksStatus ? text : `success() && (${text})`, scope);
  return !(value.coerceString() === "" || fromData(value) === false || fromData(value) === 0);
}
