import type { Checkout } from "../checkout.ts";

/** A declaration as a line of code says it. Read by patterns of this bench, not by the checker's grammars. */
export type Declared = {
  name: string;
  kind: "function" | "class" | "interface" | "type" | "struct" | "enum" | "trait";
  path: string;
  line: number;
  text: string;
  parameters: string | null;
  bases: readonly string[];
};

type Pattern = { paths: RegExp; pattern: RegExp; kind: Declared["kind"] };

const patterns: readonly Pattern[] = [
  {
    paths: /\.[cm]?[jt]sx?$/,
    kind: "function",
    pattern:
      /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s+(?<name>\w{4,})\s*(?:<[^(]*>)?\((?<parameters>[^()]*)\)[^;]*\{\s*$/,
  },
  {
    paths: /\.[cm]?[jt]sx?$/,
    kind: "class",
    pattern:
      /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(?<name>\w{3,})(?:<[^{]*>)?(?:\s+extends\s+(?<base>[\w.]+))?.*\{\s*$/,
  },
  {
    paths: /\.[cm]?tsx?$/,
    kind: "interface",
    pattern:
      /^export\s+interface\s+(?<name>\w{3,})(?:<[^{]*>)?(?:\s+extends\s+(?<base>\w+))?\s*\{\s*$/,
  },
  { paths: /\.[cm]?tsx?$/, kind: "type", pattern: /^export\s+type\s+(?<name>\w{3,})\s*=/ },
  {
    paths: /\.py$/,
    kind: "function",
    pattern:
      /^(?:async\s+)?def\s+(?<name>[a-z]\w{3,})\((?<parameters>[^()]*)\)(?:\s*->\s*[^:]+)?:\s*$/,
  },
  {
    paths: /\.py$/,
    kind: "class",
    pattern: /^class\s+(?<name>\w{3,})(?:\((?<base>[\w.]+)?[^)]*\))?:\s*$/,
  },
  {
    paths: /\.go$/,
    kind: "function",
    pattern: /^func\s+(?<name>[A-Za-z]\w{3,})\((?<parameters>[^()]*)\).*\{\s*$/,
  },
  { paths: /\.go$/, kind: "struct", pattern: /^type\s+(?<name>\w{3,})\s+struct\s*\{/ },
  { paths: /\.go$/, kind: "interface", pattern: /^type\s+(?<name>\w{3,})\s+interface\s*\{/ },
  {
    paths: /\.rs$/,
    kind: "function",
    pattern:
      /^pub(?:\([a-z]+\))?\s+(?:async\s+)?fn\s+(?<name>\w{4,})\((?<parameters>[^()]*)\).*\{\s*$/,
  },
  { paths: /\.rs$/, kind: "struct", pattern: /^pub(?:\([a-z]+\))?\s+struct\s+(?<name>\w{3,})/ },
  { paths: /\.rs$/, kind: "enum", pattern: /^pub(?:\([a-z]+\))?\s+enum\s+(?<name>\w{3,})/ },
  { paths: /\.rs$/, kind: "trait", pattern: /^pub(?:\([a-z]+\))?\s+trait\s+(?<name>\w{3,})/ },
  {
    paths: /\.java$/,
    kind: "class",
    pattern:
      /^public\s+(?:abstract\s+|final\s+)*class\s+(?<name>\w{3,})(?:<.*>)?(?:\s+extends\s+(?<base>\w+)(?:<.*>)?)?.*$/,
  },
  { paths: /\.java$/, kind: "interface", pattern: /^public\s+interface\s+(?<name>\w{3,})/ },
  {
    paths: /\.rb$/,
    kind: "class",
    pattern: /^class\s+(?<name>\w{3,})(?:\s*<\s*(?<base>[\w:]+))?\s*$/,
  },
];

const known = new WeakMap<Checkout, Declared[]>();

/** Declarations at the margin of the product's files. Text inside of strings and comments that looks so is left out where it shows. */
export function listDeclared(checkout: Checkout): readonly Declared[] {
  const before = known.get(checkout);
  if (before !== undefined) return before;
  const found = checkout.product.flatMap((path) => {
    const able = patterns.filter(({ paths }) => paths.test(path));
    if (able.length === 0) return [];
    return maskText(path, checkout.read(path)).flatMap((text, index) =>
      readLine(able, path, index + 1, text),
    );
  });
  known.set(checkout, found);
  return found;
}

function readLine(able: readonly Pattern[], path: string, line: number, text: string): Declared[] {
  return able.flatMap(({ pattern, kind }) => {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) return [];
    const base = groups.base?.split(/\.|::/).at(-1);
    return [
      {
        name: groups.name ?? "",
        kind,
        path,
        line,
        text: text.trim(),
        parameters: groups.parameters ?? null,
        bases: base === undefined ? [] : [base],
      },
    ];
  });
}

/** Lines of a text, those of comments and of texts over several lines emptied. */
function maskText(path: string, text: string): string[] {
  const blank = (part: string): string => part.replace(/[^\n]/g, "");
  const masked = path.endsWith(".py")
    ? text.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, blank)
    : text.replace(/\/\*[\s\S]*?\*\//g, blank);
  return masked.split("\n");
}

/** Names that are declared, at the margin or deeper, anywhere: for exclusion. */
export const isType = ({ kind }: Declared): boolean => kind !== "function";
