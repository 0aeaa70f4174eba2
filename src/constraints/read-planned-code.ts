import { documentNames } from "../documents/name-document.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";

/** Code that a plan brings, line by line. `path` is null where the plan does not say into which file it goes. */
export type PlannedCode = { source: string; path: string | null; lines: readonly string[] };

const fence = /^[ \t]*(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)^[ \t]*\1[ \t]*$/gm;
const wrong = /\b(?:wrong|before|instead of|not this|today|currently)\b|❌/i;

/** What edits add, and the code that steps show. */
export function readPlannedCode(specs: readonly BuildSpec[]): PlannedCode[] {
  return specs.flatMap((spec) => {
    const source = documentNames.spec(spec.id);
    const edits = spec.files.flatMap(({ path, to, edits: changes }) =>
      changes.map(({ before, after }): PlannedCode => {
        const old = new Set(before.split("\n"));
        const lines = after.split("\n").filter((line) => !old.has(line));
        return { source, path: to ?? path, lines };
      }),
    );
    const shown = spec.steps.flatMap(({ details, files }) =>
      [...details.matchAll(fence)]
        .filter(({ index }) => !wrong.test(details.slice(Math.max(0, index - 120), index)))
        .map(([, , info = "", body = ""]): PlannedCode => {
          const named = files.find(
            (path) => info.includes(path) || body.split("\n", 1)[0]?.includes(path),
          );
          const path = named ?? (files.length === 1 ? files[0] : undefined) ?? null;
          return { source, path, lines: body.split("\n") };
        }),
    );
    return [...edits, ...shown];
  });
}

const forms: readonly RegExp[] = [
  /^\s*(?:import|export)\b[^"']*?\bfrom\s*["']([^"']+)["']/,
  /^\s*import\s*["']([^"']+)["']/,
  /\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/,
  /^\s*from\s+([\w.]+)\s+import\b/,
  /^\s*import\s+(?:static\s+)?([\w.]+)(?:\s+as\s+\w+)?\s*;?\s*$/,
  /^\s*(?:pub\s+)?use\s+([\w:\\]+)/,
  /^\s*using\s+([\w.]+)\s*;/,
  /^\s*require(?:_relative)?\s+["']([^"']+)["']/,
  /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./-]+)"\s*$/,
  /^\s*#\s*include\s*[<"]([^>"]+)[>"]/,
];

/** The module that a line imports, in any of the common languages; null where it imports none. */
export function importOf(line: string): string | null {
  for (const form of forms) {
    const match = form.exec(line);
    if (match?.[1] !== undefined) return match[1];
  }
  return null;
}

const endings = [
  "",
  ".ts",
  ".tsx",
  ".js",
  ".mjs",
  ".py",
  ".go",
  ".rb",
  ".php",
  "/index.ts",
  "/index.js",
  "/__init__.py",
];

/** Paths that a specifier may mean, seen from a file. */
export function pathsOf(specifier: string, from: string): string[] {
  const base =
    specifier.startsWith(".") && specifier.includes("/") ? join(from, specifier) : specifier;
  const dotted = /^[\w.]+$/.test(base) && !base.includes("/") ? base.replace(/\./g, "/") : null;
  return [base.replace(/^[@~]\//, "src/"), ...(dotted === null ? [] : [dotted])].flatMap((path) =>
    endings.map((ending) => `${path}${ending}`),
  );
}

function join(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
