import type { Language } from "../codebase.ts";

const byExtension: Readonly<Record<string, Language>> = {
  ...{ ts: "typescript", mts: "typescript", cts: "typescript", tsx: "tsx" },
  ...{ js: "javascript", mjs: "javascript", cjs: "javascript", jsx: "javascript" },
  ...{ py: "python", pyi: "python", pyw: "python", go: "go", rs: "rust", java: "java" },
  ...{ cs: "c-sharp", csx: "c-sharp", rb: "ruby", rake: "ruby", gemspec: "ruby" },
  ...{ php: "php", phtml: "php", c: "cpp", h: "cpp", cc: "cpp", cpp: "cpp", cxx: "cpp" },
  ...{ hh: "cpp", hpp: "cpp", hxx: "cpp", ipp: "cpp", inl: "cpp" },
};

const byName: Readonly<Record<string, Language>> = {
  Rakefile: "ruby",
  Gemfile: "ruby",
  Jakefile: "javascript",
  SConstruct: "python",
};

const byInterpreter: readonly (readonly [RegExp, Language])[] = [
  [/\b(?:ts-node|tsx|deno|bun)\b/, "typescript"],
  [/\bnode(?:js)?\b/, "javascript"],
  [/\bpython[\d.]*\b/, "python"],
  [/\bruby\b/, "ruby"],
  [/\bphp\b/, "php"],
];

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** What stands behind the last dot of a file's name, in lower case; empty when there is none. */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}

/** Language of a file by its name; null when it has none that a grammar reads. */
export function languageOfPath(path: string): Language | null {
  const name = nameOf(path);
  if (Object.hasOwn(byName, name)) return byName[name] ?? null;
  const extension = extensionOf(path);
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? null) : null;
}

/** Language of a script by the interpreter in its first line, for files without an extension. */
export function languageOfScript(text: string): Language | null {
  if (!text.startsWith("#!")) return null;
  const first = text.slice(0, 200).split("\n", 1)[0] ?? "";
  return byInterpreter.find(([interpreter]) => interpreter.test(first))?.[1] ?? null;
}
