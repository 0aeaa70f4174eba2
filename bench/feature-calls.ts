import { openScene, type Scene } from "../test/action/open-scene.ts";
import type { Logged } from "../test/github/contract.ts";

/** Calls of one whole feature: git over HTTP and answers of 304 cost no rate, and stand apart. */
export type FeatureCalls = {
  total: number;
  git: number;
  unchanged: number;
  jobs: number;
  runs: number;
  byEndpoint: Record<string, number>;
  byJob: Record<string, { jobs: number; calls: number }>;
};

/** What a step of the Action asked, in the order of the steps. */
export type Step = { job: string; requests: Logged[] };

const isGit = ({ route }: Logged): boolean => route.startsWith("git ");
const isUnchanged = ({ status }: Logged): boolean => status === 304;
export const counts = (logged: Logged): boolean => !isGit(logged) && !isUnchanged(logged);

/** GraphQL says in the query what it is. */
export function nameOf({ method, route, body }: Logged): string {
  if (route !== "/graphql") return `${method} ${route}`;
  const { query = "" } = (body ?? {}) as { query?: string };
  return `${method} ${route} ${/^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? ""}`.trim();
}

function tally(names: readonly string[]): Record<string, number> {
  const counted = new Map<string, number>();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return Object.fromEntries([...counted].sort(([, one], [, other]) => other - one));
}

const labels = ["design", "validate", "build", "review", "waiting", "accepted"];

/** As `archwright init` leaves a repository: the labels are there. */
async function makeLabels({ standIn }: Scene): Promise<void> {
  const { url, owner, repo } = standIn;
  for (const name of labels) {
    const answer = await fetch(`${url}/repos/${owner}/${repo}/labels`, {
      method: "POST",
      headers: { authorization: `Bearer ${standIn.userToken("mary")}` },
      body: JSON.stringify({ name: `archwright:${name}`, color: "1d76db" }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
}

/** From the label to the merge: one fix round, one person who approves and merges. */
async function carryThrough(scene: Scene): Promise<void> {
  const { standIn, runner, person, request } = scene;
  standIn.settings.actionsMayCreatePullRequests = true;
  const mary = person("mary", "maintain");
  await makeLabels(scene);
  const issue = await request(mary);
  const line = /\/approve [0-9a-f]{7,64}/.exec(JSON.stringify(standIn.picture()))?.[0];
  if (line === undefined) throw new Error("the thread asks for no approval");
  await mary.comment(issue, line);
  await runner.idle();
  const picture = standIn.picture() as { threads: { number: number; pull: object | null }[] };
  const pull = picture.threads.find((thread) => thread.pull !== null);
  if (!pull) throw new Error("there is no pull request");
  await mary.merge(pull.number);
  await runner.idle();
  const ended = JSON.stringify(standIn.picture());
  if (!ended.includes("archwright:accepted")) throw new Error("the feature was not accepted");
  if (standIn.offSpec.length > 0) throw new Error(standIn.offSpec.join("\n"));
}

/** Runs one whole feature through the workflow, and keeps what each step asked. */
export async function recordFeature(): Promise<{ steps: Step[]; runs: number }> {
  const begun: { job: string; from: number }[] = [];
  let scene: Scene | null = null;
  const onStep = ({ job }: { job: string }): void => {
    begun.push({ job, from: scene?.standIn.requests.length ?? 0 });
  };
  scene = await openScene({ onStep });
  try {
    await carryThrough(scene);
    const { requests } = scene.standIn;
    const steps = begun.map(({ job, from }, index) => ({
      job,
      requests: requests.slice(from, begun[index + 1]?.from),
    }));
    return { steps, runs: scene.runner.runs.filter(({ jobs }) => jobs.length > 0).length };
  } finally {
    await scene.close();
  }
}

/** GitHub calls of one whole feature through the Action, counted at the stand-in. */
export async function benchFeatureCalls(): Promise<FeatureCalls> {
  const { steps, runs } = await recordFeature();
  const all = steps.flatMap(({ requests }) => requests);
  const byJob: FeatureCalls["byJob"] = {};
  for (const { job, requests } of steps) {
    const { jobs, calls } = byJob[job] ?? { jobs: 0, calls: 0 };
    byJob[job] = { jobs: jobs + 1, calls: calls + requests.filter(counts).length };
  }
  return {
    total: all.filter(counts).length,
    git: all.filter(isGit).length,
    unchanged: all.filter(isUnchanged).length,
    jobs: steps.length,
    runs,
    byEndpoint: tally(all.filter(counts).map(nameOf)),
    byJob,
  };
}
