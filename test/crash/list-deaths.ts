import type { Death } from "./flow.ts";
import type { Moment } from "./rehearse.ts";

/** One way to die: `57a` is at outside call 57 before GitHub did it, `57b` after. */
export type Way = {
  name: string;
  /** Number of the call, from 1, over the whole feature. */
  call: number;
  what: string;
  /** Index of the moment before the job. */
  at: number;
  death: Death;
};

const name = (call: number, after: boolean): string => `${call}${after ? "b" : "a"}`;

/** Every way to die in a feature. A read changes nothing, so there is no after; a write is done or not. */
export function listDeaths(moments: readonly Moment[]): Way[] {
  const ways: Way[] = [];
  let call = 0;
  for (const [at, { job, calls }] of moments.entries()) {
    for (const [index, { what, writes }] of calls.entries()) {
      call += 1;
      const common = { call, what: `${job}: ${what}`, at };
      for (const after of writes ? [false, true] : [false]) {
        ways.push({ ...common, name: name(call, after), death: { at: index, after } });
      }
    }
  }
  return ways;
}
