import type { Case, Miner } from "../case.ts";
import { renameWord } from "../change-word.ts";
import { planWith, type Said } from "../plan-with.ts";

type Served = { method: string; pattern: string };

const calls: readonly { paths: RegExp; pattern: RegExp }[] = [
  {
    paths: /\.[cm]?[jt]s$/,
    pattern:
      /^\s*(?:app|router|fastify|server)\.(get|post|put|patch|delete)\(\s*["'](\/[\w/:-]*)["'],/gm,
  },
  { paths: /\.py$/, pattern: /^@\w+\.(get|post|put|patch|delete)\(\s*["'](\/[\w/{}:<>-]*)["']/gm },
  { paths: /\.go$/, pattern: /^\s*\w+\.(GET|POST|PUT|PATCH|DELETE)\("(\/[\w/:*-]*)",/gm },
  { paths: /\.java$/, pattern: /^\s*@(Get|Post|Put|Patch|Delete)Mapping\("(\/[\w/{}-]*)"\)/gm },
  { paths: /routes\.rb$/, pattern: /^ {2}(get|post|put|patch|delete) "(\/[\w/:-]*)"/gm },
  { paths: /\.rs$/, pattern: /^#\[(get|post|put|patch|delete)\("(\/[\w/{}-]*)"\)\]/gm },
];

const said: readonly ((route: Served) => Said)[] = [
  ({ method, pattern }) => ({
    sentence: `The existing route \`${method} ${pattern}\` stays as it is.`,
  }),
  ({ method, pattern }) => ({ sentence: `\`${method} ${pattern}\` serves it today.` }),
  ({ method, pattern }) => ({
    spec: { invariants: [`\`${method} ${pattern}\` answers as before`] },
  }),
];

/** Routes that the code registers, and paths and methods that are nearly theirs. */
export const mineRoutes: Miner = (checkout, random, perKind) => {
  const routes = checkout.product.flatMap((path) =>
    calls
      .filter(({ paths }) => paths.test(path))
      .flatMap(({ pattern }) =>
        [
          ...checkout
            .read(path)
            .replace(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|#(?!\[)).*$/gm, "")
            .matchAll(pattern),
        ].map(
          (match): Served => ({ method: (match[1] ?? "").toUpperCase(), pattern: match[2] ?? "" }),
        ),
      ),
  );
  const fuller = routes.filter(({ pattern }) => /\/[a-z]{3}/.test(pattern));
  return random
    .shuffle(fuller)
    .slice(0, perKind)
    .flatMap((route): Case[] => {
      const make = (it: Served, isTrue: boolean, how: string): Case => ({
        kind: "route",
        isTrue,
        how,
        plan: planWith(random.pick(said)(it), random),
        about: [it.pattern],
        hidden: [],
      });
      const parts = route.pattern.split("/");
      const at = random.pick(
        parts.flatMap((part, index) => (/^[a-z]{3}/.test(part) ? [index] : [])),
      );
      const pattern = parts.with(at, renameWord(parts[at] ?? "", random)).join("/");
      const isKnown = checkout.paths.some((path) =>
        checkout.read(path).includes(parts.with(at, pattern.split("/")[at] ?? "").join("/")),
      );
      return [
        make(route, true, "as it is"),
        ...(isKnown ? [] : [make({ ...route, pattern }, false, "path renamed")]),
      ];
    });
};
