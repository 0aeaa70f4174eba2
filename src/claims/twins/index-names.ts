import type { Codebase, CodeSymbol, SymbolKind } from "../../codebase/codebase.ts";
import { isProduct } from "../is-product.ts";
import { functionKey, typeKey } from "./name-words.ts";

/** The product's types and functions by what their names mean. */
export type NameIndex = {
  types: ReadonlyMap<string, readonly CodeSymbol[]>;
  functions: ReadonlyMap<string, readonly CodeSymbol[]>;
  /** Types by the last word of their name. */
  roles: ReadonlyMap<string, readonly CodeSymbol[]>;
  /** Methods of a type, by its path and name. */
  members: ReadonlyMap<string, ReadonlySet<string>>;
};

const typeKinds: ReadonlySet<SymbolKind> = new Set(["class", "interface", "type", "enum"]);
const known = new WeakMap<Codebase, NameIndex>();

export const isType = (symbol: CodeSymbol): boolean => typeKinds.has(symbol.kind);

export function indexNames(codebase: Codebase): NameIndex {
  const before = known.get(codebase);
  if (before !== undefined) return before;
  const types = new Map<string, CodeSymbol[]>();
  const functions = new Map<string, CodeSymbol[]>();
  const roles = new Map<string, CodeSymbol[]>();
  const members = new Map<string, Set<string>>();
  for (const file of codebase.files) {
    if (!isProduct(file, codebase)) continue;
    for (const symbol of file.symbols) {
      if (symbol.owner !== null && symbol.kind === "method") {
        const key = memberKey(symbol.path, symbol.owner);
        members.set(key, (members.get(key) ?? new Set()).add(symbol.name));
      } else if (isType(symbol)) {
        add(types, typeKey(symbol.name), symbol);
        add(roles, roleWord(symbol.name), symbol);
      } else if (symbol.kind === "function" || isFunctionValue(symbol))
        add(functions, functionKey(symbol.name), symbol);
    }
  }
  const index = { types, functions, roles, members };
  known.set(codebase, index);
  return index;
}

export const memberKey = (path: string, owner: string): string => `${path}\n${owner}`;

/** `SlackCollector` → `Collector`, as it is written. */
export const roleWord = (name: string): string => /[A-Z][a-z0-9]+$/.exec(name)?.[0] ?? name;

const isFunctionValue = ({ kind, signature }: CodeSymbol): boolean =>
  kind === "constant" && /=\s*(?:async\s*)?(?:function|\()|=>/.test(signature);

function add(map: Map<string, CodeSymbol[]>, key: string, symbol: CodeSymbol): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [symbol]);
  else list.push(symbol);
}
