import type { z } from "zod";

/**
 * The model port: two verbs, `generate` (schema → value) and `act` (tools → text). Histories never cross
 * it, so signatures, encrypted reasoning and cache prefixes stay with the vendor's adapter. Refused,
 * truncated, invalid and out-of-turns are values; transport faults are the SDK's exceptions after its own
 * retries. Allowance, repair, cascade and cost live above the port.
 */

export type Effort = "low" | "medium" | "high";

/** `input` is the whole prompt; `cacheRead` and `cacheWrite` are parts of it, `reasoning` is part of `output`. */
export type Usage = {
  input: number;
  cacheRead: number;
  cacheWrite: number;
  output: number;
  reasoning: number;
  requests: number;
};

/** What a call is for. Names recordings, logs and cost lines; never sent to a vendor. */
export type Purpose = {
  role: ModelRole;
  phase: string;
  /** BUILD spec the call belongs to, e.g. `BUILD_01`; null for the design of the whole feature. */
  spec: string | null;
  attempt: number;
  /** Distinguishes calls within one phase, e.g. `S-2` or `repair-1`; null where there is one. */
  step: string | null;
};

export type ModelRole = "architect" | "validator" | "builder" | "reviewer" | "coach";

export type Prompt = {
  purpose: Purpose;
  /** Stable prefix, cached by vendors: nothing in it may change between calls of one phase. */
  system: string;
  user: string;
  effort?: Effort;
  /** Output tokens at most. */
  maxOutput?: number;
  /** The only deadline and the only cancel. */
  signal: AbortSignal;
  /** Called once per API response, faults included. It may throw to stop the work on a budget. */
  onUsage: (usage: Usage) => void;
  /** Called before each API request with an estimate of its tokens. It may throw to keep it from being made. */
  beforeRequest: (estimate: { input: number; maxOutput: number }) => void;
};

export type Fault = { ok: false; why: "refused" | "truncated" | "invalid"; detail: string };
export type Generated<T> = { ok: true; value: T } | Fault;
export type Acted =
  | { ok: true; text: string }
  | Fault
  | { ok: false; why: "turns"; detail: string };

/**
 * A tool of the model. Failures are thrown, and reach the model as an error result, not the run; only a `Stop`
 * ends the run.
 */
export type Tool = {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  input: Record<string, unknown>;
  run: (input: unknown, signal: AbortSignal) => Promise<string>;
};

export interface Model {
  /** `provider:model`, as configured. */
  readonly id: string;
  /**
   * Asks for one value. The schema must be in the portable subset: a root object of required fields,
   * `nullable` for absence, arrays, enums; no optional, record, tuple or transform.
   */
  generate<S extends z.ZodObject>(
    prompt: Prompt,
    name: string,
    schema: S,
  ): Promise<Generated<z.infer<S>>>;
  /** Lets the model call tools until it stops, at most `maxTurns` responses. */
  act(prompt: Prompt, tools: readonly Tool[], maxTurns: number): Promise<Acted>;
}

/** Model of each role. */
export type Models = (role: ModelRole) => Model;

export type MeteredCall = Pick<Prompt, "purpose" | "system" | "user" | "effort" | "maxOutput">;

/**
 * The model as a phase sees it: every response metered against the phase's allowance, one repair of an invalid
 * or truncated value, each fault thrown as a `Stop` with its failure, so that phases read straight.
 */
export type MeteredModel = {
  generate<S extends z.ZodObject>(call: MeteredCall, name: string, schema: S): Promise<z.infer<S>>;
  act(call: MeteredCall, tools: readonly Tool[], maxTurns: number): Promise<string>;
};

/** Usage and cost of one role with one model; the shape of `spendSchema`. `micros` is null when the price is unknown: never zero. */
export type Spend = Usage & { role: string; model: string; micros: number | null };
