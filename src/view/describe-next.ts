import type { NextStep } from "../workflow/next-step.ts";
export type NextInWords = { headline: string; commands: readonly string[] };
