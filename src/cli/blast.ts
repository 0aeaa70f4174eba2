import { readFile } from "node:fs/promises";
import { findBlastRadius } from "../codebase/blast/find-blast-radius.ts";
import type { BlastRadius } from "../codebase/blast-radius.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { drawBlastRadius } from "../view/draw-blast-radius.ts";
import { openCodebase } from "./open-codebase.ts";
import { openTerminal } from "./open-terminal.ts";
import { printBlast } from "./print-blast.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type BlastCommandOptions = {
  repo: string;
  commit?: string;
  queryFile?: string;
  top: number;
  cache?: string;
  json: boolean;
  mermaid: boolean;
};

const longestQuery = 1_000_000;

/** `archwright blast`: what a change of files or symbols reaches. Asks no model, needs no key, writes nothing but the index. */
export async function runBlast(
  targets: readonly string[],
  options: BlastCommandOptions,
  terminal: Terminal = openTerminal(),
): Promise<number> {
  const query = await readQuery(options);
  if (!query.ok) return reportFailure(terminal, query.failure);
  const opened = await openCodebase({ ...options, terminal });
  if (!opened.ok) return reportFailure(terminal, opened.failure);
  const radii: BlastRadius[] = [];
  for (const target of targets) {
    const found = findBlastRadius(opened.value.codebase, target, {
      query: query.value,
      top: options.top,
    });
    if (!found.ok) return reportFailure(terminal, found.failure);
    radii.push(found.value);
  }
  const { commit } = opened.value;
  if (options.json) terminal.out(JSON.stringify({ commit, radii }));
  else if (options.mermaid) for (const radius of radii) terminal.out(drawBlastRadius(radius));
  else for (const radius of radii) printBlast(terminal, radius);
  return exitCodes.success;
}

async function readQuery(options: BlastCommandOptions): Promise<Result<string | null>> {
  const { queryFile, top, json, mermaid } = options;
  if (json && mermaid) {
    const detail = "--json and --mermaid print different things; give one of them.";
    return fail({ reason: "bad-usage", detail });
  }
  if (!Number.isSafeInteger(top) || top < 1) {
    return fail({ reason: "bad-usage", detail: "--top takes a whole number from 1." });
  }
  if (queryFile === undefined) return succeed(null);
  const text = await readFile(queryFile, "utf8").catch(() => null);
  if (text !== null) return succeed(text.slice(0, longestQuery));
  return fail({ reason: "bad-usage", detail: `The file ${queryFile} cannot be read.` });
}
