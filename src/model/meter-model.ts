import pRetry from "p-retry";
import { z } from "zod";
import type { Progress } from "../shared/progress.ts";
import { Stop } from "../shared/stop.ts";
import { DEFAULT_MAX_OUTPUT } from "./call-vendor.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { type CostListener, createMeter, type Meter } from "./meter.ts";
import type {
  Acted,
  Fault,
  Generated,
  MeteredCall,
  MeteredModel,
  Model,
  Models,
  Prompt,
  Spend,
  Tried,
} from "./port.ts";
import type { Price } from "./price-usage.ts";
import { errorToStop, faultToStop } from "./stop-call.ts";
import { takeTurns } from "./take-turns.ts";
import { TransportError } from "./transport-error.ts";

export type MeterOptions = {
  /** What the phase may spend: money where prices are known, tokens where they are not. */
  allowance: { micros: number; tokens: number };
  price: Price;
  /** The caller's cancel: ends every call as `interrupted`. */
  signal: AbortSignal;
  progress: Progress;
  /** Longest time of one `generate` request or one whole `act`. */
  timeoutSeconds: number;
  phase: string;
  /** Wait before a `generate` that broke off is asked again; a second by default. */
  retryMilliseconds?: number;
};

type Bounded = MeteredCall & { maxOutput: number };

/** How the calls of one value are made: which model, and what is done with the costs. */
type Asking = {
  model: Model;
  meter: Meter;
  options: MeterOptions;
  /** Waits for calls side by side where the allowance does not bear them at once. */
  patient: boolean;
  onCost: CostListener;
};

/**
 * The models as one phase may use them. Before each request its worst cost is reserved; a request that would pass the
 * allowance is not made, and the phase ends as `over-budget`. Usage of every response is kept per role and model, faults
 * included. An invalid or truncated value is asked for once more; every other failure is thrown as a `Stop`.
 */
export function meterModels(
  models: Models,
  options: MeterOptions,
): { model: MeteredModel; spent: () => Spend[] } {
  const meter = createMeter(options);
  return {
    spent: meter.spent,
    model: {
      nameModel: (role, tier) => models(role, tier).id,
      generate: (call, name, schema) => {
        const model = models(call.purpose.role, call.tier);
        const asking = { model, meter, options, patient: false, onCost: () => {} };
        return generateMetered(asking, call, name, schema);
      },
      tryGenerate: (call, name, schema) =>
        tryMetered(models(call.purpose.role, call.tier), meter, options, call, name, schema),
      act: async (call, tools, maxTurns) => {
        const model = models(call.purpose.role, call.tier);
        const described = JSON.stringify(tools.map((tool) => [tool.description, tool.input]));
        const acted = await perform(
          model,
          options,
          meter,
          bound(meter, model, call, described),
          (prompt) => model.act(prompt, takeTurns(tools), maxTurns),
        ).catch((error) => {
          throw errorToStop(error, call.purpose.role, options.signal);
        });
        if (acted.ok) return acted.text;
        throw faultToStop(acted, call.purpose.role, maxTurns);
      },
    },
  };
}

/** A value with its faults as values. What a bug throws stays thrown, and so does an interruption: it ends everything. */
async function tryMetered<S extends z.ZodObject>(
  model: Model,
  meter: Meter,
  options: MeterOptions,
  call: MeteredCall,
  name: string,
  schema: S,
): Promise<Tried<z.infer<S>>> {
  let micros: number | null = 0;
  const onCost = (cost: number | null): void => {
    micros = micros === null || cost === null ? null : micros + cost;
  };
  try {
    const asking = { model, meter, options, patient: true, onCost };
    const value = await generateMetered(asking, call, name, schema);
    return { ok: true, value, model: model.id, micros };
  } catch (error) {
    if (!(error instanceof Stop) || error.failure.reason === "interrupted") throw error;
    return { ok: false, failure: error.failure, model: model.id, micros };
  }
}

