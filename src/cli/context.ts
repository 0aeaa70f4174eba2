import { readFile } from "node:fs/promises";
import type { Codebase } from "../codebase/codebase.ts";
import { rankForRequest } from "../codebase/rank/rank-for-request.ts";
import { rankForSeed } from "../codebase/rank/rank-for-seed.ts";
import type { RankedFile, Region } from "../codebase/ranked-file.ts";
import { selectRegions } from "../codebase/regions/select-regions.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { openCodebase } from "./open-codebase.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type ContextOptions = {
  repo: string;
  commit?: string;
  query?: string;
  queryFile?: string;
  seedFile?: string;
  top: number;
  budget?: number;
  cache?: string;
  json: boolean;
  /** For benchmarks: the rankings for a seed with and without the request, side by side. */
  variants: boolean;
};

type Answer = {
  commit: string;
  rankings?: Readonly<Record<string, readonly RankedFile[]>>;
  files: readonly RankedFile[];
  regions?: readonly Region[];
  notes: readonly string[];
};

const most = 1_000_000;

/** `archwright context`: the files that a request is about, best first, and with a budget the stretches of them worth reading. */
export async function runContext(options: ContextOptions): Promise<number> {
  const terminal = openTerminal();
  const query = await readQuery(options);
  if (!query.ok) return reportFailure(terminal, query.failure);
  const opened = await openCodebase({ ...options, terminal });
  if (!opened.ok) return reportFailure(terminal, opened.failure);
  const answer = await choose(opened.value.codebase, query.value, options);
  if (!answer.ok) return reportFailure(terminal, answer.failure);
  if (options.json) terminal.out(JSON.stringify(answer.value));
  else print(terminal, answer.value);
  return exitCodes.success;
}

async function readQuery(options: ContextOptions): Promise<Result<string | null>> {
  const { query, queryFile, seedFile, top, budget } = options;
  if ([top, budget ?? 1].some((number) => !Number.isSafeInteger(number) || number < 1)) {
    return fail({ reason: "bad-usage", detail: "--top and --budget take whole numbers from 1." });
  }
  if (query !== undefined && queryFile !== undefined) {
    return fail({ reason: "bad-usage", detail: "Give --query or --query-file, not both." });
  }
  if (query !== undefined) return succeed(query);
  if (queryFile === undefined) {
    const detail = "Say what to look for with --query-file, --query or --seed-file.";
    return seedFile === undefined ? fail({ reason: "bad-usage", detail }) : succeed(null);
  }
  try {
    const text = await readFile(queryFile, "utf8");
    return succeed(text.slice(0, most));
  } catch {
    return fail({ reason: "bad-usage", detail: `The file ${queryFile} cannot be read.` });
  }
}

async function choose(
  codebase: Codebase,
  query: string | null,
  { seedFile, top, budget, variants }: ContextOptions,
): Promise<Result<Answer>> {
  if (seedFile !== undefined && codebase.file(seedFile) === null) {
    return fail({ reason: "bad-usage", detail: `The repository has no file ${seedFile}.` });
  }
  const files =
    seedFile === undefined
      ? rankForRequest(codebase, query ?? "", { top })
      : rankForSeed(codebase, seedFile, query, { top });
  const notes = codebase.history.shallow
    ? ["The clone is shallow: what changed together in the past is not known and was left out."]
    : [];
  const answer: Answer = { commit: codebase.commit, files, notes };
  if (variants && seedFile !== undefined) {
    const alone = rankForSeed(codebase, seedFile, null, { top });
    answer.rankings = { "with the request": files, "without the request": alone };
  }
  if (budget === undefined) return succeed(answer);
  const words = query ?? (await codebase.text(seedFile ?? "")) ?? "";
  return succeed({ ...answer, regions: await selectRegions(codebase, words, files, budget) });
}

function print(terminal: Terminal, { files, regions, notes }: Answer): void {
  if (files.length === 0) terminal.out("No file has to do with these words.");
  for (const [index, { path, reasons }] of files.entries()) {
    terminal.out(`${String(index + 1).padStart(3)}  ${path}`);
    if (reasons.length > 0) terminal.out(`     ${reasons.join(" · ")}`);
  }
  for (const { path, startLine, endLine, text } of regions ?? []) {
    terminal.out(`\n--- ${path}:${startLine}-${endLine}`);
    terminal.out(text);
  }
  for (const note of notes) terminal.err(note);
}
