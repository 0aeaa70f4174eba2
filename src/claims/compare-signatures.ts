import type { Language } from "../codebase/codebase.ts";
import type { Parameter, Signature } from "./parse-signature.ts";

/** How what is said differs from what is declared. `unsure`: it may be the same in other words. */
export type Difference = { words: string; unsure: boolean };

/** What the words claim: a declaration's names and types, or only how it is called. */
export type Manner = "declaration" | "call";

/** Compares by shape; what is left out in what is said is not compared. */
export function compareSignatures(
  said: Signature,
  real: Signature,
  manner: Manner,
  language: Language | null,
): Difference[] {
  const differences = [
    ...compareCounts(said, real, manner),
    ...(manner === "call" ? [] : compareParameters(said, real)),
    ...compareResults(said, real),
    ...compareAsync(said, real, language),
  ];
  // What a macro leaves of a declaration is not written there.
  return language === "cpp" ? differences.map((one) => ({ ...one, unsure: true })) : differences;
}

const sure = (words: string): Difference => ({ words, unsure: false });

/** A call may leave out what is optional; a declaration may not. */
function compareCounts(said: Signature, real: Signature, manner: Manner): Difference[] {
  const elided = said.parameters.some(({ name, type }) => /^(?:…|\.{3})$/.test(name ?? type ?? ""));
  if (elided) return [];
  const count = said.parameters.length;
  const most = real.parameters.some((one) => one.rest)
    ? Number.POSITIVE_INFINITY
    : real.parameters.length;
  const least = real.parameters.filter((one) => !one.optional && !one.rest).length;
  const isRight =
    manner === "call" ? count >= least && count <= most : count === real.parameters.length;
  if (isRight || (manner === "call" && said.parameters.some((one) => one.rest))) return [];
  // `f()` in prose is mostly the name with its parentheses.
  if (count === 0 && manner === "call") return [];
  return [sure(`it takes ${countWords(real.parameters.length)}, not ${count}`)];
}

const countWords = (count: number): string =>
  count === 0 ? "no parameter" : count === 1 ? "1 parameter" : `${count} parameters`;

function compareParameters(said: Signature, real: Signature): Difference[] {
  if (said.parameters.length !== real.parameters.length) return [];
  return said.parameters.flatMap((one, index) => {
    const other = real.parameters[index];
    return other === undefined ? [] : compareParameter(one, other, said);
  });
}

function compareParameter(said: Parameter, real: Parameter, whole: Signature): Difference[] {
  const name = real.name ?? said.name ?? "";
  if (said.name !== null && real.name !== null && bare(said.name) !== bare(real.name)) {
    // `f(User)` gives a type where a name would stand.
    if (said.type === null && real.type !== null && sameType(said.name, real.type)) return [];
    return [sure(`the parameter is \`${real.name}\`, not \`${said.name}\``)];
  }
  if (said.rest !== real.rest)
    return [sure(`\`${name}\` ${real.rest ? "takes" : "does not take"} the rest`)];
  const showsOptional = said.type !== null || whole.isWhole;
  if (
    said.optional !== real.optional &&
    (said.optional || showsOptional) &&
    !isNullable(said, real)
  )
    return [sure(`\`${name}\` is ${real.optional ? "optional" : "required"}`)];
  if (said.type === null || real.type === null || sameType(said.type, real.type)) return [];
  return [
    { words: `\`${name}\` is \`${fold(real.type)}\``, unsure: isLoose(said.type, real.type) },
  ];
}

const bare = (name: string): string => name.replace(/^_+|^\$/, "");

/** `x?: A` and `x: A | undefined` are called alike. */
const isNullable = (said: Parameter, real: Parameter): boolean =>
  /\bundefined\b|\bNone\b|\bOptional\b|^\?/.test(`${said.type} ${real.type}`);

function compareResults(said: Signature, real: Signature): Difference[] {
  if (said.result === null || real.result === null || sameType(said.result, real.result)) return [];
  const [one, other] = [unpromise(said.result), unpromise(real.result)];
  // `async fn() -> A` and `fn() -> Promise<A>` give the same.
  if ((said.isAsync || real.isAsync) && sameType(one, other)) return [];
  const words = `it gives \`${fold(real.result)}\``;
  return [{ words, unsure: isLoose(said.result, real.result) }];
}

const unpromise = (type: string): string =>
  /^(?:Promise|Awaitable|Task|Future|Coroutine)[<[](.*)[>\]]$/s.exec(type.trim())?.[1] ?? type;
const isPromise = (type: string | null): boolean =>
  /^(?:Promise|Awaitable|Task|Future|Coroutine|AsyncIterable|AsyncGenerator)\b/.test(type ?? "");

/** In TypeScript `async` is no part of the type. Elsewhere a caller must know it. */
function compareAsync(said: Signature, real: Signature, language: Language | null): Difference[] {
  if (said.isAsync === real.isAsync) return [];
  if (said.isAsync)
    return isPromise(real.result) ||
      (real.result === null && language !== "python" && language !== "rust")
      ? []
      : [sure("it is not async")];
  const isSilent = !said.isWhole || ["typescript", "tsx", "c-sharp"].includes(language ?? "");
  if (isSilent && (said.result === null || isPromise(said.result))) return [];
  return isSilent && sameType(said.result ?? "", unpromise(real.result ?? "")) && !said.isWhole
    ? []
    : said.isWhole && !isPromise(said.result)
      ? [sure("it is async")]
      : [];
}

/** White space, quotes and the trailing comma do not count. */
const fold = (type: string): string => type.replace(/\s+/g, " ").trim();

export const sameType = (one: string, other: string): boolean =>
  normalize(one) === normalize(other);

function normalize(type: string): string {
  const plain = type
    .replace(/"/g, "'")
    .replace(/\breadonly\s+/g, "")
    .replace(/\bReadonlyArray</g, "Array<")
    .replace(
      /\b(?:typing|t|collections\.abc|builtins|std::\w+|java\.util|java\.lang)(?:\.|::)(?=\w)/g,
      "",
    )
    .replace(/\bOptional\[([^[\]]*)\]/g, "$1|None")
    .replace(/\bUnion\[([^[\]]*)\]/g, (_all, inner: string) => inner.replaceAll(",", "|"))
    .replace(/\b(List|Dict|Set|Tuple|Type)(?=\[)/g, (word) => word.toLowerCase())
    .replace(/^'([\w.[\], |]+)'$/, "$1")
    .replace(/\s+/g, "")
    .replace(/,(?=[)\]}>])/g, "")
    .replace(/;(?=\})/g, "")
    .replace(/\bArray<([\w.'|]+)>/g, (_all, inner: string) =>
      inner.includes("|") ? `(${inner})[]` : `${inner}[]`,
    )
    .replace(/(?<![\w.])(?:\w+\.)+(?=\w)/g, "")
    .replace(/^\?(\w+)$/, "$1|null")
    .replace(/^\|/, "");
  return plain.includes("|") && !/[<>()[\]{}]/.test(plain)
    ? plain.split("|").toSorted().join("|")
    : plain;
}

/** A type that is left to the reader or the compiler. */
const isLoose = (one: string, other: string): boolean =>
  /\b(?:auto|var)\b|\.\.\.|…/.test(`${one} ${other}`);
