import { listDeaths, type Way } from "./list-deaths.ts";
import { openStage } from "./open-stage.ts";
import { type Moment, rehearse } from "./rehearse.ts";
import { type Trial, tryDeath } from "./try-death.ts";

export type Done = Pick<Way, "name" | "call" | "what"> &
  Omit<Trial, "stories"> & {
    /** What each job said, where it was not mended. */
    log: string;
    /** Another way that left the same GitHub behind before. */
    as: string | null;
  };
export type Worker = {
  ways: readonly Way[];
  offSpec: readonly string[];
  moments: readonly Moment[];
  /** Tries ways to die, and tells of each. What leaves the same GitHub behind is mended once. */
  work: (ways: readonly Way[], tell: (done: Done) => void) => Promise<void>;
  close: () => Promise<void>;
};

const logOf = ({ stories }: Trial): string =>
  stories.map(({ name, died, log }) => `${name}${died ? " (dies)" : ""}\n${log}`).join("\n");

/** Rehearses the feature once, and is ready to let it die. */
export async function openWorker(program: string): Promise<Worker> {
  const stage = await openStage(program);
  const moments = await rehearse(stage);
  const known = new Map<string, Trial>();
  return {
    ways: listDeaths(moments),
    offSpec: stage.standIn.offSpec,
    moments,
    async work(ways, tell) {
      for (const { name, call, what, at, death } of ways) {
        const trial = await tryDeath({ name, stage, moments, at, death, known });
        const { mender, lost, faults } = trial;
        const as = trial.name === name ? null : trial.name;
        const log = faults.length > 0 && as === null ? logOf(trial) : "";
        tell({ name, call, what, mender, lost, faults, log, as });
      }
    },
    close: stage.close,
  };
}
