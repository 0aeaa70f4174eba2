import type { z } from "zod";
import type { Failure } from "../shared/failure.ts";

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

/** Sizes of a role's models, from cheap to thorough: a cascade begins small and goes up where it must. */
export type ModelTier = "small" | "medium" | "large";

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

/** `provider:model` of each role, and as `role.tier` of each tier of it that has a model of its own. */
export type Assignments = Readonly<
  Record<ModelRole, string> & Partial<Record<`${ModelRole}.${ModelTier}`, string>>
>;

/** Model of each role; of a tier of it where one is asked for. A role without tiers answers with its one model. */
export type Models = (role: ModelRole, tier?: ModelTier) => Model;

export type MeteredCall = Pick<Prompt, "purpose" | "system" | "user" | "effort" | "maxOutput"> & {
  tier?: ModelTier;
};

/** What came of a call whose faults are values: who was asked, and what it cost in micro-dollars (null: a price is unknown). */
export type Tried<T> = { model: string; micros: number | null } & (
  | { ok: true; value: T }
  | { ok: false; failure: Failure }
);

/**
 * The model as a phase sees it: every response metered against the phase's allowance, one repair of an invalid
 * or truncated value, each fault thrown as a `Stop` with its failure, so that phases read straight.
 */
export type MeteredModel = {
  generate<S extends z.ZodObject>(call: MeteredCall, name: string, schema: S): Promise<z.infer<S>>;
  /**
   * The same, with every fault as a value, a used-up allowance included; only an interruption and a bug are thrown. Calls side by side
   * wait for each other where the allowance does not bear them all at once.
   */
  tryGenerate<S extends z.ZodObject>(
    call: MeteredCall,
    name: string,
    schema: S,
  ): Promise<Tried<z.infer<S>>>;
  act(call: MeteredCall, tools: readonly Tool[], maxTurns: number): Promise<string>;
  /** Which model a call of that role and tier would ask. */
  nameModel(role: ModelRole, tier?: ModelTier): string;
};

/** Usage and cost of one role with one model; the shape of `spendSchema`. `micros` is null when the price is unknown: never zero. */
export type Spend = Usage & { role: string; model: string; micros: number | null };
