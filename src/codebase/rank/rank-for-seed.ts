import type { Codebase } from "../codebase.ts";
import type { RankedFile } from "../ranked-file.ts";
import { rankForRequest } from "./rank-for-request.ts";

/** First form: by the words of the request and of the seed's path. */
export function rankForSeed(
  codebase: Codebase,
  seed: string,
  query: string | null,
  options: { top: number },
): RankedFile[] {
  return rankForRequest(codebase, `${query ?? ""} ${seed}`, { top: options.top + 1 })
    .filter(({ path }) => path !== seed)
    .slice(0, options.top);
}
