import type { GitHubApi } from "../forge/github/api.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { Stop } from "../shared/stop.ts";
import type { Workspace } from "../workspace/port.ts";

const isCommit = (revision: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);

async function findRef(api: GitHubApi, ref: string): Promise<Result<string | null>> {
  const answer = await api.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ref });
  if (answer.ok) return succeed(answer.data.object.sha);
  return answer.status === 404 ? succeed(null) : fail(answer.failure);
}

/** Anchors of a review are held to the diff. One that GitHub does not give, because it is too large, holds none: they go into the body. */
async function readDiff(api: GitHubApi, base: string, head: string): Promise<string> {
  const answer = await api.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    basehead: `${base}...${head}`,
    mediaType: { format: "diff" },
  });
  return answer.ok && typeof answer.data === "string" ? answer.data : "";
}

/** Where a job without a checkout is asked for what only a checkout has, it is a bug of ours. */
const absent = (): never => {
  throw new Error("this job has no checkout");
};

/** The refs of a repository over the API, for jobs that decide and run nothing: a workspace without files. */
export function openApiRefs(api: GitHubApi): Workspace {
  return {
    resolve: async (revision) => {
      if (isCommit(revision)) return succeed(revision);
      const found = await findRef(api, revision.replace(/^refs\//, ""));
      if (!found.ok) return found;
      if (found.value !== null) return succeed(found.value);
      return fail({
        reason: "git-failed",
        command: "rev-parse",
        detail: `there is no ${revision}`,
      });
    },
    branchHead: async (branch) => {
      const found = await findRef(api, `heads/${branch}`);
      if (!found.ok) throw new Stop(found.failure);
      return found.value;
    },
    snapshot: absent,
    open: absent,
    changed: absent,
    diff: (base, head) => readDiff(api, base, head),
    commits: absent,
    publish: absent,
    keep: absent,
  };
}
