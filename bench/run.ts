import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchActionStart } from "./action-start.ts";
import { benchCodebaseIndex } from "./codebase-index.ts";
import { benchDeliveries } from "./deliveries.ts";
import { benchFeatureCalls } from "./feature-calls.ts";
import { benchLedger } from "./ledger.ts";
import { benchParseSpec } from "./parse-spec.ts";

// `npm run bench`: figures as JSON. Absolute times depend on the machine; each stands beside a ratio to something
// plain that was measured in the same run, and that ratio is what can be compared.

const ROUNDS = 9;
const root = join(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "archwright-bench-"));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

function time(parameters: readonly string[], cwd: string): number {
  const began = performance.now();
  const ended = spawnSync(process.execPath, parameters, { cwd, stdio: "ignore" });
  if (ended.status !== 0) throw new Error(`${parameters.join(" ")} ended with ${ended.status}`);
  return performance.now() - began;
}

/** Start-up of the built command line against Node doing nothing, in turn, so that drift of the machine cancels out. */
function benchStartUp(): object {
  const built = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stderr);
  const repository = join(work, "repository");
  for (const call of [
    ["init", "--quiet", repository],
    [
      "-C",
      repository,
      "-c",
      "user.name=b",
      "-c",
      "user.email=b@localhost",
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "b",
    ],
  ]) {
    spawnSync("git", call, { stdio: "ignore" });
  }
  const cli = join(root, "dist/cli.mjs");
  const calls = {
    "node -e 0": ["-e", "0"],
    "archwright --version": [cli, "--version"],
    "archwright status": [cli, "status", "--repo", repository],
  };
  const times: Record<string, number[]> = {};
  for (let turn = 0; turn <= ROUNDS; turn++) {
    for (const [name, parameters] of Object.entries(calls)) {
      const took = time(parameters, work);
      // The first turn warms the disk cache.
      if (turn > 0) times[name] = [...(times[name] ?? []), took];
    }
  }
  const plain = median(times["node -e 0"] ?? []);
  const figures = Object.entries(times).map(([name, all]) => {
    const ms = median(all);
    return [name, { ms: round(ms, 1), ratio: round(ms / plain) }];
  });
  return Object.fromEntries(figures);
}

try {
  const result = {
    node: process.version,
    startUp: benchStartUp(),
    parseSpec: await benchParseSpec(),
    ledger: await benchLedger(),
    deliveries: await benchDeliveries(),
    actionStart: await benchActionStart(),
    codebaseIndex: await benchCodebaseIndex(),
    featureCalls: await benchFeatureCalls(),
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
