import type { BlastRadius } from "../blast-radius.ts";

/** Why a file was expected to change or to be looked at. */
export type Expectation = { path: string; why: string };

export type BlastComparison = {
  /** Expected to change, and not touched: the strongest reason first. */
  untouched: readonly Expectation[];
  /** Touched, and foreseen by nothing. */
  unforeseen: readonly string[];
  /** Touched as the plan or the radius foresaw. */
  foreseen: readonly string[];
};

/**
 * Holds what was foreseen against what a change touched. `seeds` are the files that were to be changed: nobody is surprised by them,
 * and one that was left alone is untouched. Lists are without doubles.
 */
export function compareBlast(
  predicted: readonly Expectation[],
  touched: readonly string[],
  seeds: readonly string[],
): BlastComparison {
  const changed = new Set(touched);
  const expected = new Map<string, string>();
  for (const path of seeds) expected.set(path, "the plan names it");
  for (const { path, why } of predicted) if (!expected.has(path)) expected.set(path, why);
  const ordered = [...changed].sort();
  return {
    untouched: [...expected]
      .filter(([path]) => !changed.has(path))
      .map(([path, why]) => ({ path, why })),
    unforeseen: ordered.filter((path) => !expected.has(path)),
    foreseen: ordered.filter((path) => expected.has(path)),
  };
}

/** Share of its commits in which a file must have changed too, to be expected again. */
const likely = 0.4;

/**
 * Files of a radius that a change should touch or look at: those that mostly change with it, and its tests by name or import. An
 * importer alone is not expected to change: most changes keep what others use.
 */
export function expectFrom(radii: readonly BlastRadius[]): Expectation[] {
  const changing = radii.flatMap(({ path, changesWith }) =>
    changesWith
      .filter(({ together, of }) => together / of >= likely)
      .map((one) => ({
        path: one.path,
        why: `changed with \`${path}\` in ${one.together} of its ${one.of} commits`,
      })),
  );
  const tests = radii.flatMap(({ path, tests: covering }) =>
    covering
      .filter(({ why }) => why === "named")
      .map((one) => ({ path: one.path, why: `the test of \`${path}\` by its name` })),
  );
  const seen = new Set<string>();
  return [...changing, ...tests].filter(({ path }) => !seen.has(path) && seen.add(path));
}
