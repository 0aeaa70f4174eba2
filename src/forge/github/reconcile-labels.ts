import { type Desk, hasRule, isRefusal, take, tryWrite } from "./reconcile-desk.ts";

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

/**
 * Shows the view's labels and takes away older ones of ours. Labels of people are not touched, and one of ours that a person took off
 * since stays off. Asks nothing where the last run showed the same. Returns what to remember as shown.
 */
export async function reconcileLabels(
  desk: Desk,
  wanted: readonly string[],
): Promise<readonly string[]> {
  const before = new Set(desk.before.labels);
  if (before.size === wanted.length && wanted.every((name) => before.has(name))) return wanted;
  const there = await listLabels(desk);
  const missing = wanted.filter((name) => !there.includes(name) && !before.has(name));
  for (const name of missing) await makeLabel(desk, name);
  if (missing.length > 0) {
    const answer = await desk.api.request(
      "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
      { issue_number: desk.issue, labels: missing },
    );
    if (tryWrite(desk, "The labels could not be set", answer) === null) return desk.before.labels;
  }
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

/** A label that the repository does not have yet gets our colour. */
async function makeLabel(desk: Desk, name: string): Promise<void> {
  const found = await desk.api.request("GET /repos/{owner}/{repo}/labels/{name}", { name });
  if (found.ok || found.status !== 404) return;
  const made = await desk.api.request("POST /repos/{owner}/{repo}/labels", {
    name,
    color: colours[name] ?? OTHER_COLOUR,
    description: "Set by Archwright to show where it stands",
  });
  // Another run may have made it meanwhile.
  const exists = !made.ok && made.errors.some((error) => error.includes("already_exists"));
  if (!exists) tryWrite(desk, `The label ${name} could not be made`, made);
}

async function removeLabel(desk: Desk, name: string): Promise<void> {
  const answer = await desk.api.request(
    "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
    { issue_number: desk.issue, name },
  );
  const gone = !answer.ok && isRefusal(answer) && hasRule(answer, "not-found", "gone");
  if (!gone) tryWrite(desk, `The label ${name} could not be removed`, answer);
}
