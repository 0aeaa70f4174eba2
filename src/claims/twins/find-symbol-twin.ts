import type { CodeSymbol } from "../../codebase/codebase.ts";
import { cutBalanced } from "../../codebase/facts/cut-balanced.ts";
import type { BaseClass } from "../../codebase/found.ts";
import type { Ground } from "../claim-rule.ts";
import { shippedBases } from "../is-product.ts";
import { indexNames } from "./index-names.ts";
import {
  countWords,
  functionKey,
  isOtherNumber,
  readTypeName,
  typeKey,
  wordsOf,
} from "./name-words.ts";
import { type Declaration, readParameters } from "./read-declarations.ts";

/** What is there already and does what is proposed. `why` says by what it was known, `sure` whether that is enough to call it a twin. */
export type SymbolTwin = {
  symbol: CodeSymbol | BaseClass;
  why: string;
  advice: string;
  sure: boolean;
};

/** The nearest thing of the product to a proposed type or function, or null where nothing is near. */
export function findSymbolTwin(proposal: Declaration, ground: Ground): SymbolTwin | null {
  if (proposal.kind === "function") return findFunctionTwin(proposal, ground);
  return (
    findParallelBase(proposal, ground) ??
    findSameMembers(proposal, ground) ??
    findSameName(proposal, ground)
  );
}

/** A new hierarchy beside one that is there: `ConsumptionCollector(ABC)` where `BaseCollector` is extended already. */
function findParallelBase(proposal: Declaration, ground: Ground): SymbolTwin | null {
  if (!proposal.isAbstract) return null;
  const { role } = readTypeName(proposal.name);
  const base = shippedBases(ground).find((one) => {
    const there = readTypeName(one.name);
    if (there.subject.length > 0 || there.role !== role || one.name === proposal.name) return false;
    return there.marked || one.subclasses.length > 1;
  });
  if (base === undefined || isOfFamily(proposal.bases, base)) return null;
  const alike = proposal.members.flatMap((member) => {
    const words = wordsOf(member);
    const same = base.members.find((other) => wordsOf(other).some((word) => words.includes(word)));
    return same === undefined ? [] : [`\`${member}\` is its \`${same}\``];
  });
  const by = base.subclasses
    .slice(0, 3)
    .map(({ name }) => `\`${name}\``)
    .join(", ");
  return {
    symbol: base,
    why: [`\`${base.name}\` is the base of ${by}`, ...alike.slice(0, 2)].join("; "),
    advice: `extend \`${base.name}\``,
    sure: true,
  };
}

const isOfFamily = (bases: readonly string[], base: BaseClass): boolean =>
  bases.some((name) => name === base.name || base.subclasses.some((one) => one.name === name));

const common =
  /^(?:get|set|run|start|stop|close|open|init|main|name|call|execute|handle|process|update|create|delete|find|save|load|toString|equals|hashCode|__\w+__)$/;

/** A type that has the members of another and shares a word of its name. Those of one base are meant to be alike. */
function findSameMembers(proposal: Declaration, ground: Ground): SymbolTwin | null {
  const telling = proposal.members.filter((name) => !common.test(name));
  if (telling.length < 3) return null;
  const index = indexNames(ground.codebase);
  const words = new Set(wordsOf(proposal.name));
  for (const [key, members] of index.members) {
    const shared = telling.filter((name) => members.has(name));
    if (shared.length < 3 || shared.length < telling.length * 0.75) continue;
    const [path = "", name = ""] = key.split("\n");
    if (name === proposal.name || !wordsOf(name).some((word) => words.has(word))) continue;
    const symbol = ground.codebase.symbolsNamed(name).find((one) => one.path === path);
    if (symbol === undefined || members.size > telling.length * 2) continue;
    const family = [name, ...symbol.bases];
    if (proposal.bases.some((base) => family.includes(base))) continue;
    if (ground.baseClasses().some((one) => one.subclasses.some((sub) => sub.name === name)))
      continue;
    const listed = shared
      .slice(0, 4)
      .map((one) => `\`${one}\``)
      .join(", ");
    return {
      symbol,
      why: `it has ${listed} too`,
      advice: `extend or reuse \`${name}\``,
      sure: true,
    };
  }
  return null;
}

