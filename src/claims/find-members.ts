import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import { readBody, wordIn } from "./read-lines.ts";

export type Members = {
  /** Declarations of the name that belong to the owner, or to what it extends. */
  found: readonly CodeSymbol[];
  /** What declares the owner; empty where nothing here does. */
  owners: readonly CodeSymbol[];
  /** Why a member that was not found may be there all the same; null when it cannot. */
  doubt: string | null;
};

const harmlessBases =
  /^(?:(?:abc|typing|builtins|enum|System|java\.lang)\.)?(?:ABC|ABCMeta|object|Object|Protocol|Generic|Serializable|Comparable|Cloneable|IDisposable|Error|Exception|Throwable)$/;
/** Members that languages give to everything. */
const given =
  /^(?:__\w+__|constructor|prototype|length|name|toString|valueOf|equals|hashCode|getClass|values|ordinal|compareTo|keys|entries|new|clone|default|fmt|from|into|to_string|to_s|inspect|class|send|call|apply|bind|message|stack|args|size|count)$/;
const dynamic =
  /__getattr__|__getattribute__|method_missing|define_method|__call\b|\bProxy\s*\(|\[key:\s*string\]|lombok|@(?:Data|Getter|Setter|Value|Builder)\b/;

/** Looks for a member in its owner, in what the owner extends, and in a module of the owner's name. */
export async function findMembers(
  owner: string,
  name: string,
  codebase: Codebase,
): Promise<Members> {
  const named = codebase.symbolsNamed(name);
  const owners = codebase
    .symbolsNamed(owner)
    .filter(({ kind }) => kind !== "method" && kind !== "field");
  const own = named.filter((one) => lastPart(one.owner ?? "") === owner);
  const inModule = named.filter((one) => one.owner === null && isModule(one.path, owner));
  if (own.length + inModule.length > 0)
    return { found: [...own, ...inModule], owners, doubt: null };
  const inherited = findInherited(owners, name, codebase);
  if (inherited.found.length > 0) return { ...inherited, owners, doubt: null };
  return { found: [], owners, doubt: inherited.doubt ?? (await findDoubt(owners, name, codebase)) };
}

const lastPart = (name: string): string => name.split(/\.|::/).at(-1) ?? name;

/** `ledger.load` may be `load` of `src/ledger.ts`, or of a file in the folder `ledger`. */
function isModule(path: string, owner: string): boolean {
  const parts = path.split("/");
  const stem = (parts.at(-1) ?? "").replace(/\.[^.]+$/, "");
  const isSame = (one: string | undefined): boolean =>
    one !== undefined &&
    one.replace(/[-_]/g, "").toLowerCase() === owner.replace(/_/g, "").toLowerCase();
  return isSame(stem) || isSame(parts.at(-2));
}

const deepest = 12;

function findInherited(
  owners: readonly CodeSymbol[],
  name: string,
  codebase: Codebase,
): { found: readonly CodeSymbol[]; doubt: string | null } {
  let doubt: string | null = null;
  const seen = new Set<string>();
  let bases = owners.flatMap((one) => [...one.bases]);
  for (let depth = 0; depth < deepest && bases.length > 0; depth++) {
    const next: string[] = [];
    for (const base of bases.map(lastPart)) {
      if (seen.has(base)) continue;
      seen.add(base);
      const found = codebase.symbolsNamed(name).filter((one) => lastPart(one.owner ?? "") === base);
      if (found.length > 0) return { found, doubt: null };
      const declared = codebase.symbolsNamed(base);
      if (declared.length === 0 && !harmlessBases.test(base))
        doubt = `it extends \`${base}\`, which is not of this repository`;
      next.push(...declared.flatMap((one) => [...one.bases]));
    }
    bases = next;
  }
  return { found: [], doubt };
}

async function findDoubt(
  owners: readonly CodeSymbol[],
  name: string,
  codebase: Codebase,
): Promise<string | null> {
  if (given.test(name)) return "languages give such a member without a declaration";
  for (const owner of owners.slice(0, 8)) {
    const body = await readBody(owner, codebase);
    if (wordIn(body, name)) return `\`${owner.path}:${owner.line}\` names it in its body`;
    if (dynamic.test(body)) return "its members are made while it runs";
    const isValue = ["constant", "variable", "function"].includes(owner.kind);
    const isLiteral = /=\s*(?:Object\.freeze\(\s*)?\{/.test(body) && !/\.\.\./.test(body);
    if (isValue && !isLiteral) return "what this value has is known only while it runs";
    if (
      owner.kind === "type" &&
      /[&|]|\b(?:Omit|Pick|Partial|infer|typeof|Required)\b|</.test(body)
    )
      return "its type is put together from others";
    // An embedded struct hands its members on.
    if (/\.go$/.test(owner.path) && /^\s+\*?(?:\w+\.)?[A-Z]\w*\s*$/m.test(body))
      return "it embeds another type";
    if (/\.rs$/.test(owner.path)) return "a trait or a derived implementation may give it";
  }
  return null;
}
