import type { OpenRule } from "./bind-rule.ts";
import { judgeName } from "./judge-name.ts";
import { listSaidNames, type SaidName } from "./read-statements/list-said-names.ts";

/** Names in code spans: declared, of that kind, by that owner, in that file. */
export const symbolRule: OpenRule<SaidName> = {
  kind: "symbol",
  find: (plan) => listSaidNames(plan).filter((said) => said.signature === null && isClaim(said)),
  check: async (said, ground, plan) => (await judgeName(said, ground, plan)).judgement,
};

/** A plain word is a name only where the words around it say so. */
const isClaim = ({ isNamed, isExisting, isCall, kind, place, owner }: SaidName): boolean =>
  isNamed ||
  isExisting ||
  kind !== null ||
  owner !== null ||
  (place !== null && (isCall || place.isDeclared || place.isBeside || place.line !== null));
