import { stemWord } from "../../codebase/index/stem-word.ts";

/** Words of a name, in lower case, in their order: `HTTPClientPool` → http, client, pool. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Words by which people name one role differently. The first stands for all. */
const roles = [
  "repository store storage dao",
  "helper util utils utilities helpers",
  "validator checker verifier",
  "renderer formatter printer",
  "config settings configuration preferences",
  "error exception",
  "notifier alerter",
  "fetcher downloader retriever loader",
  "creator maker",
  "remover deleter eraser",
  "sender mailer dispatcher",
  "collector gatherer harvester",
  "scheduler planner",
  "logger log",
  "manager service",
];
const verbs = [
  "get fetch retrieve obtain",
  "create make build construct",
  "delete remove erase",
  "check validate verify",
  "compute calculate calc",
  "convert transform",
  "find lookup search locate",
  "load read",
  "save persist store",
  "send dispatch",
  "format render",
  "init initialize initialise setup",
  "print show display",
];

const groupsOf = (lines: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap((line) => {
      const words = line.split(" ");
      return words.map((word): [string, string] => [word, words[0] ?? word]);
    }),
  );
const roleOfWord = groupsOf(roles);
const verbOfWord = groupsOf(verbs);

/** Affixes of a type that say how it is made, not what it is. */
const marks = new Set(["abstract", "base", "impl", "default", "interface", "protocol", "mixin"]);

/** `mark` says how it is made: "base" of a class that others extend, "shape" of an interface; "" where its name does not tell. */
export type TypeName = { subject: string[]; role: string; mark: string; marked: boolean };

/** What a type is about and the role it plays: `AbstractUserStore` → user | repository. */
export function readTypeName(name: string): TypeName {
  const plain = /^I[A-Z][a-z]/.test(name) ? name.slice(1) : name;
  const all = wordsOf(plain);
  const words = all.filter((word) => !marks.has(word));
  const own = all.find((word) => marks.has(word)) ?? (plain === name ? "" : "interface");
  const mark = /^(?:abstract|base)$/.test(own) ? "base" : own;
  const alike = words.map((word) => stemWord(roleOfWord.get(word) ?? verbOfWord.get(word) ?? word));
  return {
    subject: alike.slice(0, -1),
    role: alike.at(-1) ?? "",
    mark,
    marked: mark !== "",
  };
}

/** Types with the same key are of one name but for the order of its words and the word for the role. */
export function typeKey(name: string): string {
  const { subject, role } = readTypeName(name);
  return inOrder([...subject, role]).join(" ");
}

const filler = new Set(["the", "a", "an", "of", "for", "in", "on"]);

/** Between these words the order matters: `userFromText` and `textFromUser` are two things. */
const ordering =
  /^(?:to|from|into|by|with|without|then|before|after|until|as|or|and|not|if|when|over|under|per|versus|vs|2)$/;

const inOrder = (words: readonly string[]): readonly string[] =>
  words.some((word) => ordering.test(word)) ? words : words.toSorted();

/** Functions with the same key are of one name but for the order of its words and the word for what is done. */
export function functionKey(name: string): string {
  const [first = "", ...rest] = wordsOf(name).filter((word) => !filler.has(word));
  const nouns = rest.map((word) => roleOfWord.get(word) ?? word);
  return inOrder([verbOfWord.get(first) ?? first, ...nouns].map(stemWord)).join(" ");
}

/** Whether two names differ by their number alone: `UnitsOfWork` holds what `UnitOfWork` is. */
export function isOtherNumber(one: string, other: string): boolean {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  const bare = (words: readonly string[]): string =>
    words.map((word) => word.replace(/ies$/, "y").replace(/(?<=[^s])(?:es|s)$|e$/, "")).join(" ");
  return left.join(" ") !== right.join(" ") && bare(left) === bare(right);
}

export const countWords = (key: string): number => key.split(" ").length;
