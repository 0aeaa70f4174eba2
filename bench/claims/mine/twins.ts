import type { Case, Miner } from "../case.ts";
import { renameWord } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { fileOf, planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";
import { type Declared, isType, listDeclared } from "./declared.ts";

const languages: Readonly<Record<string, string>> = { py: "python", rb: "ruby", rs: "rust" };
const languageOf = (path: string): string => {
  const ending = path.split(".").at(-1) ?? "";
  return languages[ending] ?? ending;
};

/** Another word for a role or a deed. A list of this bench's own. */
const synonyms: readonly (readonly string[])[] = [
  ["Repository", "Store", "Dao"],
  ["Validator", "Checker", "Verifier"],
  ["Helper", "Util", "Utils"],
  ["Config", "Settings", "Configuration", "Preferences"],
  ["Exception", "Error"],
  ["Renderer", "Formatter", "Printer"],
  ["Collector", "Gatherer"],
  ["Manager", "Service"],
  ["get", "fetch", "retrieve"],
  ["create", "make", "build"],
  ["delete", "remove"],
  ["validate", "check", "verify"],
  ["compute", "calculate"],
  ["convert", "transform"],
  ["find", "lookup", "search"],
  ["load", "read"],
  ["format", "render"],
  ["send", "dispatch"],
];

const partsOf = (name: string): string[] => name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? [];
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const ordering =
  /^(?:then|to|from|into|before|after|when|until|inside|over|under|by|without|with|not|or|and|if|as|2)$/i;

/** The name with its words turned round, or with another word for one of them; null where neither can be done. */
function nameAgain(name: string, random: Random): [string, string] | null {
  const parts = partsOf(name);
  if (parts.length < 2 || parts.some((part) => part.length < 2 || /\d/.test(part))) return null;
  const ways: [string, string[]][] = [];
  const [first = "", ...rest] = parts;
  const last = parts.at(-1) ?? "";
  const group = synonyms.find((words) =>
    words.some(
      (word) => word.toLowerCase() === (/^[A-Z]/.test(words[0] ?? "") ? last : first).toLowerCase(),
    ),
  );
  if (group !== undefined) {
    const atEnd = /^[A-Z]/.test(group[0] ?? "");
    const other = random.pick(
      group.filter((word) => word.toLowerCase() !== (atEnd ? last : first).toLowerCase()),
    );
    ways.push(["another word", atEnd ? [...parts.slice(0, -1), other] : [other, ...rest]]);
  }
  // "store success then reject" turned round is another thing.
  const isOrdered = parts.some((part) => ordering.test(part));
  if (parts.length > 2 && !isOrdered)
    ways.push(["words turned round", [first, ...rest.toReversed()]]);
  if (parts.length === 2 && /^[A-Z]/.test(name) && !isOrdered)
    ways.push(["words turned round", parts.toReversed()]);
  if (ways.length === 0) return null;
  const [how, words] = random.pick(ways);
  return [how, inStyle(words, name)];
}

function inStyle(words: readonly string[], like: string): string {
  if (/^[A-Z][A-Z0-9_]+$/.test(like)) return words.join("_").toUpperCase();
  if (like.includes("_")) return words.join("_").toLowerCase();
  const joined = words.map((word) => capital(word)).join("");
  return /^[A-Z]/.test(like) ? joined : joined.slice(0, 1).toLowerCase() + joined.slice(1);
}

/** The declaration as a design would show it, with another name. */
const excerpt = (one: Declared, checkout: Checkout, name: string): string =>
  checkout
    .read(one.path)
    .split("\n")
    .slice(one.line - 1, one.line + (one.kind === "function" ? 0 : 8))
    .join("\n")
    .replaceAll("```", "")
    .replace(new RegExp(`\\b${one.name}\\b`, "g"), name);

function say(one: Declared, checkout: Checkout, name: string, random: Random): Said {
  const text = excerpt(one, checkout, name);
  const word = one.kind;
  const ways: Said[] = [{ fence: { lead: "What is new:", language: languageOf(one.path), text } }];
  if (one.kind !== "function") ways.push({ sentence: `Add a new ${word} \`${name}\` for it.` });
  if (one.kind === "function")
    ways.push({
      sentence: `Add a new ${word} \`${name}(${one.parameters ?? ""})\` for it.`.replace(
        /\s+/g,
        " ",
      ),
    });
  return random.pick(
    one.text.includes("`") || /`/.test(one.parameters ?? "") ? ways.slice(0, 1) : ways,
  );
}

/** How many files declare a name, in whatever form: one that two declare was not new to the second. */
const countDeclared = (name: string, checkout: Checkout): number =>
  checkout.product.filter((path) =>
    new RegExp(
      `\\b(?:class|interface|type|struct|enum|trait|def|func|fn|function)\\s+(?:\\([^)]*\\)\\s*)?${name}\\b`,
    ).test(checkout.read(path)),
  ).length;

/** Real declarations before they were there, and such that are there under nearly the same name. */
export const mineSymbolTwins: Miner = (checkout, random, perKind) => {
  const declared = listDeclared(checkout);
  const shuffled = random.shuffle(declared);
  const make = (
    one: Declared,
    name: string,
    isTrue: boolean,
    how: string,
    hidden: string[],
  ): Case => ({
    kind: "twin-symbol",
    isTrue,
    how,
    plan: planWith(say(one, checkout, name, random), random),
    about: [`\`${name}\``],
    hidden,
  });
  const novel = shuffled
    .filter(({ name }) => countDeclared(name, checkout) === 1)
    .slice(0, perKind)
    .map((one) => make(one, one.name, true, "real, hidden", [one.path]));
  const twins = shuffled.flatMap((one): Case[] => {
    const again =
      declared.filter(({ name }) => name === one.name).length === 1
        ? nameAgain(one.name, random)
        : null;
    if (again === null || checkout.says(again[1]) || again[1] === one.name) return [];
    return [make(one, again[1], false, again[0], [])];
  });
  return [
    ...novel,
    ...twins.slice(0, perKind),
    ...mineHierarchies(declared, checkout, random, perKind),
  ];
};

