import { estimateTokenCount } from "tokenx";
import type { Codebase, SourceFile } from "../codebase.ts";
import type { RankedFile, Region } from "../ranked-file.ts";
import { scoreWindow, weighTerms } from "./score-windows.ts";

/** Files looked into; what ranks lower has no place in any budget of ours. */
const mostFiles = 40;
/** A place further down the ranking counts for less: the tenth file's best stretch for about a third of the first's. */
const fall = 0.2;
/** What a declaration that the request names adds to its stretch, in units of the best stretch. */
const declared = 0.5;
/** What the beginning of a ranked file is worth by itself: what it imports and is for. Elsewhere a stretch without a hit is left out. */
const beginning = 0.08;
/** What of its worth a stretch lends to its neighbours: a change seldom ends where the words do. */
const lent = 0.25;
/** Lines between two stretches of one file that are not worth a gap. */
const gap = 6;

type Stretch = {
  file: SourceFile;
  startLine: number;
  endLine: number;
  value: number;
  tokens: number;
};

/**
 * The stretches of the ranked files that the words lead to, best first by file, within `tokens` (an estimate): whole windows, cut between
 * declarations where that was near, neighbours joined. Nothing of a file is chosen twice. Same input, same output.
 */
export async function chooseRegions(
  codebase: Codebase,
  ranked: readonly RankedFile[],
  request: { terms: ReadonlySet<number>; names: ReadonlySet<string>; tokens: number },
): Promise<Region[]> {
  const chosen = ranked.slice(0, mostFiles);
  const files = chosen.flatMap(({ path }) => codebase.file(path) ?? []);
  const weights = weighTerms(codebase.files, request.terms);
  const texts = new Map<string, string[]>();
  for (const { path } of files) {
    const text = await codebase.text(path);
    if (text !== null) texts.set(path, text.split("\n"));
  }
  const stretches = files.flatMap((file, place) =>
    valueStretches(file, texts.get(file.path) ?? [], place, weights, request.names),
  );
  const kept = fillBudget(stretches, request.tokens);
  return files.flatMap((file) => {
    const reasons = chosen.find(({ path }) => path === file.path)?.reasons ?? [];
    return joinStretches(kept.filter((one) => one.file === file)).map(({ startLine, endLine }) => ({
      path: file.path,
      startLine,
      endLine,
      text: (texts.get(file.path) ?? []).slice(startLine - 1, endLine).join("\n"),
      reasons,
    }));
  });
}

function valueStretches(
  file: SourceFile,
  lines: readonly string[],
  place: number,
  weights: ReadonlyMap<number, number>,
  names: ReadonlySet<string>,
): Stretch[] {
  const lengths = file.windows.reduce((sum, window) => sum + window.length, 0);
  const mean = lengths / Math.max(1, file.windows.length);
  const scores = file.windows.map((window) => scoreWindow(window, weights, mean));
  const best = Math.max(...scores, Number.MIN_VALUE);
  const values = file.windows.map(({ startLine, endLine }, index) => {
    const holds = file.symbols.some(
      ({ name, line }) => names.has(name) && line >= startLine && line <= endLine,
    );
    return (scores[index] ?? 0) / best + (holds ? declared : 0);
  });
  return file.windows.map(({ startLine, endLine }, index) => {
    const own = (values[index] ?? 0) + (index === 0 ? beginning : 0);
    const beside = Math.max(values[index - 1] ?? 0, values[index + 1] ?? 0);
    const value = own + lent * beside;
    const text = lines.slice(startLine - 1, endLine).join("\n");
    return {
      file,
      startLine,
      endLine,
      value: value / (1 + fall * place),
      tokens: estimateTokenCount(text) + 1,
    };
  });
}

/** The most valuable first; one that no longer fits is passed over. */
function fillBudget(stretches: readonly Stretch[], budget: number): Stretch[] {
  const ordered = stretches
    .map((stretch, index) => ({ stretch, index }))
    .filter(({ stretch }) => stretch.value > 0)
    .sort((left, right) => right.stretch.value - left.stretch.value || left.index - right.index);
  const kept: Stretch[] = [];
  let left = budget;
  for (const { stretch } of ordered) {
    if (stretch.tokens > left) continue;
    left -= stretch.tokens;
    kept.push(stretch);
  }
  return kept;
}

function joinStretches(stretches: readonly Stretch[]): { startLine: number; endLine: number }[] {
  const joined: { startLine: number; endLine: number }[] = [];
  for (const { startLine, endLine } of [...stretches].sort((a, b) => a.startLine - b.startLine)) {
    const last = joined.at(-1);
    if (last !== undefined && startLine - last.endLine <= gap) last.endLine = endLine;
    else joined.push({ startLine, endLine });
  }
  return joined;
}
