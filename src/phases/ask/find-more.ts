import { isWorthReading } from "../../codebase/judge-path.ts";
import { escapePattern } from "../../shared/escape-pattern.ts";
import type { Snapshot } from "../../workspace/port.ts";
import type { SourceQuoter } from "../quote-source.ts";
import type { AskReply } from "./reply.ts";

/** What one further look may bring. */
const limits = { files: 8, characters: 30_000, searches: 5, hits: 30, word: 200 };

async function showFile(snapshot: Snapshot, path: string, quoter: SourceQuoter): Promise<string> {
  const content = await snapshot.read(path);
  if (content?.kind === "text") {
    return quoter.quote(path, content.text, { numbered: true, limit: limits.characters });
  }
  return quoter.quote("a file that was asked for", `${path}: there is no such text file`);
}

async function showHits(snapshot: Snapshot, word: string, quoter: SourceQuoter): Promise<string> {
  // Words as they are: a pattern of a model would be run over every file.
  const hits = await snapshot.grep(escapePattern(word), [], limits.hits);
  const lines = hits.map(({ path, line, text }) => `${path}:${line}: ${text.trim().slice(0, 200)}`);
  return quoter.quote("what a search found", [`searched: ${word}`, ...lines].join("\n"));
}

/** Reads the files and makes the searches that a model wants before it answers, within bounds; empty when it wants none. */
export async function findMore(
  snapshot: Snapshot,
  { read, search }: Pick<AskReply, "read" | "search">,
  quoter: SourceQuoter,
): Promise<string[]> {
  const known = new Set((await snapshot.list()).map(({ path }) => path));
  const paths = [...new Set(read)].filter((path) => known.has(path) && isWorthReading(path));
  const words = [...new Set(search.map((word) => word.trim().slice(0, limits.word)))].filter(
    (word) => word !== "" && !word.includes("\n"),
  );
  const found: string[] = [];
  for (const path of paths.slice(0, limits.files)) {
    found.push(await showFile(snapshot, path, quoter));
  }
  for (const word of words.slice(0, limits.searches)) {
    found.push(await showHits(snapshot, word, quoter));
  }
  return found;
}
