import type { Case, Miner } from "../case.ts";
import { extendName, renameWord, slip } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";
import { type Declared, listDeclared } from "./declared.ts";

const saying: readonly ((one: Declared) => Said)[] = [
  ({ name, path, kind }) => ({
    sentence: `The ${kind} \`${name}\` in \`${path}\` is used for it.`,
  }),
  ({ name, path }) => ({ sentence: `\`${name}\` (\`${path}\`) does this already.` }),
  ({ name, path, line }) => ({ sentence: `See \`${name}\` at \`${path}:${line}\`.` }),
  ({ name, path, kind }) => ({
    sentence: `Reuse the existing ${kind} \`${name}\` from \`${path}\`.`,
  }),
  ({ name }) => ({ sentence: `The work is done by the existing \`${name}\`.` }),
  ({ name, path }) => ({ sentence: `\`${path}\` exports \`${name}\`, which stays as it is.` }),
];
const placed = saying.slice(0, 4);

/** "`report` in `src/report.ts`": declarations, and names, places and kinds that are nearly theirs. */
export const mineSymbols: Miner = (checkout, random, perKind) => {
  const declared = listDeclared(checkout);
  return random
    .shuffle(declared)
    .slice(0, perKind)
    .flatMap((one) => {
      const right = make(
        one,
        true,
        "as it is",
        random.pick(one.text.startsWith("export") ? saying : saying.slice(0, 5)),
        random,
      );
      const wrong = breakSymbol(one, declared, checkout, random);
      return wrong === null ? [right] : [right, wrong];
    });
};

const make = (
  one: Declared,
  isTrue: boolean,
  how: string,
  say: (one: Declared) => Said,
  random: Random,
): Case => ({
  kind: "symbol",
  isTrue,
  how,
  plan: planWith(say(one), random),
  about: [one.name],
  hidden: [],
});

function breakSymbol(
  one: Declared,
  all: readonly Declared[],
  checkout: Checkout,
  random: Random,
): Case | null {
  const way = random.below(4);
  if (way === 0) {
    const name = renameWord(one.name, random);
    return checkout.says(name)
      ? null
      : make({ ...one, name }, false, "renamed", random.pick(saying), random);
  }
  if (way === 1) {
    const name = slip(one.name, random);
    return checkout.says(name)
      ? null
      : make({ ...one, name }, false, "a slip", random.pick(saying), random);
  }
  if (way === 2) {
    const others = all.filter(
      ({ path }) => path !== one.path && !new RegExp(`\\b${one.name}\\b`).test(checkout.read(path)),
    );
    if (others.length === 0) return null;
    const other = random.pick(others);
    return make(
      { ...one, path: other.path, line: other.line },
      false,
      "other file",
      random.pick(placed),
      random,
    );
  }
  if (all.some(({ name, kind }) => name === one.name && kind !== one.kind)) return null;
  const kind = one.kind === "function" ? "class" : "function";
  if (
    !/\.(?:tsx?|py|go|rs|java)$/.test(one.path) ||
    (one.path.endsWith(".py") && one.kind === "class")
  )
    return null;
  return make(
    { ...one, kind },
    false,
    "other kind",
    random.pick([saying[0], saying[3]] as typeof placed),
    random,
  );
}

const split = (parameters: string): string[] =>
  parameters
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Functions with their parameters, and with one added, dropped or renamed. */
export const mineSignatures: Miner = (checkout, random, perKind) => {
  const declared = listDeclared(checkout);
  const once = declared.filter(
    ({ name, parameters, text }) =>
      parameters !== null &&
      split(parameters).length > 0 &&
      /^[^,]*[a-z]{2}/i.test(parameters) &&
      !/[{}[\]<>"'`=*&@()]/.test(parameters) &&
      text.length < 140 &&
      !/\(self|\(cls/.test(text) &&
      declared.filter((other) => other.name === name).length === 1,
  );
  return random
    .shuffle(once)
    .slice(0, perKind)
    .flatMap((one): Case[] => {
      const signature = (text: string): string =>
        text.replace(/\s*[{:]\s*$/, "").replace(/^export\s+(?:default\s+)?|^public\s+/, "");
      const say = random.pick<(text: string) => Said>([
        (text) => ({
          sentence: `The existing \`${signature(text)}\` in \`${one.path}\` is called for it.`,
        }),
        (text) => ({ sentence: `\`${signature(text)}\` of \`${one.path}\` stays as it is.` }),
        (text) => ({
          spec: {
            invariants: [`The signature \`${signature(text)}\` (\`${one.path}\`) does not change`],
          },
        }),
      ]);
      const build = (text: string, isTrue: boolean, how: string): Case => ({
        kind: "signature",
        isTrue,
        how,
        plan: planWith(say(text), random),
        about: [one.name],
        hidden: [],
      });
      const [how, parameters] = breakParameters(one, random);
      const wrong = one.text.replace(`(${one.parameters})`, `(${parameters})`);
      return [build(one.text, true, "as it is"), build(wrong, false, how)];
    });
};

function breakParameters({ parameters, path }: Declared, random: Random): [string, string] {
  const parts = split(parameters ?? "");
  const typed = /\.(?:tsx?)$/.test(path)
    ? ": string"
    : /\.go$/.test(path)
      ? " string"
      : /\.rs$/.test(path)
        ? ": String"
        : "";
  const added = path.endsWith(".java") ? "String lantern" : `lantern${typed}`;
  // `this: R` of TypeScript is nothing that a caller gives: without it the signature is the same.
  const first = parts.findIndex((part) => !/^this\s*:/.test(part));
  const at = first < 0 ? 0 : first + random.below(parts.length - first);
  const part = parts[at] ?? "";
  const name = path.endsWith(".java")
    ? (part.split(" ").at(-1) ?? part)
    : (/^\w+/.exec(part)?.[0] ?? part);
  const ways: [string, string[]][] = [
    ["parameter added", [...parts, added]],
    [
      "parameter renamed",
      parts.with(
        at,
        part.replace(
          // `yargs: yargs.Argv`: the parameter stands first, and last where types come first.
          new RegExp(path.endsWith(".java") ? `\\b${name}\\b(?!.*\\b${name}\\b)` : `\\b${name}\\b`),
          extendName(renameWord(name, random), random),
        ),
      ),
    ],
  ];
  // Go groups parameters of one type: to drop one there may leave another meaning.
  if (parts.length > 1 && first >= 0 && !path.endsWith(".go"))
    ways.push(["parameter dropped", parts.toSpliced(at, 1)]);
  const [how, changed] = random.pick(ways);
  return [how, changed.join(", ")];
}
