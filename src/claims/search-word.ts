import type { Codebase, SourceFile } from "../codebase/codebase.ts";
import type { Place } from "../codebase/found.ts";
import { mayContain } from "./may-contain.ts";

const most = 200;

/**
 * Where a word stands in the code itself (tests, settings and data included, documents not), or null where it stands nowhere: what
 * no search of ours names may still be there.
 */
export const searchWord = async (codebase: Codebase, word: string): Promise<Place | null> =>
  await search(codebase, word, ({ role, language }) => {
    if (role === "document") return language !== null;
    return role !== "vendored" && role !== "binary";
  });

/** Where a document alone has the word, or null. */
export const searchDocuments = async (codebase: Codebase, word: string): Promise<Place | null> =>
  await search(codebase, word, ({ role, language }) => role === "document" && language === null);

async function search(
  codebase: Codebase,
  word: string,
  isMeant: (file: Pick<SourceFile, "role" | "language">) => boolean,
): Promise<Place | null> {
  if (!mayContain(word, codebase)) return null;
  const pattern = `(^|[^A-Za-z0-9_])${word.replace(/[^\w]/g, "[^A-Za-z0-9_]")}($|[^A-Za-z0-9_])`;
  const hits = await codebase.grep(pattern, [], most);
  const found = hits.find(({ path }) =>
    isMeant(codebase.file(path) ?? { role: "source", language: null }),
  );
  return found === undefined ? null : { ...found, text: found.text.trim().slice(0, 240) };
}
