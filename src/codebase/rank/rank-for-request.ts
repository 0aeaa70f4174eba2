import type { Codebase } from "../codebase.ts";
import { queryTerms } from "../index/split-terms.ts";
import type { RankedFile } from "../ranked-file.ts";
import { countTerm, scoreWindow, weighTerms } from "../regions/score-windows.ts";

/** First form: BM25 over windows; a file scores by its best ones. */
export function rankForRequest(
  codebase: Codebase,
  query: string,
  options: { top: number },
): RankedFile[] {
  const terms = queryTerms(query);
  const weights = weighTerms(
    codebase.files,
    terms.map(({ hash }) => hash),
  );
  return codebase.files
    .map(({ path, windows }) => {
      const scores = windows
        .map((window) => scoreWindow(window, weights, 150))
        .sort((a, b) => b - a);
      const score = (scores[0] ?? 0) + 0.5 * (scores[1] ?? 0) + 0.25 * (scores[2] ?? 0);
      const words = terms.filter(({ hash }) =>
        windows.some((window) => countTerm(window, hash) > 0),
      );
      return { path, score, reasons: words.slice(0, 4).map(({ written }) => written) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
    .slice(0, options.top);
}
