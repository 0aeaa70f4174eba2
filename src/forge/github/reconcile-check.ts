import { Stop } from "../../shared/stop.ts";
import type { ViewAnchor, ViewCheck } from "../port.ts";
import type { Answer, GitHubApi } from "./api.ts";
import { CHECK_NAME, chooseCheckChannel } from "./choose-check-channel.ts";
import { shortHash } from "./comment-marker.ts";
import { fitSummary, fitText } from "./fit-check-text.ts";
import { createOnce, type Desk, isRefusal, note, take, tryWrite } from "./reconcile-desk.ts";
import { findStatus } from "./reconcile-status-comment.ts";

/** What a check says, and where a reader goes from it. */
type Wanted = ViewCheck & { link: string };

/**
 * Sets the verdict on exactly the head that it is about. A head that a person pushed since gets a pending one of its own, so that nothing
 * green is read as its verdict.
 */
export async function reconcileCheck(
  desk: Desk,
  check: ViewCheck,
  actual: string | null,
  link: string,
): Promise<void> {
  await setCheck(desk, { ...check, link });
  if (actual === null || actual === check.head) return;
  const title = "This commit is not reviewed";
  const summary = `The last verdict is about ${check.head}.`;
  const pending = {
    head: actual,
    state: "pending",
    title,
    summary,
    annotations: [],
    link,
  } as const;
  await setCheck(desk, pending, "where there is none");
}

/** An answer may be older than our last push: then the "new" head is one that has its verdict, and keeps it. */
type When = "always" | "where there is none";

async function setCheck(desk: Desk, wanted: Wanted, when: When = "always"): Promise<void> {
  const channel = chooseCheckChannel(desk.identities);
  if (channel.by !== null && (await setCheckRun(desk, desk[channel.by], wanted, when))) return;
  await setStatus(desk, wanted, when);
}

type Status = {
  context: string;
  state: string;
  description: string | null;
  target_url: string | null;
  creator: { id: number } | null;
};

async function setStatus(desk: Desk, wanted: Wanted, when: When): Promise<void> {
  const description = fitText(wanted.title, 140);
  const { head, state, link } = wanted;
  const token = `${head.slice(0, 12)}-${shortHash(JSON.stringify([state, description, link]))}`;
  // What we know to have said otherwise needs no question; all else may have been set by others.
  const isNew = findStatus(desk.comments)?.intact && !desk.before.checks.includes(token);
  const asks = when !== "always" || !isNew;
  if (asks && (await stands(desk, { ...wanted, title: description }, when))) {
    desk.after.checks.add(token);
    return;
  }
  // Setting the same status once more says the same.
  const send = () =>
    desk.reviewer.request("POST /repos/{owner}/{repo}/statuses/{sha}", {
      sha: head,
      state,
      context: CHECK_NAME,
      description,
      target_url: link,
    });
  const answer = await createOnce(send, async () => null);
  const set = tryWrite(desk, "The commit status could not be set", answer);
  if (set !== null) desk.after.checks.add(token);
}

/** Whether nothing is to be set: a status of ours says the same, or any of ours is there, or statuses are not to be read. */
async function stands(desk: Desk, wanted: Wanted, when: When): Promise<boolean> {
  const listed = await desk.reviewer.list<Status>(
    "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
    { ref: wanted.head },
    100,
  );
  if (!listed.ok && isRefusal(listed)) {
    note(desk, "The status could not be read", listed);
    return true;
  }
  const last = take(listed).items.find(({ context }) => context === CHECK_NAME);
  if (last === undefined || !desk.own.has(String(last.creator?.id))) return false;
  if (when !== "always") return true;
  const { state, title, link } = wanted;
  return last.state === state && last.description === title && last.target_url === link;
}

type CheckRun = {
  id: number;
  external_id: string | null;
  output?: { annotations_count?: number };
};

