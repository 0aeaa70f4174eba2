import type { Case, Miner } from "../case.ts";
import { renameWord } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";
import { type Declared, isType, listDeclared } from "./declared.ts";

const saying: readonly ((name: string, base: string, path: string) => Said)[] = [
  (name, base) => ({ sentence: `\`${name}\` extends \`${base}\`.` }),
  (name, base) => ({ sentence: `Today \`${name}\` inherits from \`${base}\`, and that stays so.` }),
  (name, base, path) => ({
    sentence: `\`${name}\` in \`${path}\` is a subclass of \`${base}\`.`.replace(
      "is a subclass of",
      "subclasses",
    ),
  }),
  (name, base) => ({ design: { assumptions: [`\`${name}\` extends the existing \`${base}\``] } }),
];

/** "`SlackCollector` extends `BaseCollector`": as it is, with the base of another family, and with one that nobody declares. */
export const mineBases: Miner = (checkout, random, perKind) => {
  const types = listDeclared(checkout).filter(isType);
  const names = new Set(types.map(({ name }) => name));
  const extended = types.filter(
    ({ name, bases }) =>
      bases.some((base) => names.has(base) && base !== name) &&
      types.filter((one) => one.name === name).length === 1,
  );
  const cases = random
    .shuffle(extended)
    .slice(0, perKind)
    .flatMap((one): Case[] => {
      const base = one.bases[0] ?? "";
      const make = (named: string, isTrue: boolean, how: string): Case => ({
        kind: "base-class",
        isTrue,
        how,
        plan: planWith(random.pick(saying)(one.name, named, one.path), random),
        about: [named],
        hidden: [],
      });
      const right = make(base, true, "as it is");
      const wrong = breakBase(one, types, checkout, random);
      return wrong === null ? [right] : [right, make(wrong[1], false, wrong[0])];
    });
  return [...cases, ...mineProposals(extended, checkout, random, perKind)];
};

function breakBase(
  one: Declared,
  types: readonly Declared[],
  checkout: Checkout,
  random: Random,
): [string, string] | null {
  if (random.below(2) === 0) {
    const name = renameWord(one.bases[0] ?? "", random);
    return checkout.says(name) ? null : ["base renamed", name];
  }
  const used = [...new Set(types.flatMap(({ bases }) => bases))].filter((base) =>
    types.some(({ name }) => name === base),
  );
  const above = closure(one.name, types);
  // What a line of this bench cannot show (a second base, a mixin) is not called false.
  const others = used.filter(
    (base) =>
      base !== one.name &&
      !above.has(base) &&
      !new RegExp(`\\b${base}\\b`).test(checkout.read(one.path)) &&
      ![...above].some((upper) =>
        types.some(
          ({ name, path }) =>
            name === upper && new RegExp(`\\b${base}\\b`).test(checkout.read(path)),
        ),
      ),
  );
  return others.length === 0 ? null : ["base of another family", random.pick(others)];
}

function closure(
  name: string,
  types: readonly Declared[],
  seen: Set<string> = new Set(),
): Set<string> {
  for (const base of types.filter((one) => one.name === name).flatMap(({ bases }) => bases))
    if (!seen.has(base)) closure(base, types, seen.add(base));
  return seen;
}

/** A new class of a real one's family: with its base, and with a base that nobody declares. */
const mineProposals = (
  extended: readonly Declared[],
  checkout: Checkout,
  random: Random,
  perKind: number,
): Case[] =>
  random
    .shuffle(extended)
    .slice(0, Math.ceil(perKind / 2))
    .flatMap((one): Case[] => {
      const base = one.bases[0] ?? "";
      const name = renameWord(one.name, random);
      const wrong = renameWord(base, random);
      if (checkout.says(name) || checkout.says(wrong) || name === base || name === wrong) return [];
      const say = (named: string): Said => ({
        sentence: `Add a class \`${name}\` that extends \`${named}\`.`,
      });
      const make = (named: string, isTrue: boolean, how: string): Case => ({
        kind: "base-class",
        isTrue,
        how,
        plan: planWith(say(named), random),
        about: [named],
        hidden: [],
      });
      return [
        make(base, true, "new class of the family"),
        make(wrong, false, "new class, base renamed"),
      ];
    });
