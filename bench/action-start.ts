import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAction } from "../test/action/build-action.ts";

const ROUNDS = 15;

/** All inputs are read, and the last of them is wrong: so the run ends where they have been parsed, with its outcome written. */
const inputs = {
  INPUT_JOB: "route",
  "INPUT_GITHUB-TOKEN": "t",
  "INPUT_WORKFLOW-TOKEN": "t",
  INPUT_WORK: "{}",
  "INPUT_CHECKS-RESULT": "success",
  "INPUT_PHASE-RESULT": "success",
  INPUT_MINUTES: "351",
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Start of the built Action until its inputs are parsed, against Node doing nothing; in turn, so that drift of the machine cancels out. */
export async function benchActionStart(): Promise<object> {
  const entry = join(await buildAction(), "action/dist/index.mjs");
  const folder = mkdtempSync(join(tmpdir(), "archwright-start-"));
  const output = join(folder, "output");
  writeFileSync(output, "");
  const env = { PATH: process.env.PATH ?? "", GITHUB_OUTPUT: output, ...inputs };
  const time = (parameters: readonly string[], expected: number): number => {
    const began = performance.now();
    const { status } = spawnSync(process.execPath, parameters, { env, stdio: "ignore" });
    if (status !== expected) throw new Error(`${parameters.join(" ")} ended with ${status}`);
    return performance.now() - began;
  };
  const plain: number[] = [];
  const action: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [time(["-e", "0"], 0), time([entry], 2)];
    // The first turn warms the disk cache.
    if (round === 0) continue;
    plain.push(one);
    action.push(other);
  }
  rmSync(folder, { recursive: true, force: true });
  const ratio = median(action) / median(plain);
  const digits = (value: number): number => Number(value.toFixed(2));
  return {
    "node -e 0": { ms: digits(median(plain)) },
    "inputs parsed": { ms: digits(median(action)), ratio: digits(ratio) },
    aim: 2.5,
  };
}
