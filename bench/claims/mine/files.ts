import type { Case, Miner } from "../case.ts";
import { extendName, renameWord } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { fileOf, planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";

const code = /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|php|cs|vue|sql|toml|ya?ml|md)$/;
const nameOf = (path: string): string => path.split("/").at(-1) ?? path;
const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");
const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);
const renamed = (path: string, change: (stem: string) => string): string => {
  const [stem = "", ...rest] = nameOf(path).split(".");
  return join(folderOf(path), [change(stem), ...rest].join("."));
};

const saying: readonly ((path: string) => Said)[] = [
  (path) => ({ spec: fileOf(path, "modify", "the change itself") }),
  (path) => ({ sentence: `The change is made in \`${path}\`.` }),
  (path) => ({ sentence: `Today \`${path}\` does this; it is kept as it is.` }),
  (path) => ({ sentence: `Follow the pattern of \`${path}\` and nothing else.` }),
  (path) => ({
    design: { components: [{ name: "Part", responsibility: "does it", paths: [path] }] },
  }),
];

/** Paths with a folder, and a stem of more than a letter: `a.md` alone is no path that a design gets wrong. */
const candidates = ({ product }: Checkout): string[] =>
  product.filter((path) => code.test(path) && path.includes("/") && /^\w/.test(nameOf(path)));

/** "It is in `src/report.ts`": files that are there, and paths that are nearly theirs. */
export const mineFiles: Miner = (checkout, random, perKind) => {
  const paths = random.shuffle(candidates(checkout)).slice(0, perKind);
  const make = (path: string, isTrue: boolean, how: string): Case => ({
    kind: "file-exists",
    isTrue,
    how,
    plan: planWith(random.pick(saying)(path), random),
    about: [path],
    hidden: [],
  });
  return paths.flatMap((path) => {
    const [how, wrong] = breakPath(path, checkout, random);
    return [
      make(path, true, "as it is"),
      ...(checkout.has(wrong) ? [] : [make(wrong, false, how)]),
    ];
  });
};

const otherEndings: Readonly<Record<string, string>> = {
  ts: "js",
  js: "ts",
  tsx: "ts",
  py: "pyx",
  go: "rs",
  rs: "go",
  java: "kt",
  rb: "py",
  yml: "json",
  yaml: "json",
  toml: "yaml",
  md: "rst",
};

function breakPath(path: string, checkout: Checkout, random: Random): [string, string] {
  const folders = [...new Set(checkout.paths.map(folderOf))].filter(
    (folder) => folder !== "" && folder !== folderOf(path),
  );
  const ending = path.split(".").at(-1) ?? "";
  const ways: [string, string][] = [
    ["renamed", renamed(path, (stem) => renameWord(stem, random))],
    ["other ending", path.replace(/\.\w+$/, `.${otherEndings[ending] ?? "txt"}`)],
    ["other folder", join(folders.length === 0 ? "lib" : random.pick(folders), nameOf(path))],
    ["folder renamed", join(renameWord(folderOf(path), random), nameOf(path))],
  ];
  return random.pick(ways);
}

/** Files to create: new ones, and ones that are there. */
export const mineNewFiles: Miner = (checkout, random, perKind) => {
  const source = candidates(checkout).filter((path) =>
    /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb)$/.test(path),
  );
  return random
    .shuffle(source)
    .slice(0, perKind)
    .flatMap((path): Case[] => {
      const fresh = renamed(path, (stem) => extendName(renameWord(stem, random), random));
      const make = (at: string, isTrue: boolean, how: string): Case => ({
        kind: "file-new",
        isTrue,
        how,
        plan: planWith({ spec: fileOf(at, "create", "what is new") }, random),
        about: [at],
        hidden: [],
      });
      return [
        ...(checkout.has(fresh) ? [] : [make(fresh, true, "new")]),
        make(path, false, "there already"),
      ];
    });
};

/** Lines that stand there, and such with a word changed or from elsewhere in the file. */
export const mineQuotes: Miner = (checkout, random, perKind) => {
  const paths = random.shuffle(candidates(checkout).filter((path) => !/\.md$/.test(path)));
  return paths.slice(0, perKind).flatMap((path): Case[] => {
    const lines = checkout.read(path).split("\n");
    const telling = lines.flatMap((line, index) =>
      /\w{4,}.*\w{4,}/.test(line) && line.length < 160 && !line.includes("```") ? [index] : [],
    );
    if (telling.length === 0) return [];
    const at = random.pick(telling);
    const height = 1 + random.below(3);
    const quote = lines
      .slice(at, at + height)
      .join("\n")
      .replace(/\s+$/, "");
    if (/```|~~~|\r|\t\n/.test(quote)) return [];
    const make = (text: string, line: number, isTrue: boolean, how: string): Case => ({
      kind: "quote",
      isTrue,
      how,
      plan: planWith(
        { spec: { context: [{ pattern: "Go on as here", path, line, quote: text }] } },
        random,
      ),
      about: [path],
      hidden: [],
    });
    const words = [...quote.matchAll(/[A-Za-z_]{4,}/g)];
    const word = random.pick(words);
    const changed = `${quote.slice(0, word.index)}${renameWord(word[0], random)}${quote.slice(word.index + word[0].length)}`;
    const whole = checkout.read(path).replace(/\s+/g, " ");
    const isThere = whole.includes(changed.trim().replace(/\s+/g, " "));
    return [
      make(quote, at + 1, true, "as it stands"),
      ...(isThere ? [] : [make(changed, at + 1, false, "a word changed")]),
    ];
  });
};
