import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, normalize } from "node:path";
import { parse } from "acorn";
import { simple } from "acorn-walk";

/** A source of the house, with its types stripped in place (positions are kept). */
export type Source = { path: string; text: string; lines: number; code: string };

const root = join(import.meta.dirname, "../..");

const tracked = (patterns: readonly string[]): string[] => {
  const command = ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...patterns];
  return execFileSync("git", command, { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
};

/** Sources under the given folders, generated and fixture files left out. */
export function readSources(...folders: string[]): Source[] {
  const paths = tracked(folders.map((folder) => `${folder}/*.ts`));
  return paths
    .filter((path) => existsSync(join(root, path)))
    .filter((path) => !/(^|\/)(dist|fixtures)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const lines = text.split("\n").length - 1;
      return { path, text, lines, code: stripTypeScriptTypes(text, { mode: "strip" }) };
    });
}

export type Import = { from: string; to: string; typeOnly: boolean };

/** Every static and dynamic import; relative ones as paths from the root, packages by their name. */
export function findImports(source: Source): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)/gm;
  return [...source.text.matchAll(pattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? "";
    const to = specifier.startsWith(".")
      ? normalize(join(dirname(source.path), specifier))
      : specifier;
    return { from: source.path, to, typeOnly: match[1] !== undefined };
  });
}

export type NamedFunction = {
  path: string;
  line: number;
  name: string;
  lines: number;
  switchOnly: boolean;
};

type Node = {
  type: string;
  start: number;
  end: number;
  loc?: { start: { line: number }; end: { line: number } } | null;
};
type FunctionNode = Node & {
  id?: { name: string } | null;
  body: Node & { body?: (Node & { cases?: unknown })[] };
};

/** Functions and methods with a body, with their length in lines. */
export function findFunctions(source: Source): NamedFunction[] {
  const tree = parse(source.code, {
    ecmaVersion: "latest",
    sourceType: "module",
    locations: true,
    allowHashBang: true,
  });
  const found: NamedFunction[] = [];
  const add = (node: unknown): void => {
    const item = node as FunctionNode;
    const start = item.loc?.start.line ?? 0;
    const end = item.loc?.end.line ?? 0;
    const statements = Array.isArray(item.body.body) ? item.body.body : [];
    const last = statements.at(-1);
    const switchOnly = last?.type === "SwitchStatement" && statements.length <= 3;
    found.push({
      path: source.path,
      line: start,
      name: item.id?.name ?? "(anonymous)",
      lines: end - start + 1,
      switchOnly,
    });
  };
  simple(tree, { FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add });
  return found;
}
