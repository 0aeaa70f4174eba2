import type { GitHubApi } from "../forge/github/api.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { archiveLimits, type Unpacked, unpackHandOver } from "./unpack-hand-over.ts";

/** Name that the workflow gives the artifact of a phase. */
const artifactName = "archwright-hand-over";

type Artifact = {
  id: number;
  name: string;
  size_in_bytes: number;
  expired: boolean;
  created_at: string | null;
};

const isBytes = (data: unknown): data is ArrayBuffer | Uint8Array =>
  data instanceof Uint8Array || Object.prototype.toString.call(data) === "[object ArrayBuffer]";

/** The newest hand-over of a run, unpacked; null when there is none. Failures: those of the API, `hand-over-refused`. */
export async function fetchHandOver(api: GitHubApi, run: number): Promise<Result<Unpacked | null>> {
  const listed = await api.list<Artifact>(
    "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
    { run_id: run },
    200,
  );
  if (!listed.ok) return fail(listed.failure);
  const own = listed.data.items.filter(({ name, expired }) => name === artifactName && !expired);
  const artifact = own.sort((a, b) => b.id - a.id)[0];
  if (!artifact) return succeed(null);
  if (artifact.size_in_bytes > archiveLimits.archive) {
    const detail = `its archive has ${artifact.size_in_bytes} bytes`;
    return fail({ reason: "hand-over-refused", detail, path: null });
  }
  const answer = await api.request(
    "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
    { artifact_id: artifact.id, archive_format: "zip" },
  );
  if (!answer.ok) return answer.status === 410 ? succeed(null) : fail(answer.failure);
  const data: unknown = answer.data;
  if (!isBytes(data)) {
    return fail({ reason: "hand-over-refused", detail: "its artifact is no archive", path: null });
  }
  return unpackHandOver(new Uint8Array(data as ArrayBuffer));
}
