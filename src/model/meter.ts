import type { Progress } from "../shared/progress.ts";
import { Stop } from "../shared/stop.ts";
import type { ModelRole, Prompt, Spend, Usage } from "./port.ts";
import type { Price } from "./price-usage.ts";
import { soundUsage } from "./sound-usage.ts";

export type MeterSettings = {
  allowance: { micros: number; tokens: number };
  price: Price;
  progress: Progress;
  phase: string;
};

/** The hooks of one call. `close` gives back what a request reserved that brought no usage. */
export type Gauge = Pick<Prompt, "beforeRequest" | "onUsage"> & { close: () => void };

/** Told of the cost of each response: micro-dollars, or null where the price is unknown. */
export type CostListener = (micros: number | null) => void;

export type Meter = {
  /** `held` is what was reserved beforehand; the first request takes its place. */
  open: (role: ModelRole, modelId: string, held?: () => void, onCost?: CostListener) => Gauge;
  /**
   * Reserves a request with `wanted` output tokens. Where what others have reserved is in the way, waits until one of them has ended;
   * where nothing is, takes as many tokens as the allowance bears, and throws `over-budget` where too few are.
   */
  admit: (
    modelId: string,
    input: number,
    wanted: number,
  ) => Promise<{ maxOutput: number; release: () => void }>;
  /** Output tokens, at most `wanted`, that are surely within the allowance; throws `over-budget` where too few are. */
  fitOutput: (modelId: string, input: number, wanted: number) => number;
  overBudget: (modelId: string) => Stop;
  spent: () => Spend[];
};

/** A cost in the unit that counts for a model: micro-dollars, or tokens where its price is unknown. */
type Unit = "micros" | "tokens";
type Cost = { unit: Unit; amount: number };

/** Fewer output tokens than this are of no use to a model that thinks before it writes. */
const FEWEST_OUTPUT = 2_048;
/** Requests add a little to the prompt that was counted: names, schema wording, framing. */
const HEADROOM = { factor: 1.1, tokens: 200 };

/**
 * Keeps account of one phase. What requests under way may cost is reserved, so that calls side by side cannot pass the
 * allowance together.
 */
export function createMeter(settings: MeterSettings): Meter {
  const account = createAccount(settings);
  const entries = new Map<string, Spend>();
  const record = (role: ModelRole, model: string, usage: Usage): number | null => {
    const micros = account.settle(model, usage);
    const key = `${role} ${model}`;
    entries.set(key, addSpend(entries.get(key), { role, model, micros, ...usage }));
    settings.progress({ kind: "model", role, micros, tokens: usage.input + usage.output });
    return micros;
  };
  return {
    overBudget: account.overBudget,
    spent: () => [...entries.values()].map((entry) => ({ ...entry })),
    fitOutput: (modelId, input, wanted) => fitOutput(account, modelId, input, wanted),
    admit: (modelId, input, wanted) => admit(account, modelId, input, wanted),
    open: (role, modelId, held, onCost) => {
      let release = held ?? ((): void => {});
      let asked = { input: 0, output: 0 };
      return {
        beforeRequest: ({ input, maxOutput }) => {
          release();
          // The estimate of a later turn rests on what the server reported of the one before.
          asked = soundUsage(toUsage(input, maxOutput), asked);
          release = account.reserve(modelId, toUsage(asked.input, asked.output));
        },
        onUsage: (usage) => {
          release();
          const micros = record(role, modelId, soundUsage(usage, asked));
          onCost?.(micros);
        },
        close: () => release(),
      };
    },
  };
}

type Account = ReturnType<typeof createAccount>;

function createAccount({ allowance, price, phase }: MeterSettings) {
  const settled = { micros: 0, tokens: 0 };
  const reserved = { micros: 0, tokens: 0 };
  const waiting = new Set<() => void>();
  const wake = (): void => {
    const all = [...waiting];
    waiting.clear();
    for (const resolve of all) resolve();
  };
  const left = (unit: Unit): number => allowance[unit] - settled[unit] - reserved[unit];
  const costOf = (modelId: string, usage: Usage): Cost => {
    const micros = price(modelId, usage);
    if (micros !== null) return { unit: "micros", amount: micros };
    return { unit: "tokens", amount: usage.input + usage.output };
  };
  const overBudget = (modelId: string): Stop => {
    const { unit } = costOf(modelId, toUsage(0, 0));
    const figures = { phase, spent: settled[unit], allowance: allowance[unit] };
    return new Stop({ reason: "over-budget", ...figures, unit: unit === "micros" ? "usd" : unit });
  };
  return {
    left,
    costOf,
    isBusy: (unit: Unit): boolean => reserved[unit] > 0,
    /** Settles when a reservation is given back. */
    nextRelease: (): Promise<void> => new Promise((resolve) => waiting.add(resolve)),
    overBudget,
    /** Sets the cost aside; the function given back releases it, once. Throws `over-budget` where too little is left. */
    reserve: (modelId: string, usage: Usage): (() => void) => {
      const { unit, amount } = costOf(modelId, usage);
      if (amount > left(unit)) throw overBudget(modelId);
      reserved[unit] += amount;
      let held = amount;
      return () => {
        if (held === 0) return;
        reserved[unit] -= held;
        held = 0;
        wake();
      };
    },
    /** Books the cost of a response; null when its price is unknown. */
    settle: (modelId: string, usage: Usage): number | null => {
      const { unit, amount } = costOf(modelId, usage);
      settled[unit] += amount;
      return unit === "micros" ? amount : null;
    },
  };
}

const withHeadroom = (input: number): number =>
  Math.ceil(input * HEADROOM.factor) + HEADROOM.tokens;

async function admit(account: Account, modelId: string, input: number, wanted: number) {
  const whole = withHeadroom(input);
  for (;;) {
    const { unit, amount } = account.costOf(modelId, toUsage(whole, wanted));
    if (amount <= account.left(unit) || !account.isBusy(unit)) {
      const maxOutput = fitOutput(account, modelId, input, wanted);
      return { maxOutput, release: account.reserve(modelId, toUsage(whole, maxOutput)) };
    }
    await account.nextRelease();
  }
}

function fitOutput(account: Account, modelId: string, input: number, wanted: number): number {
  const whole = withHeadroom(input);
  const costAt = (output: number): Cost => account.costOf(modelId, toUsage(whole, output));
  const fits = (output: number): boolean => {
    const { unit, amount } = costAt(output);
    return amount <= account.left(unit);
  };
  if (fits(wanted)) return wanted;
  const base = costAt(0);
  const perToken = (costAt(wanted).amount - base.amount) / wanted;
  // One unit less, because each price is rounded up.
  const affordable = Math.floor((account.left(base.unit) - base.amount - 1) / perToken);
  if (affordable < FEWEST_OUTPUT || affordable > wanted || !fits(affordable)) {
    throw account.overBudget(modelId);
  }
  return affordable;
}

const toUsage = (input: number, output: number): Usage => ({
  input,
  cacheRead: 0,
  cacheWrite: 0,
  output,
  reasoning: 0,
  requests: 1,
});

/** One unknown price makes the sum unknown. */
function addSpend(known: Spend | undefined, more: Spend): Spend {
  if (!known) return more;
  return {
    ...more,
    micros: known.micros === null || more.micros === null ? null : known.micros + more.micros,
    input: known.input + more.input,
    cacheRead: known.cacheRead + more.cacheRead,
    cacheWrite: known.cacheWrite + more.cacheWrite,
    output: known.output + more.output,
    reasoning: known.reasoning + more.reasoning,
    requests: known.requests + more.requests,
  };
}
