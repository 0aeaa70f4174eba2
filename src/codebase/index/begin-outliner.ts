import type { SymbolKind } from "../codebase.ts";
import type { Outline, OutlineRequest, Outliner } from "../outline/outline.ts";
import { loadGrammar, loadRuntime } from "./load-grammar-bytes.ts";

const declaration =
  /^[ \t]*(?:(?:export|default|public|private|protected|static|abstract|async|final|pub(?:\([^)]*\))?)\s+)*(class|interface|enum|trait|struct|type|function|def|func|fn|const)\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$]*)/gm;
const kinds: ReadonlyMap<string, SymbolKind> = new Map<string, SymbolKind>([
  ["class", "class"],
  ["struct", "class"],
  ["interface", "interface"],
  ["trait", "interface"],
  ["enum", "enum"],
  ["type", "type"],
  ["const", "constant"],
]);

/** The look of lines, until the outline by grammar is there. */
function outlineRoughly({ text }: OutlineRequest): Outline {
  const symbols = [...text.matchAll(declaration)].map((found) => {
    const line = text.slice(0, found.index).split("\n").length;
    const kind = kinds.get(found[1] ?? "") ?? "function";
    const signature = found[0].trim().slice(0, 240);
    return {
      ...{ name: found[2] ?? "", kind, line, endLine: line, owner: null, signature },
      ...{ exported: true, bases: [] },
    };
  });
  return { symbols, imports: [] };
}

/** An outliner over the grammars that come with us. */
export async function beginOutliner(): Promise<Outliner> {
  try {
    const { createOutliner } = await import("../outline/create-outliner.ts");
    return await createOutliner({ runtime: loadRuntime, grammar: loadGrammar });
  } catch {
    return { prepare: async () => {}, outline: outlineRoughly };
  }
}
