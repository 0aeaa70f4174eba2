import type { Commands } from "../repository-facts.ts";

/** Text of a file, or null when there is none or it is binary. */
export type ReadText = (path: string) => Promise<string | null>;

export type Detected = { commands: Commands; setup: string | null };
