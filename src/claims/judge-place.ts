import type { Codebase, CodeSymbol, ImportStatement } from "../codebase/codebase.ts";
import type { Ground, Judgement, PlanDocuments } from "./claim-rule.ts";
import { placeOf } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { evidenceAt, lineOfWord } from "./read-lines.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import type { SaidName } from "./read-statements/list-said-names.ts";
import { span } from "./write-text.ts";

/** A name that is declared, but not in the file where it is said to be: handed on there, used there, or not there at all. */
export async function judgePlace(
  said: SaidName,
  path: string | null,
  declared: readonly CodeSymbol[],
  { codebase }: Ground,
  plan: PlanDocuments,
): Promise<Judgement | null> {
  const first = declared[0];
  const place = said.place;
  if (first === undefined || place === null || path === null) return null;
  const evidence = await evidenceAt(first, codebase);
  const instead = `${span(said.name)} is declared at ${placeOf(first)}`;
  const introduced = listIntroduced(plan);
  if (path === "" && introduced.paths.has(place.path)) return null;
  if (path === "") return isFalse(`there is no ${span(place.path)}; ${instead}`, evidence);
  // The plan may give another file a name that one file has already.
  if (introduced.names.has(said.name) || said.tone === "future" || said.tone === "absent")
    return null;
  const handing = handsOn(path, said.name, codebase);
  if (handing !== null) return isTrue(await evidenceAt(handing, codebase), instead);
  const text = await codebase.text(path);
  const line = text === null ? null : lineOfWord(text, said.name);
  if (line === null) return isFalse(`${span(path)} does not have it; ${instead}`, evidence);
  const use = await evidenceAt({ path, line }, codebase);
  if (place.isDeclared || (said.kind !== null && !place.isUse))
    return isFalse(`${span(`${path}:${line}`)} only uses it; ${instead}`, evidence);
  if (place.isUse) return isTrue(use, instead);
  return isOpen(`${span(`${path}:${line}`)} uses it; ${instead}`, use);
}

/** How many files may hand a name on before one declares it. */
const mostHands = 6;

/**
 * Where a file hands a name on, so that others may take it from there: `export { x } from`, `pub use a::x`, a package's `__init__`, and
 * `export *` or `pub use a::*` of a file that has it, at once or through others. What it only imports is not there, nor what
 * a module of its own (`mod a;`) declares.
 */
function handsOn(
  path: string,
  name: string,
  codebase: Codebase,
): { path: string; line: number } | null {
  const isPackage = /(?:^|\/)__init__\.py$/.test(path);
  const own = codebase.file(path)?.imports ?? [];
  const named = own.find((one) => (one.handsOn || isPackage) && one.names.includes(name));
  if (named !== undefined) return { path, line: named.line };
  const star = own.find(
    (one) => one.handsOn && isStar(one) && starReaches(path, one.line, name, codebase),
  );
  return star === undefined ? null : { path, line: star.line };
}

const isStar = ({ specifier, names }: ImportStatement): boolean =>
  names.includes("*") && !specifier.startsWith("mod:");

/** Whether what a star at this line hands on has the name. What was traced to no file of this repository may have it. */
function starReaches(path: string, line: number, name: string, codebase: Codebase): boolean {
  const targets = (from: string, at: number | null): string[] =>
    codebase.graph
      .importsOf(from)
      .filter((edge) => edge.handsOn && (at === null || edge.line === at))
      .filter((edge) => edge.names.includes("*") || edge.names.includes(name))
      .map(({ to }) => to);
  let front = targets(path, line);
  if (front.length === 0) return true;
  const seen = new Set([path]);
  const holders = new Set(codebase.symbolsNamed(name).map((symbol) => symbol.path));
  for (let hand = 0; hand < mostHands && front.length > 0; hand++) {
    if (front.some((one) => holders.has(one))) return true;
    for (const one of front) seen.add(one);
    front = front.flatMap((one) => targets(one, null)).filter((one) => !seen.has(one));
  }
  return false;
}
