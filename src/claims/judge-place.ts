import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
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

/** Where a file hands a name on: `export { x } from`, `export * from` a file that has it, a package's `__init__`. */
function handsOn(
  path: string,
  name: string,
  codebase: Codebase,
): { path: string; line: number } | null {
  const file = codebase.file(path);
  const isPackage = /(?:^|\/)__init__\.py$/.test(path);
  for (const one of file?.imports ?? []) {
    if (!one.handsOn && !isPackage) continue;
    if (one.names.includes(name)) return { path, line: one.line };
    if (one.names.includes("*") && one.handsOn) return { path, line: one.line };
  }
  return null;
}