const listRuns = async (api: GitHubApi, head: string): Promise<Answer<CheckRun[]>> => {
  const answer = await api.list<CheckRun>(
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    { ref: head, check_name: CHECK_NAME, filter: "all" },
    100,
  );
  if (!answer.ok) return answer;
  const ours = answer.data.items.filter(({ external_id: id }) => id?.startsWith("archwright "));
  return { ...answer, data: ours.toSorted((a, b) => b.id - a.id) };
};

/** False where this App may not make check runs: then a status says it. */
async function setCheckRun(
  desk: Desk,
  api: GitHubApi,
  wanted: Wanted,
  when: When,
): Promise<boolean> {
  const listed = await listRuns(api, wanted.head);
  if (!listed.ok) return refusedRun(desk, listed);
  const mark = `archwright ${shortHash(JSON.stringify(wanted))}`;
  const newest = listed.data[0];
  if (newest && (newest.external_id === mark || when !== "always")) return true;
  const batches = toBatches(wanted.annotations);
  // The mark goes with the last request: a run that was cut off in between is made anew.
  const first = batches.length > 1 ? `archwright unfinished ${mark.slice(-12)}` : mark;
  // Annotations are only ever added, so a run that has some says what it said for good.
  const old = newest?.output?.annotations_count === 0 ? newest : undefined;
  const answer = await sendRun(api, wanted, old?.id ?? null, first, batches[0] ?? []);
  if (!answer.ok && isRefusal(answer)) return refusedRun(desk, answer);
  const run = tryWrite(desk, "The check run could not be set", answer);
  for (const [index, batch] of batches.slice(1).entries()) {
    const id = index === batches.length - 2 ? mark : first;
    const more = await sendRun(api, wanted, run?.id ?? null, id, batch);
    tryWrite(desk, "The annotations could not be added", more);
  }
  return true;
}

async function sendRun(
  api: GitHubApi,
  wanted: Wanted,
  run: number | null,
  mark: string,
  annotations: readonly ViewAnchor[],
): Promise<Answer<CheckRun>> {
  const body = { external_id: mark, ...toRun(wanted, annotations) };
  if (run !== null) {
    const patch = { check_run_id: run, ...body };
    const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
    return (await api.request(route, patch)) as Answer<CheckRun>;
  }
  const create = async () =>
    (await api.request("POST /repos/{owner}/{repo}/check-runs", {
      head_sha: wanted.head,
      ...body,
    })) as Answer<CheckRun>;
  return await createOnce(create, async () => {
    const again = await listRuns(api, wanted.head);
    return again.ok ? (again.data.find(({ external_id: id }) => id === mark) ?? null) : null;
  });
}

function refusedRun(desk: Desk, answer: Parameters<typeof note>[2]): false {
  if (!isRefusal(answer)) throw new Stop(answer.failure);
  note(desk, "The check run could not be set, so a commit status is", answer);
  return false;
}

const MOST_ANNOTATIONS = 50;

const toBatches = (annotations: readonly ViewAnchor[]): ViewAnchor[][] =>
  Array.from({ length: Math.ceil(annotations.length / MOST_ANNOTATIONS) }, (_, index) =>
    annotations.slice(index * MOST_ANNOTATIONS, (index + 1) * MOST_ANNOTATIONS),
  );

const toRun = (wanted: Wanted, annotations: readonly ViewAnchor[]) => ({
  name: CHECK_NAME,
  details_url: wanted.link,
  ...(wanted.state === "pending"
    ? { status: "in_progress" as const }
    : { status: "completed" as const, conclusion: wanted.state }),
  output: {
    title: fitText(wanted.title, 250),
    summary: fitSummary(wanted.summary),
    annotations: annotations.map(({ path, line, endLine, markdown }) => ({
      path,
      start_line: line,
      end_line: Math.max(line, endLine ?? line),
      annotation_level: "warning" as const,
      message: fitText(markdown, 16_000),
    })),
  },
});
