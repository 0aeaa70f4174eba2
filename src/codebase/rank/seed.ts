/** A file that the request is likely about, or that is known to change, and how likely. */
export type Seed = { place: number; weight: number };
