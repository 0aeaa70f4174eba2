import type { Codebase } from "../codebase/codebase.ts";
import { findSymbol } from "../codebase/find-symbol.ts";
import type { Ground, Judgement, PlanDocuments } from "./claim-rule.ts";
import type { Members } from "./find-members.ts";
import { nameNearest, placeOf } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { mayContain } from "./may-contain.ts";
import { allSymbols, findSlip, nearestOf, nearestSymbol } from "./nearest-symbol.ts";
import { evidenceAt, findUse, lineOfWord, wordIn } from "./read-lines.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import type { SaidName } from "./read-statements/list-said-names.ts";
import { span } from "./write-text.ts";

export type Absent = {
  said: SaidName;
  /** The file that is meant; "" where it is not there, null where none is named. */
  path: string | null;
  members: Members | null;
  ground: Ground;
  plan: PlanDocuments;
};

/** Judges a name that the index has no declaration of: by the look of lines, by its uses, and by what the plan brings. */
export async function judgeAbsentName(absent: Absent): Promise<Judgement | null> {
  const { said, ground, plan, path, members } = absent;
  const { codebase } = ground;
  const introduced = listIntroduced(plan);
  const isBrought =
    introduced.names.has(said.name) || introduced.names.has(said.owner ?? said.name);
  if (isBrought || said.tone === "future" || said.tone === "absent") return null;
  if (path === "" && introduced.paths.has(said.place?.path ?? "")) return null;
  if (path !== null && path !== "") return await judgeInFile(absent, path);
  if (members !== null) return await judgeMember(absent, members);
  const looked = await lookFor(said.name, codebase);
  if (looked !== null) return isTrue(await evidenceAt(looked, codebase));
  if (isConstantLike(said)) return null;
  const use = await findUse(said.name, codebase);
  if (use !== null) return await judgeUsed(said, use, codebase);
  if (wordIn(introduced.code, said.name)) return isOpen("the plan's own code names it");
  return judgeNowhere(said, codebase);
}

/** `DATABASE_URL` alone is a variable of the environment, which another rule looks for. */
const isConstantLike = ({ name, kind }: SaidName): boolean =>
  kind === null && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name);

async function lookFor(
  name: string,
  codebase: Codebase,
): Promise<{ path: string; line: number } | null> {
  return mayContain(name, codebase) ? await findSymbol(codebase, name) : null;
}

async function judgeUsed(
  said: SaidName,
  use: { path: string; line: number },
  codebase: Codebase,
): Promise<Judgement> {
  const evidence = await evidenceAt(use, codebase);
  const note = "it stands there, and nothing of this repository declares it";
  return said.kind === null ? isTrue(evidence, note) : isOpen(note, evidence);
}

async function judgeInFile({ said, ground, plan }: Absent, path: string): Promise<Judgement> {
  const { codebase } = ground;
  const text = await codebase.text(path);
  if (text === null) return isOpen(`${span(path)} is not text`);
  const line = lineOfWord(text, said.name);
  if (line !== null) {
    const evidence = await evidenceAt({ path, line }, codebase);
    const isSure = said.kind === null || codebase.file(path)?.language === null;
    return isSure ? isTrue(evidence) : isOpen("it stands there, and is no declaration", evidence);
  }
  if (wordIn(listIntroduced(plan).code, said.name)) return isOpen("the plan's own code names it");
  const own = codebase.file(path)?.symbols ?? [];
  const near = nearestSymbol(said.name, codebase, own);
  return isFalse(`${span(path)} has no ${span(said.name)}${nameNearest(near)}`);
}

async function judgeMember(
  { said, ground, plan }: Absent,
  members: Members,
): Promise<Judgement | null> {
  const { codebase } = ground;
  const { owners, doubt } = members;
  const owner = said.owner ?? "";
  const use = await findUse(`${owner}.${said.name}`, codebase);
  if (use !== null) return isTrue(await evidenceAt(use, codebase), "it is used there");
  const first = owners[0];
  if (first === undefined) return await judgeStranger(said, codebase);
  const evidence = await evidenceAt(first, codebase);
  if (/names it in its body$/.test(doubt ?? "")) return isTrue(evidence, doubt ?? "");
  if (doubt !== null) return isOpen(doubt, evidence);
  if (wordIn(listIntroduced(plan).code, said.name)) return isOpen("the plan's own code names it");
  const own = allSymbols(codebase).filter((one) => one.owner === owner);
  const others = codebase.symbolsNamed(said.name);
  const near = nearestOf(said.name, own) ?? others[0] ?? nearestSymbol(said.name, codebase, own);
  return isFalse(`${span(owner)} has no ${span(said.name)}${nameNearest(near)}`, evidence);
}

/** A member of something that this repository does not declare: a library's, unless the owner is a slip of the pen. */
async function judgeStranger(said: SaidName, codebase: Codebase): Promise<Judgement> {
  const owner = said.owner ?? "";
  const isUsed = (await findUse(owner, codebase)) !== null;
  const slip = isUsed ? null : findSlip(owner, codebase);
  if (slip !== null) return isFalse(`there is no ${span(owner)}${nameNearest(slip)}`);
  const others = codebase.symbolsNamed(said.name);
  const isSure = !isUsed && !said.isOutside && said.kind !== null;
  const first = others[0];
  if (isSure && first !== undefined)
    return isFalse(
      `there is no ${span(owner)}; ${span(said.name)} is declared at ${placeOf(first)}`,
    );
  if (isSure)
    return isFalse(`there is no ${span(owner)}${nameNearest(nearestSymbol(owner, codebase))}`);
  return isOpen(`nothing of this repository declares ${span(owner)}`);
}

/** The name stands nowhere. Where the words do not place it, it may be a library's or the language's. */
function judgeNowhere(said: SaidName, codebase: Codebase): Judgement {
  const near = nearestSymbol(said.name, codebase);
  const absence = `there is no ${span(said.name)}${nameNearest(near)}`;
  const slip = findSlip(said.name, codebase) !== null;
  const isAnchored =
    said.kind !== null || said.isExisting || said.place !== null || said.owner !== null;
  if (slip || (isAnchored && !said.isOutside)) return isFalse(absence);
  return isOpen(`no declaration of that name was found${nameNearest(near)}`);
}
