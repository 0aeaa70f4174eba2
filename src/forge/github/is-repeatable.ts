/**
 * Posts that change nothing when they are sent twice: git's objects are named by their content, a ref is made once, a reaction and a
 * label are there or not.
 */
const repeatablePosts =
  /^POST \/repos\/\{owner\}\/\{repo\}\/(git\/(blobs|trees|commits|refs)|.*\/reactions|issues\/\{issue_number\}\/labels)$/;

/**
 * Whether a call may be sent again after its answer was lost. All others (comments, reviews, pull requests, dispatches, mutations) would be
 * done twice: their caller looks first what is there.
 */
export function isRepeatable(route: string): boolean {
  return !route.startsWith("POST ") || repeatablePosts.test(route);
}
