import type { SourceFile } from "../codebase.ts";

const others: Readonly<Record<string, string>> = {
  kt: "kotlin",
  kts: "kotlin",
  swift: "swift",
  scala: "scala",
  groovy: "groovy",
  ex: "elixir",
  exs: "elixir",
  erl: "erlang",
  dart: "dart",
  lua: "lua",
  hs: "haskell",
  clj: "clojure",
  fs: "f-sharp",
  vue: "vue",
  svelte: "svelte",
  sh: "shell",
  bats: "shell",
  sql: "sql",
};

/** Language of a file by its grammar, or by its ending where no grammar reads it; null where it is no code. */
export function languageOf(file: Pick<SourceFile, "path" | "language">): string | null {
  if (file.language !== null) return file.language;
  return others[/[.]([a-z]+)$/.exec(file.path)?.[1] ?? ""] ?? null;
}
