import { openRepository } from "../../src/ledger/git/open-git-ledger.ts";
import { verifyGitLedger } from "../../src/ledger/git/verify-git-ledger.ts";
import {
  advance,
  type Death,
  hear,
  type JobStory,
  nextOf,
  pressRerun,
  type Stage,
  sweep,
} from "./flow.ts";
import type { Flow } from "./flow-state.ts";
import type { Moment } from "./rehearse.ts";
import { describeLeft, type Shape, takeShape } from "./take-shape.ts";

/** How a crash was mended: by what follows in the run itself, by the hourly sweep, or by a person's "Re-run failed jobs". */
export type Mender = "run" | "sweep" | "person";
export type Trial = {
  name: string;
  mender: Mender | null;
  lost: number;
  /** Empty when the same GitHub came of it. */
  faults: string[];
  stories: JobStory[];
};

export type Trying = {
  name: string;
  stage: Stage;
  moments: readonly Moment[];
  at: number;
  death: Death;
  /** What deaths have left behind, and how that was mended. */
  known: Map<string, Trial>;
};

/** The moments that a mended feature may reach by itself: up to the next one at which a person is awaited. */
function findGoals(moments: readonly Moment[], at: number): Moment[] {
  const rest = moments.slice(at + 1);
  const last = rest.findIndex(({ job }) => job === null);
  return rest.slice(0, last + 1);
}

const isAt = (shape: Shape, { shape: goal }: Moment): boolean =>
  shape.lost === 0 ? shape.exact === goal.exact : shape.forgiving === goal.forgiving;

async function check(stage: Stage, shape: Shape): Promise<string[]> {
  const faults = [...shape.wrongs];
  if (shape.lost > 1) faults.push(`one crash lost ${shape.lost} leases`);
  const repository = openRepository({ directory: stage.standIn.bare });
  const authors = ["github-actions[bot]"];
  const report = await verifyGitLedger(repository, 1, authors);
  if (!report.ok) faults.push(`the ledger cannot be verified: ${report.failure.reason}`);
  else faults.push(...report.value.faults.map(({ kind, detail }) => `ledger: ${kind}: ${detail}`));
  return faults;
}

/** Lines of the first text beyond those of the second, each as often as it is there. */
function beyond(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Where two texts part. */
function compare(is: string, should: string): string {
  const [left, right] = [is.split("\n"), should.split("\n")];
  const show = (mark: string, lines: string[]) =>
    lines.slice(0, 12).map((line) => `    ${mark} ${line.trim().slice(0, 1_500)}`);
  const parts = [...show("+", beyond(left, right)), ...show("-", beyond(right, left))];
  return parts.length > 0 ? parts.join("\n") : "    the same lines in another order";
}

type Run = { stage: Stage; flow: Flow; goals: readonly Moment[]; stories: JobStory[] };

/** Lets everything run that runs by itself, until it is where the undisturbed feature was. */
async function follow({ stage, flow, goals, stories }: Run): Promise<Shape | null> {
  for (;;) {
    const shape = takeShape(stage, flow);
    if (goals.some((goal) => isAt(shape, goal))) return shape;
    const story = await advance(stage, flow);
    if (story === null) return null;
    stories.push(story);
  }
}

function describeEnd({ stage, flow, goals }: Run): string {
  const goal = goals.at(-1);
  const shape = takeShape(stage, flow);
  const exact = shape.lost === 0;
  return compare(
    exact ? shape.exact : shape.forgiving,
    (exact ? goal?.shape.exact : goal?.shape.forgiving) ?? "",
  );
}

async function mend(run: Run, died: number): Promise<Omit<Trial, "stories" | "name">> {
  const { stage, flow } = run;
  const ways: readonly [Mender, () => void][] = [
    ["run", () => {}],
    ["sweep", () => sweep(stage, flow)],
    ["person", () => press(run, died)],
  ];
  const faults: string[] = [];
  for (const [mender, act] of ways) {
    act();
    const shape = await follow(run);
    if (shape) return { mender, lost: shape.lost, faults: await check(stage, shape) };
    faults.push(`not the same GitHub after the ${mender}:\n${describeEnd(run)}`);
  }
  return { mender: null, lost: 0, faults: faults.slice(1) };
}

function press({ stage, flow }: Run, died: number): void {
  const run = flow.runs.find(({ id }) => id === died);
  if (run && Object.values(run.ends).some(({ result }) => result === "failure")) {
    pressRerun(stage, flow, run);
  }
}

/**
 * Lets the job after one moment of the feature die at one of its calls, and then lets happen what does: the rest of its run goes on as the
 * workflow says, the hourly sweep comes, and where that does not mend it, a person presses "Re-run failed jobs". It ends when everything is as
 * it was in the undisturbed feature. Where it leaves behind what another death after the same moment has left, the end of that one is told.
 */
export async function tryDeath(trying: Trying): Promise<Trial> {
  const { name, stage, moments, at, death, known } = trying;
  const flow = (moments[at] as Moment).restore();
  const stories: JobStory[] = [];
  const deafen = hear(stage, flow);
  try {
    const died = nextOf(flow)?.run.id ?? 0;
    const story = await advance(stage, flow, death);
    if (story) stories.push(story);
    if (!story?.died) return { name, mender: null, lost: 0, faults: ["it never died"], stories };
    const left = `${at}\n${describeLeft(stage, flow)}`;
    const before = known.get(left);
    if (before) return before;
    const run = { stage, flow, goals: findGoals(moments, at), stories };
    const trial = { name, ...(await mend(run, died)), stories };
    known.set(left, trial);
    return trial;
  } finally {
    deafen();
  }
}
