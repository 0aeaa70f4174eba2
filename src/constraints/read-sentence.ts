/** A sentence whose names stand apart from its words: `never import ⟦0⟧ in ⟦1⟧`. */
export type Sentence = { words: string; spans: readonly string[] };

/** Names that people write without code marks: `STATE_DIR`, `save_json()`, `src/http/**`, `conftest.py`. */
const bare =
  /(?<![\p{L}\p{N}_⟦`])(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[\p{L}_$][\p{L}\p{N}_$]*(?:[.:]{1,2}[\p{L}_$][\p{L}\p{N}_$]*)*\(\)|(?:[\w@.*-]+\/)+[\w@.*-]*|[\w-]+\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|sql|json|ya?ml|toml|md|sh))(?![\p{L}\p{N}_])/gu;

const not =
  /\b(?:must|may|shall|should|can|will|do|does|is|are)\s+(?:not|never)(?:\s+(?:be\s+)?allowed\s+to)?\b|\b(?:don't|doesn't|mustn't|shouldn't|can't|cannot|won't)\b|\bnever\s+(?:may|should|must)\b|\bavoid\b|\bforbidden\s+to\b/gi;
const leading =
  /^(?:(?:we|you|one|please|always|must|should|shall|code|the code|and|but|also|then)\s+)+/i;

/** What is longer says no rule that a program could follow; and patterns may take long over endless lines. */
const mostCharacters = 2000;

/** The sentences of a constraint, in small letters, with every form of "must not" as "never". */
export function readSentences(text: string): Sentence[] {
  const spans: string[] = [];
  const keep = (name: string): string => `⟦${spans.push(name.trim()) - 1}⟧`;
  const apart = text
    .slice(0, mostCharacters)
    .replace(/(`+)((?:(?!\1)[\s\S])+?)\1(?!`)/g, (_all, _ticks: string, name: string) => keep(name))
    .replace(/\bhttps?:\/\/\S+/g, "a page")
    .replace(/\*\*(?=[\p{L}⟦])|(?<=[\p{L}⟧.])\*\*/gu, "")
    .replace(bare, (name) => keep(name));
  return apart
    .split(/(?<=[.!?⟧\p{L}\p{N})])(?:[.!?]\s+|;\s*|[.!?]$)/u)
    .map((sentence) => ({ words: fold(sentence), spans }))
    .filter(({ words }) => words !== "");
}

const fold = (sentence: string): string =>
  sentence
    .toLowerCase()
    .replace(not, "never")
    .replace(/\bnever\s+never\b/g, "never")
    .replace(/\s+/g, " ")
    .trim()
    .replace(leading, "")
    .replace(/^(?:we|you)\s+/, "");

/** The names that a list such as `⟦0⟧, ⟦1⟧ and ⟦2⟧` stands for. */
export const namesOf = (list: string | undefined, { spans }: Sentence): string[] =>
  [...(list ?? "").matchAll(/⟦(\d+)⟧/g)].flatMap(([, index]) => spans[Number(index)] ?? []);
