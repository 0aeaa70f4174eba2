import type { ImportStatement } from "../../codebase.ts";

/** `using A.B;`, `using static A.B;`, `using C = A.B;`, `global using A.B;`. */
export function readUsing(statement: string): Omit<ImportStatement, "line"> | null {
  const found = /^(global\s+)?using\s+(?:(?:static|unsafe)\s+)?(?:[\w@]+\s*=\s*)?([\w.:@\s]+)/.exec(
    statement,
  );
  const specifier = (found?.[2] ?? "").replace(/\s+/g, "").replace(/^global::/, "");
  return specifier === "" ? null : { specifier, names: ["*"], handsOn: found?.[1] !== undefined };
}
