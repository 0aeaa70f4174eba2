import { appendFileSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { LeaseResult } from "../engine/run-lease.ts";
import type { Models, Usage } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import { outcomeSchema, type Spend, spendSchema } from "../workflow/phase.ts";
import { watchModels } from "./watch-models.ts";

const entrySchema = z.discriminatedUnion("kind", [
  /** A request is made: until more is known, it counts as what it costs at most. */
  z.object({ kind: z.literal("asked"), request: z.string(), worst: spendSchema }),
  /** What it really cost; null where it brought no usage. */
  z.object({ kind: z.literal("answered"), request: z.string(), cost: spendSchema.nullable() }),
  z.object({
    kind: z.literal("result"),
    outcome: outcomeSchema,
    documents: z.record(z.string(), z.string()),
    spent: z.array(spendSchema),
  }),
]);
type Entry = z.infer<typeof entrySchema>;

/** What is known of earlier starts of a phase, on this machine's disk. */
export type Journal = {
  /** True when this lease was begun before, here. */
  readonly begun: boolean;
  /** Cost of earlier starts; a request that nobody saw the end of counts as what it cost at most. */
  readonly spent: readonly Spend[];
  /** How the phase ended, where that was not published. */
  readonly result: LeaseResult | null;
  /** Notes what each request costs before it is made, and after. */
  watch(models: Models, price: Price): Models;
  /** Keeps the result until it is published. */
  keep(result: LeaseResult): Promise<void>;
  /** The lease is over. */
  close(): Promise<void>;
};

const readEntry = (line: string): Entry[] => {
  try {
    const entry = entrySchema.safeParse(JSON.parse(line));
    return entry.success ? [entry.data] : [];
  } catch {
    // The end of a line that was cut off by a kill: its request was not made, or counts as it was asked.
    return [];
  }
};

function sum(entries: readonly Entry[]): Spend[] {
  const costs = new Map<string, Spend>();
  for (const entry of entries) {
    if (entry.kind === "asked") costs.set(entry.request, entry.worst);
    if (entry.kind !== "answered") continue;
    if (entry.cost) costs.set(entry.request, entry.cost);
    else costs.delete(entry.request);
  }
  return [...costs.values()];
}

const costOf = (role: string, model: string, usage: Usage, price: Price): Spend => ({
  ...{ role, model, micros: price(model, usage) },
  ...usage,
});

/** Opens the journal of a lease in a folder of ours. Throws what the disk says. */
export async function openJournal(folder: string, nonce: string): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${nonce}.jsonl`);
  const text = await readFile(file, "utf8").catch((error: { code?: string }) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  const entries = (text ?? "").split("\n").flatMap(readEntry);
  const result = entries.findLast((entry) => entry.kind === "result") ?? null;
  // From a new line: the last one may have been cut off.
  const note = (entry: Entry): void =>
    appendFileSync(file, `\n${JSON.stringify(entry)}`, { mode: 0o600 });
  await (await open(file, "a", 0o600)).close();
  return {
    begun: text !== null,
    spent: sum(entries),
    result,
    watch: (models, price) =>
      watchModels(models, {
        asked: (request, { role, model }, usage) =>
          note({ kind: "asked", request, worst: costOf(role, model, usage, price) }),
        answered: (request, { role, model }, usage) => {
          const cost = usage && costOf(role, model, usage, price);
          note({ kind: "answered", request, cost });
        },
      }),
    keep: async ({ outcome, documents, spent }) =>
      note({ kind: "result", outcome, documents: { ...documents }, spent: [...spent] }),
    close: () => rm(file, { force: true }),
  };
}
