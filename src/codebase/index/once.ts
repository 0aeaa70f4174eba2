import type { ImportGraph, Package } from "../codebase.ts";

/** What is made of the files when it is first asked for. */
export type Makers = {
  graph: () => ImportGraph;
  packages: () => readonly Package[];
  owners: () => (path: string) => readonly string[];
};

/** Makes a thing when it is first asked for, and hands out the same one from then on. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
