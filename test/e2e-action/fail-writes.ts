import type { Fault } from "../github/contract.ts";
import type { Town } from "./open-town.ts";
import { listPulls, readLedger, readPicture, readThread, typesOf } from "./read-town.ts";
import { write } from "./replies.ts";

/** How a write goes wrong. */
export const faults: Readonly<Record<string, Fault>> = {
  "502 before it was done": { kind: "status", status: 502 },
  "502 after it was done": { kind: "status", status: 502, after: true },
  "a secondary rate limit": { kind: "secondary-limit" },
  "a lost connection": { kind: "reset", after: true },
};

/** Reads of git over HTTP are sent by POST as well; the button Re-run is a person's. */
const isWrite = (method: string, path: string): boolean =>
  method !== "GET" && method !== "HEAD" && !/\/git-upload-pack$|\/rerun/.test(path);

/** Fails the writes that `choose` wants, by their number from 1, once each; says how many there were. */
export function failWrites({ github }: Town, fault: Fault, choose: (write: number) => boolean) {
  const seen = { writes: 0, failed: 0 };
  github.onRequest = (_, method, path) => {
    if (!isWrite(method, path)) return;
    seen.writes += 1;
    if (!choose(seen.writes)) return;
    seen.failed += 1;
    // Git itself is refused by 429 alone: 403 is a missing right there.
    const busy = fault.kind === "secondary-limit" && path.endsWith("/git-receive-pack");
    github.fail(busy ? { ...fault, status: 429 } : fault);
  };
  return {
    seen,
    stop: () => {
      github.onRequest = null;
    },
  };
}

/** From a label, or from a plan, to an accepted pull request; what went wrong is mended by the hourly look and by `/retry`. */
export async function carryThrough(town: Town): Promise<number> {
  const issue = await town.at("asked");
  town.say("build.BUILD_01.S-1.json", write("hello, please\n"));
  await town.mary.label(issue, "archwright");
  await town.idle();
  await mend(town, issue, "waiting for approval");
  await town.walt.comment(issue, readThread(town, issue).approve);
  await town.idle();
  await mend(town, issue, "accepted, ready for you");
  return issue;
}

/** What a person would do who sees a red run: press Re-run where nothing was begun, wait for the hourly look, and retry what failed. */
async function mend(town: Town, issue: number, goal: string): Promise<void> {
  const reached = (): boolean => readThread(town, issue).status.includes(goal);
  const [first] = town.runner.runs.slice(-1);
  const lost = first?.jobs.every(
    ({ name, conclusion }) => /route$/.test(name) || conclusion === "skipped",
  );
  if (!reached() && first?.conclusion === "failure" && lost) {
    await town.runner.rerun(first.id, "mary", "all");
    await town.idle();
  }
  for (let look = 0; look < 3 && !reached(); look += 1) {
    town.runner.schedule();
    await town.idle();
    if (/\/retry/.test(readThread(town, issue).status)) {
      await town.walt.comment(issue, "/retry");
      await town.idle();
    }
  }
}

/** What must be the same however much went wrong by the way: nothing lost, nothing doubled. */
export function readOutcome(town: Town, issue: number) {
  const { status, bodies, labels } = readThread(town, issue);
  const keys = bodies.flatMap((body) => /^<!-- archwright key=([a-z]+)/.exec(body)?.[1] ?? []);
  const told = keys.filter((key) => !["reply", "failure", "expired", "notice"].includes(key));
  const [pull] = listPulls(town);
  const types = typesOf(readLedger(town, issue));
  const counted = ["PlanPosted", "PlanValidated", "PlanApproved", "BuildCompleted", "SpecAccepted"];
  return {
    headline: /· \*(.+)\*$/m.exec(status)?.[1],
    labels,
    told: told.sort(),
    pulls: listPulls(town).map(({ title, state, pull: branch }) => ({ title, state, branch })),
    reviews: pull?.reviews.map(({ state, comments }) => [state, comments.length]),
    statuses: readPicture(town).statuses.map(({ state, description }) => [state, description]),
    branches: readPicture(town).branches.map(({ name }) => name),
    ledger: counted.map((type) => [type, types.filter((each) => each === type).length]),
  };
}
