import type { Rule } from "../grammar.ts";
import { skipDecorators } from "../skip-decorators.ts";
import type { Scope, Walk } from "../walk.ts";
import { declareClass } from "./ecmascript-classes.ts";
import { isFunctionType, isHidden } from "./ecmascript-heads.ts";
import { namesOfList, specifierOf } from "./ecmascript-imports.ts";
import { declareValue, enterObject } from "./ecmascript-values.ts";

const LOOKED_AT = 20_000;

/** `export …` in all its forms. */
export const exportRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const from = skipDecorators(walk.text, { start, end, sign: "@" });
  let source = false;
  walk.children(() => {
    const field = walk.field;
    if (field === "declaration") {
      const before = walk.symbols.length;
      walk.apply({ ...scope, exported: true });
      widen(walk, before, from);
    } else if (field === "value") exportDefault(walk, scope, { start: from, end });
    else if (field === "source") source = true;
  });
  const head = walk.text.slice(from, Math.min(end, from + LOOKED_AT));
  if (source) handOn(walk, from, head);
  else if (/^export\s*(?:type\s*)?\{/.test(head)) {
    for (const name of namesOfList(head)) walk.exportedNames.add(name);
  } else if (/^export\s*=\s*[\w$]+\s*;?$/.test(head)) {
    walk.exportedNames.add(head.replace(/^export\s*=\s*|\s*;?$/g, ""));
  }
};

/** The signature of an exported declaration begins with `export`. */
function widen(walk: Walk, before: number, from: number): void {
  const beginning = walk.text.slice(from, from + 60);
  const words = /^export(?:\s+default)?\s+(?:declare\s+)?/
    .exec(beginning)?.[0]
    .replace(/\s+/g, " ");
  const line = walk.lines.lineAt(from);
  const [first, ...others] = walk.symbols.slice(before);
  if (first === undefined || words === undefined) return;
  const parts = others.filter(({ owner, line, endLine, signature }) => {
    const same = owner === first.owner && line === first.line && endLine === first.endLine;
    return same && /^(?:const|let|var)\b/.test(signature);
  });
  for (const symbol of [first, ...parts]) {
    symbol.line = line;
    symbol.signature = `${words}${symbol.signature}`.slice(0, 240);
  }
}

function exportDefault(walk: Walk, scope: Scope, { start, end }: { start: number; end: number }) {
  const type = walk.type;
  const exported = { ...scope, exported: true };
  if (type === "identifier") walk.exportedNames.add(walk.source);
  else if (type === "class") declareClass(walk, exported, { name: "default", start });
  else if (isFunctionType(type)) {
    declareValue(walk, exported, { name: "default", start, end, kind: "function" });
  } else if (type === "object") {
    const headEnd = walk.start;
    walk.declare(exported, { name: "default", kind: "constant", start, headEnd, end });
    enterObject(walk, "default", true);
  } else if (type === "call_expression") {
    exportCall(walk);
  }
}

/** `export default defineComponent({ … })`, `export default connect(a)(B)`: what is handed over is what is exported. */
function exportCall(walk: Walk): void {
  const source = walk.text.slice(walk.start, Math.min(walk.end, walk.start + 300));
  for (const name of source.match(/(?<=[(,]\s{0,20})[A-Za-z_$][\w$]*(?=\s*[,)])/g) ?? []) {
    walk.exportedNames.add(name);
  }
}

function handOn(walk: Walk, start: number, statement: string): void {
  const specifier = specifierOf(statement);
  if (specifier === null) return;
  const names = /^export\s*(?:type\s*)?\*/.test(statement) ? ["*"] : namesOfList(statement);
  walk.imports.push({ line: walk.lines.lineAt(start), specifier, names, handsOn: true });
}

/** Says of every declaration whether the file exports it: its own word, a list elsewhere, or what its owner is. */
export function markExported(walk: Walk): void {
  const names = walk.exportedNames;
  const owners = new Set<string>();
  for (const symbol of walk.symbols) {
    if (symbol.owner === null && names.has(symbol.name)) symbol.exported = true;
    if (symbol.owner === null && symbol.exported) owners.add(symbol.name);
  }
  for (const symbol of walk.symbols) {
    if (symbol.owner === null || !owners.has(symbol.owner)) continue;
    if (!isHidden(symbol.name, symbol.signature)) symbol.exported = true;
  }
}
