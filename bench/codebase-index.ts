import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "../scripts/bundle.mjs";
import { makeRepository } from "./make-repository.ts";

export type IndexBench = { repo?: string; files?: number; rounds?: number };

type Call = { command: string; parameters: readonly string[] };
type Told = { ms: number; told: Record<string, unknown> };

const root = join(import.meta.dirname, "..");

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
const round = (value: number): number => Number(value.toFixed(value < 10 ? 2 : 0));

function run({ command, parameters }: Call): Told {
  const began = performance.now();
  const ended = spawnSync(command, parameters, { encoding: "utf8", maxBuffer: 2 ** 30 });
  const ms = performance.now() - began;
  if (ended.status === null || ended.status > 1)
    throw new Error(`${command} ended with ${ended.status}: ${ended.stderr}`);
  return { ms, told: command === "git" ? {} : (JSON.parse(ended.stdout) as Told["told"]) };
}

/**
 * Reading an index cold (no cache) and warm, as processes of the built bundle, beside `git grep` over the same tree and beside a plain
 * inverted index of its words alone, in turn, so that drift of the machine cancels out. Medians.
 */
export async function benchCodebaseIndex(options: IndexBench = {}): Promise<object> {
  const work = mkdtempSync(join(tmpdir(), "archwright-bench-index-"));
  try {
    const repo = options.repo ?? join(work, "repository");
    if (options.repo === undefined) {
      mkdirSync(repo);
      await makeRepository({ directory: repo, files: options.files ?? 2_600, commits: 2_000 });
    }
    const built = join(work, "dist");
    await bundle({ entry: "bench/load-index.ts", name: "load-index" }, built, root);
    return measure(repo, join(built, "load-index.mjs"), join(work, "cache"), options.rounds ?? 5);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measure(repo: string, entry: string, cache: string, rounds: number): object {
  const node = process.execPath;
  const calls: Record<string, Call> = {
    gitGrep: {
      command: "git",
      parameters: ["-C", repo, "grep", "-I", "-c", "-E", "unlikely_to_be_there", "HEAD"],
    },
    textOnly: { command: node, parameters: [join(root, "bench/text-only.ts"), repo] },
    cold: { command: node, parameters: [entry, repo, cache] },
    warm: { command: node, parameters: [entry, repo, cache] },
    warmWhole: { command: node, parameters: [entry, repo, cache, "whole"] },
  };
  const taken: Record<string, Told[]> = {};
  for (let turn = 0; turn < rounds; turn++) {
    for (const [name, call] of Object.entries(calls)) {
      if (name === "cold") rmSync(cache, { recursive: true, force: true });
      taken[name] = [...(taken[name] ?? []), run(call)];
    }
  }
  const ms = Object.fromEntries(
    Object.entries(taken).map(([name, all]) => [name, median(all.map((one) => one.ms))]),
  );
  const of = (name: string, to: string): number => round((ms[name] ?? 0) / (ms[to] ?? 1));
  return {
    milliseconds: Object.fromEntries(Object.entries(ms).map(([name, one]) => [name, round(one)])),
    coldToTextOnly: of("cold", "textOnly"),
    coldToGitGrep: of("cold", "gitGrep"),
    warmToCold: of("warm", "cold"),
    warmToGitGrep: of("warm", "gitGrep"),
    textOnly: taken.textOnly?.at(-1)?.told,
    cold: taken.cold?.at(-1)?.told,
    warm: taken.warmWhole?.at(-1)?.told,
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      repo: { type: "string" },
      files: { type: "string" },
      rounds: { type: "string" },
    },
  });
  const figures = await benchCodebaseIndex({
    ...(values.repo === undefined ? {} : { repo: values.repo }),
    ...(values.files === undefined ? {} : { files: Number(values.files) }),
    ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}