/** The words of one name, in another order or with another word for the role. */
function findSameName(proposal: Declaration, ground: Ground): SymbolTwin | null {
  const key = typeKey(proposal.name);
  const alike = (indexNames(ground.codebase).types.get(key) ?? []).filter(
    ({ name, owner }) =>
      name !== proposal.name &&
      !isOtherNumber(name, proposal.name) &&
      owner === null &&
      !name.includes("::") &&
      !isPair(name, proposal.name),
  );
  // Of `BookItem` and `BookItems` the one is meant that has the very words.
  const words = wordsOf(proposal.name).toSorted().join();
  const exact = alike.filter(({ name }) => wordsOf(name).toSorted().join() === words);
  const twins = exact.length > 0 ? exact : alike;
  const [symbol] = twins;
  if (symbol === undefined) return null;
  const isAffixed = readTypeName(proposal.name).marked;
  if (countWords(key) < 2 && !isAffixed) return null;
  if (proposal.bases.includes(symbol.name)) return null;
  const spellings = new Set(twins.map(({ name }) => name.toLowerCase()));
  const sure = spellings.size === 1;
  return {
    symbol,
    why: "the same words name it",
    advice: `reuse or extend \`${symbol.name}\``,
    sure,
  };
}

/** `Collector` beside `BaseCollector`, `BaseStore` beside `StoreProtocol`: an abstraction and what fulfils it are no twins. */
const isPair = (left: string, right: string): boolean =>
  readTypeName(left).mark !== readTypeName(right).mark;

function findFunctionTwin(proposal: Declaration, ground: Ground): SymbolTwin | null {
  const key = functionKey(proposal.name);
  const alike = (indexNames(ground.codebase).functions.get(key) ?? []).filter(
    (symbol) =>
      symbol.name !== proposal.name &&
      !isOtherNumber(symbol.name, proposal.name) &&
      wordsOf(symbol.name).join() !== wordsOf(proposal.name).join(),
  );
  // Of `validateOrigins` and `validateOrigin` the one is meant that has the very nouns.
  const exact = alike.filter(({ name }) => nounsOf(name) === nounsOf(proposal.name));
  const twins = exact.length > 0 ? exact : alike;
  const best = twins.find((symbol) => fits(proposal, symbol)) ?? null;
  if (best === null || countWords(key) < 2) return null;
  const few = countWords(key) > 2 ? 3 : 1;
  const sure =
    new Set(twins.map(({ name }) => name.replace(/^_+/, "").toLowerCase())).size <= few &&
    (countWords(key) > 2 || proposal.parameters !== null);
  return {
    symbol: best,
    why: `the same words name \`${best.signature}\``,
    advice: `call \`${best.name}\``,
    sure,
  };
}

const nounsOf = (name: string): string => wordsOf(name).slice(1).toSorted().join(" ");

/** Names alone are little where they are short: then the parameters have to agree too. */
function fits(proposal: Declaration, symbol: CodeSymbol): boolean {
  const mine = proposal.parameters;
  if (mine === null) return countWords(functionKey(proposal.name)) > 2;
  const theirs = parametersOf(symbol);
  if (theirs === null) return false;
  const shared = mine.filter((name) => theirs.includes(name)).length;
  const most = Math.max(mine.length, theirs.length);
  return most === 0 || shared * 2 > most;
}

export function parametersOf(symbol: CodeSymbol): string[] | null {
  const at = symbol.signature.indexOf("(", Math.max(0, symbol.signature.indexOf(symbol.name)));
  if (at < 0) return null;
  // Results may stand in parentheses too, and a long signature is cut off.
  const inside = cutBalanced(symbol.signature, at)?.body;
  return readParameters(inside ?? symbol.signature.slice(at + 1));
}
