import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Way } from "./list-deaths.ts";
import { buildProgram } from "./open-stage.ts";
import type { Done } from "./worker.ts";

// Crash at every outside call: carries a feature from the label to the merge, and kills the job at each call that leaves it, before
// GitHub did it and after. See `try-death.ts` for what "run again" means, and `take-shape.ts` for what may differ.

const { values } = parseArgs({
  options: {
    /** Ways to die by name, e.g. `57a,57b`; prints what each job said. */
    only: { type: "string" },
    /** Every n-th call alone, from `shift` on. */
    every: { type: "string", default: "1" },
    shift: { type: "string", default: "0" },
    workers: { type: "string", default: String(Math.min(4, availableParallelism())) },
  },
});

type Told =
  | { kind: "ready"; ways: Way[] }
  | { kind: "done"; done: Done }
  | { kind: "idle" }
  | { kind: "end"; offSpec: string[] };

const only = values.only?.split(",");
const [every, shift] = [Number(values.every), Number(values.shift)];
const wanted = ({ name, call }: Way): boolean =>
  only ? only.includes(name) : call % every === shift % every;

/** Jobs of the feature with their ways to die, the longest first. What leaves the same behind is done by one worker. */
function share(ways: readonly Way[]): string[][] {
  const groups = Map.groupBy(ways.filter(wanted), ({ at }) => at);
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((group) => group.map(({ name }) => name));
}

const tally = {
  tried: 0,
  off: [] as string[],
  calls: 0,
  ways: 0,
  menders: new Map<string, number>(),
};
const failed: Done[] = [];
let queue: string[][] | null = null;

function hearDone(done: Done): void {
  const { name, what, mender, lost, faults, as } = done;
  tally.tried += 1;
  const way = `${mender ?? "nothing"}${lost > 0 ? ", a lease lost" : ""}`;
  tally.menders.set(way, (tally.menders.get(way) ?? 0) + 1);
  if (faults.length > 0) failed.push(done);
  if (faults.length > 0) {
    console.log(`✗ ${name} ${what}${as ? `: as ${as}` : `\n  ${faults.join("\n  ")}`}`);
  } else if (only) console.log(`✓ ${name} ${what}: mended by ${way}`);
  else if (tally.tried % 25 === 0) console.log(`  ${tally.tried} tried`);
}

/** One process with a stand-in of its own; takes groups until there are none. */
function runChild(program: string): Promise<void> {
  const options = { execArgv: ["--disable-warning=ExperimentalWarning"] };
  const child = fork(join(import.meta.dirname, "child.ts"), [program], options);
  const next = (): void => void child.send({ names: queue?.shift() ?? [] });
  child.on("message", (told: Told) => {
    if (told.kind === "done") hearDone(told.done);
    else if (told.kind === "end") tally.off.push(...told.offSpec);
    else if (told.kind === "idle") next();
    else {
      tally.calls = told.ways.at(-1)?.call ?? 0;
      tally.ways = told.ways.length;
      queue ??= share(told.ways);
      next();
    }
  });
  return new Promise((done, fail) => {
    child.on("exit", (code) => (code === 0 ? done() : fail(new Error(`a worker ended: ${code}`))));
  });
}

const start = performance.now();
const folder = mkdtempSync(join(tmpdir(), "archwright-program-"));
try {
  const program = await buildProgram(folder);
  const workers = only ? 1 : Number(values.workers);
  await Promise.all(Array.from({ length: workers }, () => runChild(program)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const { name, log } of failed.filter(({ as }) => as === null).slice(0, only ? 100 : 3)) {
  console.log(`\n--- ${name}\n${log}`);
}
for (const line of tally.off) console.log(`off the description: ${line}`);
const seconds = Math.round((performance.now() - start) / 1000);
const ways = [...tally.menders].map(([mender, count]) => `${mender}: ${count}`).join("; ");
console.log(`mended by ${ways}`);
console.log(
  `N = ${tally.calls}, ways to die = ${tally.ways}, tried = ${tally.tried}, not the same GitHub = ${failed.length}, off-spec = ${tally.off.length}, ${seconds} s`,
);
if (failed.length > 0) {
  const names = failed.map(({ name }) => name).join(",");
  console.log(`again, alone: npm run test:crash -- --only ${names}`);
}
process.exitCode = failed.length > 0 || tally.off.length > 0 || tally.tried === 0 ? 1 : 0;
