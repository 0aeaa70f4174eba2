import type { State } from "./state.ts";

/** A feature of which nothing is known: the fold of an empty ledger. */
export const initialState: State = {
  feature: null,
  status: "absent",
  paused: null,
  sources: new Set(),
  explorations: {},
  selected: "main",
  plan: null,
  questions: [],
  asking: null,
  answers: [],
  guidance: [],
  assume: false,
  validation: null,
  validations: 0,
  approvals: [],
  leases: [],
  specs: {},
  wanted: [],
  troubles: {},
  failures: {},
  money: {
    reserved: {},
    presumed: {},
    spent: { micros: 0, tokens: 0 },
    unknown: false,
    byRole: [],
  },
  unknownEvents: {},
};
