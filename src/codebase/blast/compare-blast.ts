import type { BlastRadius } from "../blast-radius.ts";

/** A file that should change, or be looked at, when `origin` does. */
export type Expectation = {
  path: string;
  origin: string;
  /** In how many of the commits of `origin` it changed too; null for the test named after it. */
  share: { together: number; of: number } | null;
};

export type BlastComparison = {
  /** Expected to change, and not touched: the strongest reason first. */
  untouched: readonly Expectation[];
  /** Touched, and foreseen by nothing. */
  unforeseen: readonly string[];
  /** Touched, and planned or within reach of what was planned. */
  foreseen: readonly string[];
};

/**
 * Holds what was foreseen against what a change touched. `planned` files surprise nobody, and neither does what is within `reach` of
 * them; but only what is expected is missed when it is not touched.
 */
export function compareBlast(
  expected: readonly Expectation[],
  touched: readonly string[],
  { planned, reach }: { planned: readonly string[]; reach: readonly string[] },
): BlastComparison {
  const changed = new Set(touched);
  const known = new Set([...planned, ...reach, ...expected.map(({ path }) => path)]);
  const named = new Set(planned);
  const ordered = [...changed].sort();
  return {
    untouched: expected.filter(({ path }) => !changed.has(path) && !named.has(path)),
    unforeseen: ordered.filter((path) => !known.has(path)),
    foreseen: ordered.filter((path) => known.has(path)),
  };
}

/** Share of its commits in which a file must have changed too, to be expected again. */
const likely = 0.4;

/**
 * Files of a radius that a change should touch or look at: those that mostly change with it, and its tests by name or import. An
 * importer alone is not expected to change: most changes keep what others use.
 */
export function expectFrom(radii: readonly BlastRadius[]): Expectation[] {
  const changing = radii.flatMap(({ path: origin, changesWith }) =>
    changesWith
      .filter(({ together, of }) => together / of >= likely)
      .map(({ path, together, of }) => ({ path, origin, share: { together, of } })),
  );
  const named = radii.flatMap(({ path: origin, tests }) =>
    tests.filter(({ why }) => why === "named").map(({ path }) => ({ path, origin, share: null })),
  );
  const seen = new Set<string>();
  return [...changing, ...named].filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** Everything that radii reach: who imports, who changes along, which tests. */
export const reachOf = (radii: readonly BlastRadius[]): string[] => [
  ...new Set(
    radii.flatMap(({ importers, changesWith, tests }) =>
      [...importers, ...changesWith, ...tests].map(({ path }) => path),
    ),
  ),
];
