import { advance, type Call, hear, nextOf, type Stage } from "./flow.ts";
import type { Flow, JobName } from "./flow-state.ts";
import { type Shape, takeShape } from "./take-shape.ts";

/** A moment between two jobs of the undisturbed feature. */
export type Moment = {
  /** Makes the world as it was; returns the flow as it was. */
  restore: () => Flow;
  shape: Shape;
  /** The job that comes next, and the calls that it made. Null where everything waits for a person. */
  job: JobName | null;
  calls: readonly Call[];
};

type Thread = { number: number; pull: unknown; comments: { body: string }[] };
const threadsOf = ({ standIn }: Stage): Thread[] =>
  (standIn.picture() as { threads: Thread[] }).threads;

/** What people do: they ask, they approve, they merge. */
const acts: readonly ((stage: Stage) => Promise<void>)[] = [
  async ({ mary }) => {
    const issue = await mary.openIssue({ title: "A greeting", body: "Greet whoever reads." });
    await mary.label(issue, "archwright");
  },
  async (stage) => {
    const [line] = /\/approve [0-9a-f]{7,64}/.exec(JSON.stringify(threadsOf(stage))) ?? [];
    if (!line) throw new Error("the thread shows no plan to approve");
    await stage.mary.comment(1, line);
  },
  async (stage) => {
    const pull = threadsOf(stage).find((thread) => thread.pull !== null);
    if (!pull) throw new Error("there is no pull request to merge");
    await stage.mary.merge(pull.number);
  },
];

function keep(stage: Stage, flow: Flow): Moment {
  const job = nextOf(flow)?.job ?? null;
  const back = stage.standIn.save();
  const then = structuredClone(flow);
  return {
    restore: () => {
      back();
      return structuredClone(then);
    },
    shape: takeShape(stage, flow),
    job,
    calls: [],
  };
}

/** Carries the feature from the label to the merge, without any crash, and keeps every moment between two jobs. */
export async function rehearse(stage: Stage): Promise<Moment[]> {
  const flow: Flow = { runs: [], queue: [], acts: 0 };
  const moments: Moment[] = [];
  const deafen = hear(stage, flow);
  for (const act of acts) {
    await act(stage);
    for (;;) {
      const moment = keep(stage, flow);
      moments.push(moment);
      if (moment.job === null) break;
      const story = await advance(stage, flow);
      moment.calls = story?.calls ?? [];
      const failed = flow.runs.some(({ ends }) =>
        Object.values(ends).some(({ result }) => result === "failure"),
      );
      if (failed) throw new Error(`${story?.name} failed without a crash:\n${story?.log}`);
    }
  }
  deafen();
  return moments;
}
