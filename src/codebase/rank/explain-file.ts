import type { SourceFile } from "../codebase.ts";
import { describeWords } from "./lay-out-ranking.ts";
import type { Corpus } from "./open-corpus.ts";
import { baseOf, folderOf } from "./open-corpus.ts";
import type { RequestSignals } from "./read-request.ts";
import type { SpreadSignals } from "./spread-seeds.ts";

/** Reasons told of one file. */
const most = 4;
/** What brought less than this share of what the strongest one brought is not told. */
const least = 0.25;

/** A reason in words, and what it brought. A vague one is told where there is little else to tell. */
export type Reason = { worth: number; text: string; vague?: true };

/** The strongest reasons, in words that a maintainer reads. */
export function chooseReasons(reasons: readonly Reason[]): string[] {
  const sorted = reasons.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth);
  const clear = sorted.filter(({ vague }) => vague !== true);
  const top = clear[0]?.worth ?? 0;
  const told = clear.filter(({ worth }) => worth >= top * least).slice(0, most);
  const rest = told.length < 2 ? sorted.filter(({ vague }) => vague === true).slice(0, 1) : [];
  return [...told, ...rest].map(({ text }) => text);
}

/** What is plain from the code is told before what only weighs. */
const certain = 10;
const longestSubject = 72;

/** What the request itself says of a file. */
export function explainRequest(
  corpus: Corpus,
  request: RequestSignals,
  place: number,
  worth: (name: keyof RequestSignals["signals"]) => number,
): Reason[] {
  const reasons: Reason[] = [];
  const file = corpus.files[place];
  const words = describeWords(request.words, request.wordScores.tellingOf(place));
  for (const text of words) reasons.push({ worth: worth("files") + worth("windows"), text });
  const names = listDefined(request, file).slice(0, 3).join(", ");
  if (names !== "") reasons.push({ worth: certain, text: `defines ${names}` });
  if (request.named.has(place)) reasons.push({ worth: 2 * certain, text: "named in the request" });
  const change = request.past.bestOf(place);
  if (change !== null)
    reasons.push({ worth: worth("past"), text: `changed in “${shorten(change.subject)}”` });
  return reasons;
}

/** Names of the request that a file declares. Where there are none, its declarations need not be read. */
function listDefined({ identifiers }: RequestSignals, file: SourceFile | undefined): string[] {
  if (identifiers.length === 0 || file === undefined) return [];
  const asked = new Set(identifiers.map(({ written }) => written));
  return [...new Set(file.symbols.map(({ name }) => name).filter((name) => asked.has(name)))];
}

const shorten = (subject: string): string =>
  subject.length > longestSubject ? `${subject.slice(0, longestSubject)}…` : subject;

/** What files that likely change say of a file. */
export function explainSpread(
  corpus: Corpus,
  spread: SpreadSignals,
  place: number,
  worth: (name: keyof SpreadSignals["signals"]) => number,
): Reason[] {
  const reasons: Reason[] = [];
  const pathOf = (other: number): string => corpus.files[other]?.path ?? "";
  const changed = spread.changes.bestOf(place);
  if (changed !== null) {
    const { together, seed } = changed;
    const commits = together === 1 ? "1 commit" : `${together} commits`;
    reasons.push({ worth: worth("changes"), text: `changed with ${pathOf(seed)} in ${commits}` });
  }
  const importer = spread.imports.bestOf(place);
  if (importer !== null)
    reasons.push({ worth: worth("imports"), text: `imported by ${pathOf(importer)}` });
  const twin = findTwin(corpus, spread, place);
  const near = spread.seeds.find(
    ({ place: seed }) => seed !== place && isBeside(corpus, seed, place),
  );
  const alike = worth("likeness") + worth("folders");
  if (twin !== null) reasons.push({ worth: alike, text: `same role as ${pathOf(twin)}` });
  else if (near !== undefined)
    reasons.push({ worth: alike, text: `beside ${pathOf(near.place)}`, vague: true });
  reasons.push(...explainRegister(corpus, spread, place));
  return reasons;
}

const isBeside = ({ files }: Corpus, one: number, other: number): boolean =>
  folderOf(files[one]?.path ?? "") === folderOf(files[other]?.path ?? "");

/** A seed of the same name in another folder. */
function findTwin(corpus: Corpus, { seeds }: SpreadSignals, place: number): number | null {
  const path = corpus.files[place]?.path ?? "";
  const twin = seeds.find(({ place: other }) => {
    const seed = corpus.files[other]?.path ?? "";
    return other !== place && baseOf(seed) === baseOf(path) && folderOf(seed) !== folderOf(path);
  });
  return twin?.place ?? null;
}

const fewestSiblings = 3;

/** A file that imports a seed and several files beside it: an index, a list of modules, a factory. */
function explainRegister(corpus: Corpus, { seeds }: SpreadSignals, place: number): Reason[] {
  const path = corpus.files[place]?.path ?? "";
  const imported = new Set(corpus.codebase.graph.importsOf(path).map(({ to }) => to));
  const seed = seeds.find(({ place: other }) => imported.has(corpus.files[other]?.path ?? ""));
  if (seed === undefined) return [];
  const of = corpus.files[seed.place]?.path ?? "";
  const siblings = [...imported].filter((to) => to !== of && folderOf(to) === folderOf(of)).length;
  if (siblings < fewestSiblings) return [];
  return [{ worth: certain / 3, text: `registers ${of} and ${siblings} of its siblings` }];
}
