import type { Codebase } from "../codebase.ts";
import { rankForRequest } from "../rank/rank-for-request.ts";
import type { Excerpt } from "../repository-facts.ts";
import { selectRegions } from "./select-regions.ts";
import { toExcerpts } from "./to-excerpts.ts";

/** What of a codebase is worth reading beside files that are shown already. */
export type FindRelated = (
  request: string,
  options: { tokens: number; except: ReadonlySet<string> },
) => Promise<Excerpt[]>;

const files = 20;

/** A finder over an index that is loaded when it is first asked: work that needs no neighbours does not wait for one. */
export function relatedFinder(load: () => Promise<Codebase>): FindRelated {
  let loading: Promise<Codebase> | null = null;
  return async (request, { tokens, except }) => {
    loading ??= load();
    const codebase = await loading;
    const ranked = rankForRequest(codebase, request, { top: files + except.size })
      .filter(({ path }) => !except.has(path))
      .slice(0, files);
    return toExcerpts(codebase, await selectRegions(codebase, request, ranked, tokens));
  };
}
