import type { History } from "../workspace/port.ts";

/** Languages whose symbols are read by a grammar. Everything else is text. */
export type Language =
  | "typescript"
  | "tsx"
  | "javascript"
  | "python"
  | "go"
  | "rust"
  | "java"
  | "c-sharp"
  | "ruby"
  | "php"
  | "cpp";

export type SymbolKind =
  | "class"
  | "interface"
  | "type"
  | "enum"
  | "function"
  | "method"
  | "field"
  | "constant"
  | "variable"
  | "module";

/** A declaration. Lines begin at 1; `endLine` is the last line of its body. */
export type CodeSymbol = {
  name: string;
  kind: SymbolKind;
  path: string;
  line: number;
  endLine: number;
  /** Class, interface, implementation block or module it belongs to; null at the top level of its file. */
  owner: string | null;
  /** The declaration without its body, in one line, white space folded, at most 240 characters. */
  signature: string;
  /** Whether other files may use it, by the custom of its language. */
  exported: boolean;
  /** Names that a class extends or implements, as written, without type arguments. */
  bases: readonly string[];
};

/** An import as it is written. `names` are those it brings in ("*" for all of them, "default" for the default). */
export type ImportStatement = {
  line: number;
  specifier: string;
  names: readonly string[];
  /** Whether it hands on what it imports (`export … from`, `pub use`, `mod x`). */
  handsOn: boolean;
};

/** What a file is for, by its path and its first lines. */
export type FileRole =
  | "source"
  | "test"
  | "generated"
  | "vendored"
  | "document"
  | "configuration"
  | "data"
  | "binary";

/**
 * A stretch of a file, for search: about sixty lines, cut between declarations where that is near. `terms` are the hashes of its words
 * (`hash-terms.ts`), sorted; `counts` how often each comes, at most 255; `length` is the number of all words.
 */
export type Window = {
  startLine: number;
  endLine: number;
  length: number;
  terms: Uint32Array;
  counts: Uint8Array;
};

export type SourceFile = {
  /** Place in `Codebase.files`. */
  index: number;
  path: string;
  /** Id of its content in git. */
  id: string;
  bytes: number;
  lines: number;
  language: Language | null;
  role: FileRole;
  symbols: readonly CodeSymbol[];
  imports: readonly ImportStatement[];
  /** Empty where the file is not text, or too large to be searched. */
  windows: readonly Window[];
};

/** An import that was traced to a file of the repository. */
export type ImportEdge = {
  from: string;
  to: string;
  line: number;
  names: readonly string[];
  handsOn: boolean;
};

export type ImportGraph = {
  /** Edges from a file, in the order of lines; none for a file that is not there. */
  importsOf(path: string): readonly ImportEdge[];
  /** Edges to a file, in the order of paths. */
  importersOf(path: string): readonly ImportEdge[];
};

/** A dependency on something outside of the repository, as a manifest asks for it and a lockfile holds it. */
export type Dependency = {
  name: string;
  ecosystem: "npm" | "pypi" | "go" | "cargo" | "maven" | "nuget" | "rubygems" | "composer";
  /** As written: `^4.1.0`, `>=2,<3`; empty when none is. */
  range: string;
  /** What the lockfile holds; null where there is no lockfile or it does not name it. */
  locked: string | null;
  use: "run" | "development" | "optional" | "peer";
  manifest: string;
  line: number;
};

/** A package of the repository: what one manifest describes. */
export type Package = {
  name: string;
  /** Folder of the manifest; "" is the root. */
  folder: string;
  manifest: string;
  ecosystem: Dependency["ecosystem"];
  /** Files that other packages may import, as the manifest says; empty when it says nothing. */
  entries: readonly string[];
  dependencies: readonly Dependency[];
};

/**
 * What a checkout tells without a model, at one commit. Files are in the order of paths (code units). Nothing of it is trusted: names,
 * paths and texts are whatever the repository holds.
 */
export interface Codebase {
  readonly commit: string;
  readonly files: readonly SourceFile[];
  /** How the index was made, for people and for benches. */
  readonly made: IndexReport;
  file(path: string): SourceFile | null;
  hasFolder(path: string): boolean;
  /** Text of a file, or null when it is not there or not text. Latin-1 is read as such. */
  text(path: string): Promise<string | null>;
  /** Declarations of exactly this name: of the product before those of tests, then in the order of paths and lines. */
  symbolsNamed(name: string): readonly CodeSymbol[];
  /** Lines that contain `pattern` (extended regular expression), at most `limit`. */
  grep(
    pattern: string,
    scope: readonly string[],
    limit: number,
  ): Promise<{ path: string; line: number; text: string }[]>;
  readonly graph: ImportGraph;
  readonly packages: readonly Package[];
  readonly history: History;
  /** Owners of a path by CODEOWNERS, the last matching rule; empty when none. */
  ownersOf(path: string): readonly string[];
}

export type IndexReport = {
  files: number;
  /** Files whose content was read because the cache did not hold them. */
  read: number;
  /** Left out of search, and why, the first hundred. */
  skipped: readonly { path: string; why: "too-large" | "binary" | "unreadable" }[];
  cache: "used" | "made" | "broken" | "unwritable";
  milliseconds: number;
};
