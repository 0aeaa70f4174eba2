import type { Case, Miner } from "../case.ts";
import { renameWord, slip } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";

const reads =
  /(?:process\.env\.|import\.meta\.env\.|process\.env\[["']|os\.environ\[["']|os\.environ\.get\(\s*["']|os\.getenv\(\s*["']|os\.Getenv\("|os\.LookupEnv\("|env::var\("|env!\("|System\.getenv\("|ENV\[["']|ENV\.fetch\(["'])([A-Z][A-Z0-9_]{3,})/g;
const said: readonly ((name: string) => Said)[] = [
  (name) => ({ sentence: `The value is read from the environment variable \`${name}\`.` }),
  (name) => ({ sentence: `It is switched by the existing env var \`${name}\`.` }),
  (name) => ({ sentence: `\`${name}\` is an environment variable that the program reads.` }),
  (name) => ({ spec: { constraints: [`The environment variable \`${name}\` keeps its meaning`] } }),
];

/** What a document shows in an example reads nothing. */
const isCode = (path: string): boolean => !/\.(?:mdx?|rst|txt|adoc)$/.test(path);

/** Environment variables that the code reads, and names that are nearly theirs. */
export const mineEnvironment: Miner = (checkout, random, perKind) => {
  const names = [
    ...new Set(
      checkout.product
        .filter(isCode)
        .flatMap((path) => [...checkout.read(path).matchAll(reads)].map((match) => match[1] ?? "")),
    ),
  ];
  return random
    .shuffle(names)
    .slice(0, perKind)
    .flatMap((name): Case[] => {
      const make = (text: string, isTrue: boolean, how: string): Case => ({
        kind: "environment",
        isTrue,
        how,
        plan: planWith(random.pick(said)(text), random),
        about: [text],
        hidden: [],
      });
      const wrong =
        random.below(2) === 0 ? renameWord(name, random) : slip(name, random).toUpperCase();
      return [
        make(name, true, "as it is"),
        ...(checkout.says(wrong) || wrong === name ? [] : [make(wrong, false, "renamed")]),
      ];
    });
};

type Key = { name: string; file: string };

/** Keys by the indentation of YAML and the sections of TOML, of files that are plain enough for that; and of small JSON. */
function listKeys(checkout: Checkout): Key[] {
  const files = checkout.paths.filter(
    (path) =>
      /\.(?:ya?ml|toml|json)$/.test(path) &&
      !/lock|fixture|test|snap|vendor|node_modules|example|template/i.test(path),
  );
  return files.flatMap((file) => {
    const text = checkout.read(file);
    if (text.length > 30_000) return [];
    const names = file.endsWith(".toml")
      ? readToml(text)
      : file.endsWith(".json")
        ? readJson(text)
        : readYaml(text);
    return names.map((name) => ({ name, file }));
  });
}

function readToml(text: string): string[] {
  let above = "";
  return text
    .replace(/"""[\s\S]*?"""/g, "")
    .split("\n")
    .flatMap((line) => {
      const head = /^\[([\w.-]+)\]\s*$/.exec(line)?.[1];
      if (head !== undefined || /^\[/.test(line)) {
        above = head ?? "";
        return [];
      }
      const key = /^([\w-]+) = /.exec(line)?.[1];
      return key === undefined || above === "" ? [] : [`${above}.${key}`];
    });
}

function readJson(text: string): string[] {
  try {
    return walk(JSON.parse(text), []);
  } catch {
    return [];
  }
}

const walk = (value: unknown, above: readonly string[]): string[] =>
  typeof value !== "object" || value === null || Array.isArray(value) || above.length > 3
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        /^[a-zA-Z][\w-]*$/.test(key) && key !== "properties"
          ? [[...above, key].join("."), ...walk(inner, [...above, key])]
          : [],
      );

/** Two levels, without lists: more would be a parser. */
function readYaml(text: string): string[] {
  if (/^\s*-/m.test(text) || /[|>]\s*$/m.test(text))
    return [...text.matchAll(/^([a-zA-Z][\w-]+):(?:\s|$)/gm)].map((match) => match[1] ?? "");
  let above = "";
  return text.split("\n").flatMap((line) => {
    const top = /^([a-zA-Z][\w-]+):(?:\s|$)/.exec(line)?.[1];
    if (top !== undefined) {
      above = top;
      return [top];
    }
    const inner = /^ {2}([a-zA-Z][\w-]+):(?:\s|$)/.exec(line)?.[1];
    return inner === undefined ? [] : [`${above}.${inner}`];
  });
}

const keySaid: readonly ((key: Key) => Said)[] = [
  ({ name, file }) => ({ sentence: `The configuration key \`${name}\` in \`${file}\` rules it.` }),
  ({ name, file }) => ({ sentence: `It follows the setting \`${name}\` of \`${file}\`.` }),
  ({ name, file }) => ({ sentence: `\`${file}\` has the key \`${name}\`, which stays.` }),
  ({ name }) => ({ sentence: `It is configured by the existing configuration key \`${name}\`.` }),
];

/** Keys of configuration files, and ones with another name or in another file. */
export const mineKeys: Miner = (checkout, random, perKind) => {
  const keys = listKeys(checkout).filter(({ name }) => name.length > 3);
  return random
    .shuffle(keys)
    .slice(0, perKind)
    .flatMap((key): Case[] => {
      const make = (it: Key, isTrue: boolean, how: string, say: (key: Key) => Said): Case => ({
        kind: "config-key",
        isTrue,
        how,
        plan: planWith(say(it), random),
        about: [`\`${it.name}\``],
        hidden: [],
      });
      const right = make(key, true, "as it is", random.pick(keySaid));
      const wrong = breakKey(key, keys, checkout, random);
      return wrong === null ? [right] : [right, make(wrong.it, false, wrong.how, wrong.say)];
    });
};

const nameOf = (path: string): string => path.split("/").at(-1) ?? path;

function breakKey(key: Key, keys: readonly Key[], checkout: Checkout, random: Random) {
  const parts = key.name.split(".");
  const last = parts.at(-1) ?? "";
  if (random.below(3) > 0) {
    const name = random.below(2) === 0 ? renameWord(last, random) : slip(last, random);
    const it = { ...key, name: [...parts.slice(0, -1), name].join(".") };
    return checkout.says(name) || checkout.read(key.file).includes(name)
      ? null
      : { it, how: "renamed", say: random.pick(keySaid) };
  }
  // `package.json` may mean the one of each package: one of another folder is no other file by that name.
  const holders = new Set(
    keys.filter(({ name }) => name === key.name).map(({ file }) => nameOf(file)),
  );
  const others = keys.filter(
    ({ file }) => !holders.has(nameOf(file)) && !checkout.read(file).includes(last),
  );
  if (others.length === 0) return null;
  return {
    it: { name: key.name, file: random.pick(others).file },
    how: "other file",
    say: random.pick(keySaid.slice(0, 3)),
  };
}
