import type { HandOver } from "../engine/hand-over.ts";
import type { House } from "../engine/house.ts";
import type { Feature } from "../engine/load-feature.ts";
import { fail } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";

/** What a check of a hand-over is given: the untrusted words, and what the ledger says. */
export type HandOverFacts = { house: House; feature: Feature; lease: Lease; handOver: HandOver };

export const refuse = (detail: string, path: string | null = null) =>
  fail({ reason: "hand-over-refused" as const, detail, path });
