import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import type { Ground, Judgement, PlanDocuments } from "./claim-rule.ts";
import { findMembers, type Members } from "./find-members.ts";
import { placeOf } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { judgeAbsentName } from "./judge-absent-name.ts";
import { judgeKind } from "./judge-kind.ts";
import { judgePlace } from "./judge-place.ts";
import { findMeant } from "./judge-said-path.ts";
import { evidenceAt, readHead } from "./read-lines.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import type { SaidName } from "./read-statements/list-said-names.ts";
import { listProposals } from "./twins/list-proposals.ts";
import { span } from "./write-text.ts";

/** What was judged of a name, and the declarations that it fits. */
export type JudgedName = { judgement: Judgement | null; fits: readonly CodeSymbol[] };

/** Holds what is said of a name against the declarations: owner, file, line and kind, each of which must fit one and the same. */
export async function judgeName(
  said: SaidName,
  ground: Ground,
  plan: PlanDocuments,
): Promise<JudgedName> {
  const { codebase } = ground;
  if (isSaidNew(said, plan)) return { judgement: null, fits: [] };
  const whole = codebase.symbolsNamed(said.written);
  if (whole.length > 0 && said.written !== said.name)
    return await judgeNamed({ ...said, owner: null, name: said.written }, ground, plan);
  const plain = said.name.replace(/^\$|[!?]$/g, "");
  const isMarked = plain !== said.name && codebase.symbolsNamed(said.name).length === 0;
  return await judgeNamed(isMarked ? { ...said, name: plain } : said, ground, plan);
}

/** "Add an enum `Message`" says nothing of an enum that is there: that another thing has the name is for the rule on twins to say. */
const isSaidNew = ({ tone, name }: SaidName, plan: PlanDocuments): boolean =>
  tone === "future" && listProposals(plan).some((one) => one.saidNew && one.name === name);

/** What the plan brings may be of another kind than what has the name today. */
const isProposed = (said: SaidName, plan: PlanDocuments): boolean =>
  said.tone === "future" ||
  said.tone === "absent" ||
  (said.place === null && !said.isExisting && listIntroduced(plan).names.has(said.name));

async function judgeNamed(
  said: SaidName,
  ground: Ground,
  plan: PlanDocuments,
): Promise<JudgedName> {
  const { codebase } = ground;
  const path = said.place && resolvePath(said.place.path, codebase);
  const members: Members | null =
    said.owner === null ? null : await findMembers(said.owner, said.name, codebase);
  const owned = members?.found ?? codebase.symbolsNamed(said.name);
  const here = path === null ? owned : owned.filter((symbol) => symbol.path === path);
  if (here.length > 0) {
    const judged = await judgeDeclared(said, here, codebase);
    const isWrong = judged.judgement?.verdict !== "true";
    return isWrong && isProposed(said, plan) ? { ...judged, judgement: null } : judged;
  }
  const elsewhere = owned.length > 0 && said.place !== null;
  const judgement = elsewhere
    ? await judgePlace(said, path, owned, ground, plan)
    : await judgeAbsentName({ said, path, members, ground, plan });
  return { judgement, fits: [] };
}

/** The file that is meant, "" where there is none, so that nothing is found in it. */
function resolvePath(path: string, codebase: Codebase): string {
  return codebase.file(path) === null ? (findMeant(path, codebase) ?? "") : path;
}

async function judgeDeclared(
  said: SaidName,
  symbols: readonly CodeSymbol[],
  codebase: Codebase,
): Promise<JudgedName> {
  const kinds = await Promise.all(symbols.map((symbol) => fitKind(said, symbol, codebase)));
  const fits = symbols.filter((_symbol, index) => kinds[index] === "yes");
  const first = fits[0];
  if (first !== undefined) return { judgement: await judgeLine(said, fits, codebase), fits };
  // A member of that name is not what is meant where the file has the name itself.
  const outer = symbols.filter((symbol) => said.owner === null && symbol.owner === null);
  const meant = outer.length > 0 ? outer : symbols;
  const maybe = meant.find((symbol) => kinds[symbols.indexOf(symbol)] === "maybe");
  const other = maybe ?? meant[0];
  if (other === undefined) return { judgement: null, fits };
  const note = `${span(said.name)} at ${placeOf(other)} is a ${nameKind(other)}`;
  const evidence = await evidenceAt(other, codebase);
  const judgement =
    maybe === undefined
      ? isFalse(note, evidence)
      : isOpen(`${note}; it may be called so`, evidence);
  return { judgement, fits };
}

async function fitKind(
  { kind }: SaidName,
  symbol: CodeSymbol,
  codebase: Codebase,
): Promise<"yes" | "no" | "maybe"> {
  if (kind === null) return "yes";
  const head = await readHead(symbol, codebase);
  return judgeKind(kind, symbol, head, codebase.file(symbol.path)?.language ?? null);
}

const nameKind = ({ kind, owner }: CodeSymbol): string =>
  owner === null ? kind : `${kind} of ${span(owner)}`;

/** A line within the declaration, or one where the name stands, is right. */
async function judgeLine(
  said: SaidName,
  symbols: readonly CodeSymbol[],
  codebase: Codebase,
): Promise<Judgement> {
  const first = symbols[0];
  if (first === undefined) return isOpen("");
  const line = said.place?.line ?? null;
  const within = symbols.find((one) => line !== null && line >= one.line && line <= one.endLine);
  if (line === null || within !== undefined)
    return isTrue(await evidenceAt(within ?? first, codebase));
  const text = (await codebase.text(first.path))?.split("\n") ?? [];
  const above = text.slice(line - 1, first.line - 1);
  const isAbove =
    line < first.line && above.every((one) => /^\s*(?:$|@|#|\/\/|\/?\*|\[)/.test(one));
  if (isAbove || (text[line - 1] ?? "").includes(said.name))
    return isTrue(await evidenceAt({ path: first.path, line }, codebase));
  return isFalse(`it is declared at ${placeOf(first)}`, await evidenceAt(first, codebase));
}
