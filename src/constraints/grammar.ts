import type { Rule } from "./constraint.ts";

/** A sentence that a program understands, and what it looks for. */
export type Form = { kind: Rule["kind"]; says: string; looksFor: string };

/**
 * How constraints can be said so that a program checks them. "Never" may be "must not", "do not", "cannot", "avoid"; names stand in code
 * marks; several are joined by commas, "and" or "or"; most sentences take `in …`, `outside …` or `except in …` at their end. A sentence
 * with "unless", "if" or "when" is left to people.
 */
export const grammar: readonly Form[] = [
  {
    kind: "forbidden-import",
    says: "Never import `requests`.",
    looksFor: "imports of the module or of what is below it",
  },
  {
    kind: "forbidden-import",
    says: "Only `src/http/**` imports `axios`.",
    looksFor: "imports of it by any other file",
  },
  {
    kind: "forbidden-import",
    says: "`src/a/**` never imports `src/b/**`.",
    looksFor: "imports from one folder that lead to a file of the other",
  },
  {
    kind: "forbidden-text",
    says: "Use `write_delta()` instead of `open(`.",
    looksFor:
      "the second in code, strings and comments apart, but for the file that declares the first",
  },
  {
    kind: "forbidden-text",
    says: "Never use `eval(` in `src/**`.",
    looksFor: "it in code, strings and comments apart",
  },
  {
    kind: "raw-calls",
    says: "All writes go through `state_io.save_json()`, never raw file writes.",
    looksFor:
      "calls that write files in the common languages, but for the file that declares it; likewise HTTP calls, SQL, console output, environment, subprocesses",
  },
  {
    kind: "standard-library",
    says: "Standard library only.",
    looksFor:
      "dependencies to run, and imports that neither the language nor the repository brings",
  },
  {
    kind: "no-new-dependency",
    says: "No new dependencies.",
    looksFor: "dependencies that a plan or a change adds",
  },
  { kind: "longest", says: "No file above 300 lines.", looksFor: "longer files" },
  {
    kind: "longest",
    says: "Functions in `src/` have at most 50 lines.",
    looksFor: "longer functions and methods",
  },
  {
    kind: "mention",
    says: "Every script accepts `STATE_DIR`.",
    looksFor: "scripts that do not name it",
  },
  {
    kind: "mention",
    says: "Every file in `src/jobs/` calls `register()`.",
    looksFor: "files there that do not name it",
  },
  {
    kind: "file-names",
    says: "Files in `src/` are named in kebab-case.",
    looksFor: "files of several words in another style; likewise snake_case, camelCase, PascalCase",
  },
  {
    kind: "forbidden-file",
    says: "Never edit files in `legacy/**`.",
    looksFor: "files there that a plan or a change adds or touches",
  },
  { kind: "tests-within", says: "Tests live in `tests/`.", looksFor: "test files elsewhere" },
];
