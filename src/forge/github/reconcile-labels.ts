import { type Desk, hasRule, isRefusal, take, tryWrite } from "./reconcile-desk.ts";
import { findStatus } from "./reconcile-status-comment.ts";

/** Colours of the labels that we show, by what they say of the feature. */
const colours: Readonly<Record<string, string>> = {
  "archwright:design": "1d76db",
  "archwright:validate": "1d76db",
  "archwright:build": "1d76db",
  "archwright:review": "1d76db",
  "archwright:coach": "1d76db",
  "archwright:waiting": "fbca04",
  "archwright:paused": "fbca04",
  "archwright:stuck": "d93f0b",
  "archwright:accepted": "0e8a16",
  "archwright:cancelled": "cfd3d7",
};
const OTHER_COLOUR = "bfd4f2";
/** GitHub makes a label that is not there yet when it is set, in this colour and without a description. */
const MADE_COLOUR = "ededed";

/**
 * Shows the view's labels and takes away older ones of ours. Labels of people are not touched, and one of ours that a person took off
 * since stays off. Asks nothing where the last run showed the same; what else is there comes with the answer to what is added. Returns
 * what to remember as shown.
 */
export async function reconcileLabels(
  desk: Desk,
  wanted: readonly string[],
): Promise<readonly string[]> {
  const before = new Set(desk.before.labels);
  if (before.size === wanted.length && wanted.every((name) => before.has(name))) return wanted;
  // Where the status comment is gone or was edited, nothing is remembered, and the issue itself has to be asked.
  const known = findStatus(desk.comments)?.intact ? [] : await listLabels(desk);
  const missing = wanted.filter((name) => !before.has(name) && !known.includes(name));
  const there = missing.length > 0 ? await addLabels(desk, missing) : await listLabels(desk);
  if (there === null) return desk.before.labels;
  const isOurs = (name: string): boolean => before.has(name) || Object.hasOwn(colours, name);
  for (const name of there.filter((each) => isOurs(each) && !wanted.includes(each)))
    await removeLabel(desk, name);
  return wanted;
}

async function listLabels(desk: Desk): Promise<string[]> {
  const answer = await desk.api.list<{ name: string }>(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
    { issue_number: desk.issue },
    200,
  );
  return take(answer).items.map(({ name }) => name);
}

/** All labels of the issue once these are there; null where a person or a setting refuses. */
async function addLabels(desk: Desk, labels: string[]): Promise<string[] | null> {
  const answer = await desk.api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
    issue_number: desk.issue,
    labels,
  });
  const there = tryWrite(desk, "The labels could not be set", answer);
  if (there === null) return null;
  for (const { name, color, description } of there) {
    const isNew = labels.includes(name) && color === MADE_COLOUR && !description;
    if (isNew) await colourLabel(desk, name);
  }
  return there.map(({ name }) => name);
}

/** Where `archwright init` has not made the label, it gets our colour when it is first used. */
async function colourLabel(desk: Desk, name: string): Promise<void> {
  const answer = await desk.api.request("PATCH /repos/{owner}/{repo}/labels/{name}", {
    name,
    color: colours[name] ?? OTHER_COLOUR,
    description: "Set by Archwright to show where it stands",
  });
  tryWrite(desk, `The label ${name} could not be coloured`, answer);
}

async function removeLabel(desk: Desk, name: string): Promise<void> {
  const answer = await desk.api.request(
    "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
    { issue_number: desk.issue, name },
  );
  const gone = !answer.ok && isRefusal(answer) && hasRule(answer, "not-found", "gone");
  if (!gone) tryWrite(desk, `The label ${name} could not be removed`, answer);
}
