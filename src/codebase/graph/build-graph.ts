import type { ImportEdge, ImportGraph, Package, SourceFile } from "../codebase.ts";
import { createGraph } from "./create-graph.ts";
import { addNeighbours } from "./find-neighbours.ts";
import { type Mentions, openMentions } from "./mentions.ts";
import { indexPaths } from "./path-index.ts";
import { nameOf, type Resolve } from "./place.ts";
import { resolveCSharp } from "./resolve-c-sharp.ts";
import { resolveGo } from "./resolve-go.ts";
import { resolveInclude } from "./resolve-include.ts";
import { resolveJava } from "./resolve-java.ts";
import { resolvePhp } from "./resolve-php.ts";
import { resolvePython } from "./resolve-python.ts";
import { resolveRuby } from "./resolve-ruby.ts";
import { resolveRust } from "./resolve-rust.ts";
import { resolveScript } from "./resolve-script.ts";
import { openSettings } from "./settings.ts";

/**
 * Traces imports to files of the repository. `settings` are the texts of the files that `findGraphSettings` names. No edge leads to a
 * file that is not there, or from a file to itself. In Go, Java and C# a file also has an edge to a neighbour of its folder that alone
 * declares a name which it mentions: there is no import to see.
 */
export function buildGraph(
  files: readonly SourceFile[],
  packages: readonly Package[],
  settings: readonly { path: string; text: string }[],
): ImportGraph {
  const forward = new Map<string, ImportEdge[]>();
  const mentions = openMentions();
  const resolverOf = openResolvers(files, packages, settings, mentions);
  for (const file of files) {
    const resolve = file.imports.length === 0 ? null : resolverOf(file);
    const edges = resolve === null ? [] : traceFile(file, resolve);
    if (edges.length > 0) forward.set(file.path, edges);
  }
  addNeighbours(files, forward, mentions);
  return createGraph(files, forward);
}

function traceFile(file: SourceFile, resolve: Resolve): ImportEdge[] {
  // What the file that makes a package imports, it gives to whoever imports the package.
  const gives = nameOf(file.path).startsWith("__init__.");
  return file.imports.flatMap((statement) =>
    resolve(file, statement)
      .filter(({ path }) => path !== file.path)
      .map(({ path, names }) => ({
        from: file.path,
        to: path,
        line: statement.line,
        names,
        handsOn: statement.handsOn || gives,
      })),
  );
}

function openResolvers(
  files: readonly SourceFile[],
  packages: readonly Package[],
  texts: readonly { path: string; text: string }[],
  mentions: Mentions,
): (file: SourceFile) => Resolve | null {
  const index = indexPaths(files);
  const settings = openSettings(packages, texts);
  const script = resolveScript(index, settings);
  const java = resolveJava(index, mentions);
  const byLanguage: Readonly<Record<NonNullable<SourceFile["language"]>, Resolve>> = {
    typescript: script,
    tsx: script,
    javascript: script,
    python: resolvePython(index, settings),
    go: resolveGo(index, settings, mentions),
    rust: resolveRust(index, settings),
    java,
    "c-sharp": resolveCSharp(index, files, mentions),
    ruby: resolveRuby(index),
    php: resolvePhp(index, settings),
    cpp: resolveInclude(index),
  };
  return ({ path, language }) => {
    if (language !== null) return byLanguage[language];
    if (/\.(?:vue|svelte|astro)$/.test(path)) return script;
    return /\.(?:kt|kts|scala|groovy)$/.test(path) ? java : null;
  };
}
