import type { CodeSymbol } from "../codebase/codebase.ts";
import { placeOf } from "./at-place.ts";
import type { ClaimRule, Ground, Judgement, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { isProduct } from "./is-product.ts";
import { findSymbolTwin } from "./twins/find-symbol-twin.ts";
import { isType } from "./twins/index-names.ts";
import { listProposals, type Proposal } from "./twins/list-proposals.ts";
import { wordsOf } from "./twins/name-words.ts";

type Said = Statement & { proposal: Proposal };

/** A type or function that the plan would bring is not there already under another name. */
export const twinSymbolRule: ClaimRule<Said> = {
  kind: "twin-symbol",
  find: (plan) =>
    listProposals(plan).map((proposal) => ({
      source: proposal.source,
      text: `Nothing does yet what \`${proposal.name}\` is to do`,
      proposal,
    })),
  check: async ({ proposal }, ground) => judge(proposal, ground),
};

function judge(proposal: Proposal, ground: Ground): Judgement {
  const same = findSame(proposal, ground);
  const [first] = same;
  if (first !== undefined) return judgeSame(proposal, first, same.length);
  const twin = findSymbolTwin(proposal, ground);
  if (twin === null) return isTrue(null);
  const { symbol, why, advice, sure } = twin;
  const note = `\`${symbol.name}\` is at ${placeOf(symbol)}: ${why}; ${advice}`;
  return sure ? isFalse(note, evidenceOf(symbol)) : isOpen(`perhaps: ${note}`, evidenceOf(symbol));
}

const evidenceOf = ({
  path,
  line,
  signature,
}: Pick<CodeSymbol, "path" | "line" | "signature">) => ({
  path,
  startLine: line,
  endLine: line,
  quote: signature,
});

/** What has this very name, of the product, and could be meant. */
function findSame({ name, kind }: Proposal, ground: Ground): CodeSymbol[] {
  const isShipped = ({ path }: CodeSymbol): boolean => {
    const file = ground.codebase.file(path);
    return file !== null && isProduct(file, ground.codebase);
  };
  return ground.codebase
    .symbolsNamed(name)
    .filter((symbol) => symbol.owner === null && isShipped(symbol))
    .filter((symbol) => (kind === "type" ? isType(symbol) : symbol.kind === "function"));
}

/**
 * Code that declares a name which is there may change it; only words can say that it is meant to be new. A name that several files
 * declare is a custom (`execute` of each command), and one of a single word says little.
 */
function judgeSame({ name, saidNew }: Proposal, symbol: CodeSymbol, often: number): Judgement {
  const at = evidenceOf(symbol);
  const note = `\`${name}\` is at ${placeOf(symbol)}`;
  if (!saidNew) return isTrue(at, `${note}: to be changed, not to be made`);
  if (often > 1 || wordsOf(name).length < 2)
    return isTrue(at, `${note} too, in a place of its own`);
  return isFalse(`${note} already; extend or reuse it`, at);
}