/** A new abstract base beside one that is extended: the case of seed 000. */
function mineHierarchies(
  declared: readonly Declared[],
  checkout: Checkout,
  random: Random,
  perKind: number,
): Case[] {
  const bases = declared.filter(
    (one) => isType(one) && /^(?:Base|Abstract)[A-Z][a-z]+$|^[A-Z][a-z]+(?:Base)$/.test(one.name),
  );
  const extended = bases.filter(({ name }) => declared.some((one) => one.bases.includes(name)));
  return extended.slice(0, perKind).flatMap((one): Case[] => {
    const role = one.name.replace(/^(?:Base|Abstract)|Base$/, "");
    const name = `Lantern${role}`;
    const texts: Readonly<Record<string, string>> = {
      python: `class ${name}(ABC):\n    @abstractmethod\n    def lantern(self):\n        pass`,
      java: `public abstract class ${name} {\n  abstract void lantern();\n}`,
    };
    const text =
      texts[languageOf(one.path)] ??
      `export abstract class ${name} {\n  abstract lantern(): void;\n}`;
    const plan = planWith(
      { fence: { lead: "A new base for it:", language: languageOf(one.path), text } },
      random,
    );
    return checkout.says(name)
      ? []
      : [
          {
            kind: "twin-symbol",
            isTrue: false,
            how: "a base beside a base",
            plan,
            about: [`\`${name}\``],
            hidden: [],
          },
        ];
  });
}

const stemOf = (path: string): string => (path.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

const manifests =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.py|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|[\w.-]+\.gemspec)$/;

/** The nearest folder with a manifest, of each folder. */
function packagesOf(folders: readonly string[], checkout: Checkout): ReadonlyMap<string, string> {
  const found = new Set(checkout.paths.filter((path) => manifests.test(path)).map(folderOf));
  return new Map(
    folders.map((folder) => {
      const parts = folder.split("/");
      const above = parts.map((_part, index) => parts.slice(0, parts.length - index).join("/"));
      return [folder, above.find((one) => found.has(one)) ?? ""];
    }),
  );
}

/** Real files before they were there, and such that are there in another folder or with their words turned round. */
export const mineModuleTwins: Miner = (checkout, random, perKind) => {
  const code = checkout.product.filter(
    (path) =>
      /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb)$/.test(path) &&
      path.includes("/") &&
      !/(?:^|\/)(?:index|__init__|mod|main|lib)\.\w+$/.test(path),
  );
  const make = (path: string, isTrue: boolean, how: string, hidden: string[]): Case => ({
    kind: "twin-module",
    isTrue,
    how,
    plan: planWith({ spec: fileOf(path, "create", "what is new") }, random),
    about: [path],
    hidden,
  });
  const shuffled = random.shuffle(code);
  const novel = shuffled.slice(0, perKind).map((path) => make(path, true, "real, hidden", [path]));
  const alone = shuffled.filter(
    (path) =>
      code.filter((other) => stemOf(other).toLowerCase() === stemOf(path).toLowerCase()).length ===
      1,
  );
  const all = [...new Set(code.map(folderOf))];
  const packages = packagesOf(all, checkout);
  const twins = alone.flatMap((path): Case[] => {
    const parts = stemOf(path).match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? [];
    // Packages of one repository may have parts of one name: only within a package is it the same thing.
    const own = folderOf(path);
    const folders = all.filter(
      (folder) => folder !== own && packages.get(folder) === packages.get(own),
    );
    if (parts.length < 2 || folders.length === 0) return [];
    const ending = path.split(".").at(-1) ?? "";
    const at = `${random.pick(folders)}/${stemOf(path)}.${ending}`;
    return checkout.has(at) ? [] : [make(at, false, "same name in another folder", [])];
  });
  return [...novel, ...twins.slice(0, perKind)];
};

/** A word more in a name makes another thing: what is named after a real one is not its twin. */
export const mineNovelNames: Miner = (checkout, random, perKind) =>
  random
    .shuffle(listDeclared(checkout).filter(({ path }) => !/migrat/.test(path)))
    .slice(0, Math.ceil(perKind / 2))
    .flatMap((one): Case[] => {
      const name = renameWord(one.name, random);
      if (checkout.says(name)) return [];
      return [
        {
          kind: "twin-symbol",
          isTrue: true,
          how: "another word in its name",
          plan: planWith(say(one, checkout, name, random), random),
          about: [`\`${name}\``],
          hidden: [],
        },
      ];
    });