async function generateMetered<S extends z.ZodObject>(
  asking: Asking,
  call: MeteredCall,
  name: string,
  schema: S,
): Promise<z.infer<S>> {
  const { model, meter, options } = asking;
  const { role } = call.purpose;
  const shape = JSON.stringify(z.toJSONSchema(schema));
  const ask = (bounded: Bounded): Promise<Generated<z.infer<S>>> =>
    retryBroken(options, () =>
      performAdmitted(asking, bounded, shape, (prompt) => model.generate(prompt, name, schema)),
    ).catch((error) => {
      throw errorToStop(error, role, options.signal);
    });

  const first = boundUnless(asking, call, shape);
  const reply = await ask(first);
  if (reply.ok) return reply.value;
  if (reply.why === "refused") throw faultToStop(reply, role, 1);
  const second = boundUnless(asking, repairCall(first, reply), shape);
  // Where the allowance is what cuts the reply off, a second one would end the same way.
  if (reply.why === "truncated" && second.maxOutput <= first.maxOutput)
    throw meter.overBudget(model.id);
  const repaired = await ask(second);
  if (repaired.ok) return repaired.value;
  throw faultToStop(repaired, role, 1);
}

/** The call with as much output as it wants and the allowance bears. */
function bound(meter: Meter, model: Model, call: MeteredCall, extra: string): Bounded {
  const input = estimateTokens(call.system, call.user, extra);
  const wanted = call.maxOutput ?? DEFAULT_MAX_OUTPUT;
  return { ...call, maxOutput: meter.fitOutput(model.id, input, wanted) };
}

/** A cut-off reply gets twice the room; an invalid one is told what is wrong with it. */
function repairCall(call: Bounded, fault: Fault): MeteredCall {
  if (fault.why === "truncated") return { ...call, maxOutput: call.maxOutput * 2 };
  const user = `${call.user}\n\nYour last reply to this could not be used:\n${fault.detail}\nReply again, in full, with that corrected.`;
  return { ...call, user };
}

/** Once more after a fault of transport that may pass. Only for `generate`, which has no effects of its own. */
const retryBroken = <T>(options: MeterOptions, work: () => Promise<T>): Promise<T> =>
  pRetry(work, {
    retries: 1,
    minTimeout: options.retryMilliseconds ?? 1_000,
    signal: options.signal,
    shouldRetry: ({ error }) => error instanceof TransportError && error.retryable,
  });

/** Who is patient is bounded when it is admitted, not before. */
function boundUnless({ patient, meter, model }: Asking, call: MeteredCall, shape: string): Bounded {
  if (!patient) return bound(meter, model, call, shape);
  return { ...call, maxOutput: call.maxOutput ?? DEFAULT_MAX_OUTPUT };
}

async function performAdmitted<T extends Generated<unknown>>(
  { model, meter, options, patient, onCost }: Asking,
  call: Bounded,
  shape: string,
  work: (prompt: Prompt) => Promise<T>,
): Promise<T> {
  if (!patient) return await perform(model, options, meter, call, work);
  const input = estimateTokens(call.system, call.user, shape);
  const admitted = await meter.admit(model.id, input, call.maxOutput);
  const bounded = { ...call, maxOutput: admitted.maxOutput };
  const gauge = { held: admitted.release, onCost };
  return await perform(model, options, meter, bounded, work, gauge);
}

/** One call under the meter and its deadline. Transport errors pass, because the retry has to see them. */
async function perform<T extends Generated<unknown> | Acted>(
  model: Model,
  options: MeterOptions,
  meter: Meter,
  call: Bounded,
  work: (prompt: Prompt) => Promise<T>,
  { held, onCost }: { held?: () => void; onCost?: CostListener } = {},
): Promise<T> {
  const { role } = call.purpose;
  const timeout = AbortSignal.timeout(options.timeoutSeconds * 1_000);
  const { close, ...hooks } = meter.open(role, model.id, held, onCost);
  try {
    return await work({ ...call, ...hooks, signal: AbortSignal.any([options.signal, timeout]) });
  } catch (error) {
    if (!(error instanceof Stop) && !options.signal.aborted && timeout.aborted) {
      throw new Stop({ reason: "model-timeout", role, seconds: options.timeoutSeconds });
    }
    throw error;
  } finally {
    close();
  }
}
