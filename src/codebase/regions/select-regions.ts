import type { Codebase } from "../codebase.ts";
import { queryTerms } from "../index/split-terms.ts";
import type { RankedFile, Region } from "../ranked-file.ts";
import { chooseRegions } from "./choose-regions.ts";

/** A request may be a whole issue: its first words say what it is about. */
const mostTerms = 400;

/** What of the ranked files is worth reading for a request in words, within `tokens` (an estimate). */
export async function selectRegions(
  codebase: Codebase,
  request: string,
  ranked: readonly RankedFile[],
  tokens: number,
): Promise<Region[]> {
  const terms = queryTerms(request).slice(0, mostTerms);
  const names = new Set(request.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu));
  return await chooseRegions(codebase, ranked, {
    terms: new Set(terms.map(({ hash }) => hash)),
    names,
    tokens,
  });
}
