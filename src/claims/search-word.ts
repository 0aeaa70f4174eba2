import type { Codebase } from "../codebase/codebase.ts";
import type { Place } from "../codebase/found.ts";
import { mayContain } from "./may-contain.ts";

const most = 200;

/**
 * Where a word stands in the code itself (tests, settings and data included, documents not), or null where it stands nowhere: what
 * no search of ours names may still be there.
 */
export async function searchWord(codebase: Codebase, word: string): Promise<Place | null> {
  if (!mayContain(word, codebase)) return null;
  const pattern = `(^|[^A-Za-z0-9_])${word.replace(/[^\w]/g, "[^A-Za-z0-9_]")}($|[^A-Za-z0-9_])`;
  const hits = await codebase.grep(pattern, [], most);
  const found = hits.find(({ path }) => {
    const file = codebase.file(path);
    const role = file?.role ?? "source";
    if (role === "document" && file?.language === null) return false;
    return role !== "vendored" && role !== "binary";
  });
  return found === undefined ? null : { ...found, text: found.text.trim().slice(0, 240) };
}
