import type { PhaseName } from "./phase.ts";

const nouns: Readonly<Record<PhaseName, string>> = {
  design: "design",
  validate: "validation",
  build: "build",
  review: "review",
  ask: "answer",
};

/** What a phase makes, in words: `validation`, `build of BUILD_01`. */
export const nameWork = ({ phase, spec }: { phase: PhaseName; spec: string | null }): string =>
  spec === null ? nouns[phase] : `${nouns[phase]} of ${spec}`;
