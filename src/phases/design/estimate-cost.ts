import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ModelRole, Usage } from "../../model/port.ts";
import { formatMicros, type Micros } from "../../shared/money.ts";
import type { Estimate } from "../../workflow/phase.ts";

export type EstimateOptions = {
  /** Size of a file at the base commit; null when there is none. */
  bytes: (path: string) => number | null;
  /** Price of a usage for the model of a role; null when it is unknown. */
  price: (role: ModelRole, usage: Usage) => Micros | null;
  /** Fix rounds at most. */
  maxRounds: number;
};

/** One token is about four bytes of code or English. */
const bytesPerToken = 4;
/** Instructions, rules and conventions around every call. */
const frame = 3_000;
/** A file that is to be created, where nothing tells its size. */
const newFile = 1_200;
/** Repository excerpts that the validator reads. */
const excerpts = 20_000;
/** Model turns of one step that needs judgement: reading, editing, one look at a red checkpoint. */
const turns = { low: 3, high: 8 } as const;
/** Tokens that a turn adds: a tool call and its result. */
const turnGrowth = 900;

type Bound = "low" | "high";
type Call = { role: ModelRole; input: number; cached: number; output: number };

/**
 * What is left to pay for after a design: one validation, the builds, their reviews, and at the high end every fix round.
 * With S the tokens of a spec and F those of its files:
 * - validate: in frame + 20,000 + all S, out 1,500 to 5,000 (and all S again at the high end, when it refines);
 * - build, each step that needs judgement, 3 to 8 turns: in turns × (frame + S + F of the step + 900 × turns ÷ 2), of
 *   which at the low end four fifths come from the cache; out new files + ¼ of changed ones + 300 a turn;
 *   mechanical steps cost nothing;
 * - review: in frame + S + 2F, out 2,000 to 4,000;
 * - a fix round: half a build and one review; none at the low end, `maxRounds` at the high end.
 * Null when the price of any role is unknown: unknown is never zero.
 */
export function estimateCost(specs: readonly BuildSpec[], options: EstimateOptions): Estimate {
  const low = sumCalls(listCalls(specs, options, "low"), options);
  const high = sumCalls(listCalls(specs, options, "high"), options);
  const steps = specs.flatMap((spec) => spec.steps);
  const judged = steps.filter((step) => step.mode === "judgement").length;
  const basis = `${specs.length} ${specs.length === 1 ? "spec" : "specs"}, ${judged} of ${steps.length} steps by a model, up to ${options.maxRounds} fix rounds`;
  if (low === null || high === null)
    return { low: null, high: null, basis: `${basis}; a price is unknown` };
  return { low, high, basis: `${basis}; ${formatMicros(low)} to ${formatMicros(high)}` };
}

const tokensOf = (spec: BuildSpec): number =>
  Math.ceil(JSON.stringify(spec).length / bytesPerToken);

function listCalls(specs: readonly BuildSpec[], options: EstimateOptions, bound: Bound): Call[] {
  const all = specs.reduce((sum, spec) => sum + tokensOf(spec), 0);
  const validate: Call = {
    role: "validator",
    input: frame + excerpts + all,
    cached: 0,
    output: bound === "low" ? 1_500 : 5_000 + all,
  };
  return [validate, ...specs.flatMap((spec) => listSpecCalls(spec, options, bound))];
}

function listSpecCalls(spec: BuildSpec, options: EstimateOptions, bound: Bound): Call[] {
  const size = fileTokens(spec, options);
  const files = [...size.values()].reduce((sum, tokens) => sum + tokens, 0);
  const build = spec.steps
    .filter((step) => step.mode === "judgement")
    .map((step) => stepCall(spec, step.files, size, bound));
  const review: Call = {
    role: "reviewer",
    input: frame + tokensOf(spec) + 2 * files,
    cached: 0,
    output: bound === "low" ? 2_000 : 4_000,
  };
  const rounds = bound === "low" ? 0 : options.maxRounds;
  const fixes = Array.from({ length: rounds }, () => [...build.map(halve), review]).flat();
  return [...build, review, ...fixes];
}

function stepCall(
  spec: BuildSpec,
  paths: readonly string[],
  size: ReadonlyMap<string, number>,
  bound: Bound,
): Call {
  const count = turns[bound];
  const own = paths.reduce((sum, path) => sum + (size.get(path) ?? 0), 0);
  const input = count * (frame + tokensOf(spec) + own + (turnGrowth * count) / 2);
  const written = paths.reduce((sum, path) => {
    const isNew = spec.files.some((file) => file.path === path && file.action === "create");
    return sum + (size.get(path) ?? 0) * (isNew ? 1 : 0.25);
  }, 0);
  const cached = bound === "low" ? Math.floor(input * 0.8) : 0;
  return {
    role: "builder",
    input: Math.ceil(input),
    cached,
    output: Math.ceil(written + 300 * count),
  };
}

const halve = (call: Call): Call => ({
  ...call,
  input: Math.ceil(call.input / 2),
  cached: Math.floor(call.cached / 2),
  output: Math.ceil(call.output / 2),
});

function fileTokens(spec: BuildSpec, options: EstimateOptions): Map<string, number> {
  const sizes = spec.files.map(({ path, action }): [string, number] => {
    const bytes = action === "create" ? null : options.bytes(path);
    return [path, bytes === null ? newFile : Math.ceil(bytes / bytesPerToken)];
  });
  return new Map(sizes);
}

function sumCalls(calls: readonly Call[], options: EstimateOptions): Micros | null {
  let sum = 0;
  for (const { role, input, cached, output } of calls) {
    const usage = { input, cacheRead: cached, cacheWrite: 0, output, reasoning: 0, requests: 1 };
    const micros = options.price(role, usage);
    if (micros === null) return null;
    sum += micros;
  }
  return sum;
}
