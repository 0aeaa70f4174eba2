import type { SymbolKind } from "../../codebase.ts";
import { goBodies } from "../bodies/body-style.ts";
import { endWithValue } from "../fold-signature.ts";
import type { LanguageRules, Rule } from "../grammar.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { leafRule, lookThrough } from "./declare.ts";
import { goTypeRule } from "./go-types.ts";
import { isCapital } from "./go-visibility.ts";

const functionRule = leafRule(
  () => "function",
  (_words, name) => isCapital(name),
);

/** `func (e *Engine[T]) Run()` belongs to Engine. */
const methodRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  const receiver = /^func\s*\(([^)]{0,300})\)/.exec(walk.text.slice(head.start, head.start + 320));
  const owner = /([\p{L}_][\p{L}\p{N}_]*)\s*(?:\[[^\]]*\])?\s*$/u.exec(receiver?.[1] ?? "")?.[1];
  const members: Scope = owner === undefined ? scope : memberScope(owner, false);
  const kind = owner === undefined ? "function" : "method";
  walk.declare(members, { ...head, kind, exported: isCapital(head.name) });
};

/** `const A = 1`, `var ( a int; b = 2 )`: each of them alone. */
function valuesRule(kind: SymbolKind): Rule {
  const readSpecs = (walk: Walk, scope: Scope, start: number | null): void => {
    walk.children(() => {
      const type = walk.type;
      if (type === "var_spec_list") readSpecs(walk, scope, null);
      else if (type === "const_spec" || type === "var_spec") {
        declareNames(walk, scope, { kind, start: start ?? walk.start });
      }
    });
  };
  return (walk, scope) => {
    const start = walk.start;
    const grouped = /^(?:const|var)\s*\(/.test(walk.text.slice(start, start + 40));
    readSpecs(walk, scope, grouped ? null : start);
  };
}

function declareNames(
  walk: Walk,
  scope: Scope,
  { kind, start }: { kind: SymbolKind; start: number },
): void {
  const end = walk.end;
  const headEnd = endWithValue(walk.text, start, end);
  walk.children(() => {
    if (walk.field !== "name") return walk.type === '","';
    const name = walk.source;
    if (name !== "_" && name !== ",") {
      walk.declare(scope, { name, kind, exported: isCapital(name), start, headEnd, end });
    }
    return true;
  });
}

/** The alias of an import is its name; without one, all of the package is in reach. */
const importRule: Rule = (walk) => {
  const { start, end } = walk;
  const found = /^([\p{L}\p{N}_.]*)\s*["`]([^"`\n]+)["`]/u.exec(walk.text.slice(start, end));
  const specifier = found?.[2];
  if (specifier === undefined) return;
  const names = [found?.[1] === undefined || found[1] === "" ? "*" : found[1]];
  walk.imports.push({ line: walk.lines.lineAt(start), specifier, names, handsOn: false });
};

export const goRules: LanguageRules = {
  bodies: goBodies,
  comments: "slash",
  decorators: null,
  rules: {
    import_declaration: lookThrough,
    import_spec_list: lookThrough,
    import_spec: importRule,
    function_declaration: functionRule,
    method_declaration: methodRule,
    type_declaration: goTypeRule,
    const_declaration: valuesRule("constant"),
    var_declaration: valuesRule("variable"),
  },
  finish() {},
};
