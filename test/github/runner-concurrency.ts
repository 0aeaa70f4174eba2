export type Place = {
  /** Resolves to false when the place was lost before its turn came. */
  turn: Promise<boolean>;
  /** Gives the turn to the next; before the turn, gives the place up. */
  leave(): void;
};

type Waiting = { start(go: boolean): void };
type Group = { running: Waiting | null; pending: Waiting[] };

/** Most that wait in one group with `queue: max`. */
const LONGEST_QUEUE = 100;

/**
 * Groups of jobs and runs of which one runs at a time. With `single` at most one waits, and a newer one takes its place; with `max`
 * they wait in order. Names do not depend on case.
 */
export function openGroups(): { enter(name: string, queue: "single" | "max"): Place } {
  const groups = new Map<string, Group>();

  const next = (group: Group): void => {
    group.running = group.pending.shift() ?? null;
    group.running?.start(true);
  };

  return {
    enter(name, queue) {
      const key = name.toLowerCase();
      const group = groups.get(key) ?? { running: null, pending: [] };
      groups.set(key, group);
      let start: (go: boolean) => void = () => {};
      const turn = new Promise<boolean>((done) => {
        start = done;
      });
      const own: Waiting = { start };
      if (group.running === null) {
        group.running = own;
        start(true);
      } else {
        if (queue === "single") for (const older of group.pending.splice(0)) older.start(false);
        if (group.pending.length < LONGEST_QUEUE) group.pending.push(own);
        else start(false);
      }
      const leave = (): void => {
        if (group.running === own) {
          next(group);
          return;
        }
        const place = group.pending.indexOf(own);
        if (place >= 0) group.pending.splice(place, 1);
        start(false);
      };
      return { turn, leave };
    },
  };
}
