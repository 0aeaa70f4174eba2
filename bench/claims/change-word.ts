import type { Random } from "./random.ts";

const words = [
  "Ledger",
  "Harbor",
  "Quartz",
  "Violet",
  "Meadow",
  "Falcon",
  "Copper",
  "Lantern",
  "Saddle",
  "Orchid",
];

/** Parts of a name with what stands between them, so that it can be put together again. */
const partsOf = (name: string): string[] =>
  name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^A-Za-z0-9]+/g) ?? [name];

/** The name with one of its words replaced, in its own style: as a model remembers a name nearly. */
export function renameWord(name: string, random: Random): string {
  const parts = partsOf(name);
  const places = parts.flatMap((part, index) => (/[A-Za-z]/.test(part) ? [index] : []));
  if (places.length === 0) return `${name}${random.pick(words)}`;
  const at = random.pick(places);
  return parts
    .map((part, index) => (index === at ? inStyle(random.pick(words), part, name) : part))
    .join("");
}

/** The name with a word more. */
export function extendName(name: string, random: Random): string {
  const word = random.pick(words);
  if (/^[A-Z0-9_]+$/.test(name)) return `${name}_${word.toUpperCase()}`;
  if (/_/.test(name)) return `${name}_${word.toLowerCase()}`;
  if (/-/.test(name)) return `${name}-${word.toLowerCase()}`;
  return `${name}${word}`;
}

/** A letter changed, dropped or doubled: a slip. */
export function slip(name: string, random: Random): string {
  const letters = [...name];
  const places = letters.flatMap((letter, index) =>
    /[a-z]/i.test(letter) && index > 0 ? [index] : [],
  );
  if (places.length === 0) return `${name}s`;
  const at = random.pick(places);
  const letter = letters[at] ?? "";
  const made = [
    letters.toSpliced(at, 1),
    letters.toSpliced(at, 0, letter),
    letters.toSpliced(at, 1, letter === "e" ? "a" : "e"),
  ];
  return random.pick(made).join("");
}

const inStyle = (word: string, like: string, name: string): string => {
  if (/^[A-Z]{2,}$/.test(like) || /^[A-Z0-9_]+$/.test(name)) return word.toUpperCase();
  return /^[A-Z]/.test(like) ? word : word.toLowerCase();
};
