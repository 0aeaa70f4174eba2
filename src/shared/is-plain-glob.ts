/** Extended globs are refused: a model could write one that takes for ever to match. */
const PLAIN = /^[^()!\0]{1,200}$/;
const MOST_WILDCARDS_OF_A_NAME = 3;
const MOST_WILDCARDS = 6;

/**
 * Whether a glob of a model is simple enough to be matched against any path in no time: each wildcard multiplies the ways in
 * which a name of many equal letters can fail to match, and `*a*a*a*a*a*a*a*b` takes minutes for a name of sixty.
 */
export function isPlainGlob(glob: string): boolean {
  if (!PLAIN.test(glob) || /\{[^}]*\.\.[^}]*\}/.test(glob)) return false;
  const wildcards = (part: string): number => part.match(/\*+/g)?.length ?? 0;
  return (
    wildcards(glob) <= MOST_WILDCARDS &&
    glob.split("/").every((name) => wildcards(name) <= MOST_WILDCARDS_OF_A_NAME)
  );
}
