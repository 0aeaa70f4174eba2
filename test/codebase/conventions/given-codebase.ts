import type {
  Codebase,
  CodeSymbol,
  FileRole,
  ImportEdge,
  ImportStatement,
  Language,
  Package,
  SourceFile,
} from "../../../src/codebase/codebase.ts";
import type { History } from "../../../src/workspace/port.ts";

export type GivenFile = {
  text?: string;
  role?: FileRole;
  symbols?: readonly Partial<CodeSymbol>[];
  imports?: readonly ImportStatement[];
  lines?: number;
};

export type Given = {
  files: Readonly<Record<string, GivenFile | string>>;
  edges?: readonly (Partial<ImportEdge> & { from: string; to: string })[];
  packages?: readonly Package[];
  history?: History;
  owners?: Readonly<Record<string, readonly string[]>>;
};

const languages: Readonly<Record<string, Language>> = {
  ts: "typescript",
  tsx: "tsx",
  js: "javascript",
  py: "python",
  go: "go",
  rs: "rust",
  java: "java",
  cs: "c-sharp",
  rb: "ruby",
  php: "php",
  cpp: "cpp",
};

const roleOf = (path: string): FileRole => {
  if (
    /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|[._-](?:test|spec)\.|test_|Tests?\.\w+$/.test(path)
  )
    return "test";
  if (/\.(?:md|rst)$/.test(path)) return "document";
  return /\.(?:json|toml|ya?ml)$|(?:^|\/)(?:Makefile|justfile|go\.mod)$/.test(path)
    ? "configuration"
    : "source";
};

const symbolOf = (path: string, given: Partial<CodeSymbol>): CodeSymbol => ({
  name: "",
  kind: "class",
  path,
  line: 1,
  endLine: given.line ?? 1,
  owner: null,
  signature: "",
  exported: true,
  bases: [],
  ...given,
});

/** A codebase as an index would tell it, from what a test says of it alone. */
export function givenCodebase(given: Given): Codebase {
  const files = Object.keys(given.files)
    .sort()
    .map((path, index): SourceFile => {
      const said = given.files[path] ?? "";
      const file: GivenFile = typeof said === "string" ? { text: said } : said;
      const text = file.text ?? "";
      return {
        index,
        path,
        id: `${index}`,
        bytes: text.length,
        lines: file.lines ?? text.split("\n").length,
        language: languages[path.split(".").at(-1) ?? ""] ?? null,
        role: file.role ?? roleOf(path),
        symbols: (file.symbols ?? []).map((symbol) => symbolOf(path, symbol)),
        imports: file.imports ?? [],
        windows: [],
      };
    });
  const byPath = new Map(files.map((file) => [file.path, file]));
  const edges = (given.edges ?? []).map(
    (edge): ImportEdge => ({
      line: 1,
      names: [],
      handsOn: false,
      ...edge,
    }),
  );
  const textOf = (path: string): string | null => {
    const said = given.files[path];
    return said === undefined ? null : typeof said === "string" ? said : (said.text ?? "");
  };
  return {
    commit: "0".repeat(40),
    files,
    made: { files: files.length, read: files.length, skipped: [], cache: "made", milliseconds: 0 },
    file: (path) => byPath.get(path) ?? null,
    hasFolder: (path) => path === "" || files.some((file) => file.path.startsWith(`${path}/`)),
    text: async (path) => textOf(path),
    symbolsNamed: (name) =>
      files
        .toSorted((left, right) => Number(left.role === "test") - Number(right.role === "test"))
        .flatMap((file) => file.symbols)
        .filter((symbol) => symbol.name === name),
    grep: async (pattern, _scope, limit) => {
      const look = new RegExp(pattern);
      return files
        .flatMap(({ path }) =>
          (textOf(path) ?? "")
            .split("\n")
            .map((text, index) => ({ path, line: index + 1, text }))
            .filter(({ text }) => look.test(text)),
        )
        .slice(0, limit);
    },
    graph: {
      importsOf: (path) => edges.filter((edge) => edge.from === path),
      importersOf: (path) => edges.filter((edge) => edge.to === path),
    },
    packages: given.packages ?? [],
    history: given.history ?? { commits: [], shallow: false },
    ownersOf: (path) => given.owners?.[path] ?? [],
  };
}

/** A package of this folder and name, and nothing else of it. */
export const givenPackage = (folder: string, over: Partial<Package> = {}): Package => ({
  name: folder || "root",
  folder,
  manifest: folder === "" ? "package.json" : `${folder}/package.json`,
  ecosystem: "npm",
  entries: [],
  dependencies: [],
  ...over,
});
