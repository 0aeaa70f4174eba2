import { derivePolicy } from "../config/derive-policy.ts";
import { loadConfig } from "../config/load-config.ts";
import type { Config } from "../config/schema.ts";
import type { Answer, GitHubApi } from "../forge/github/api.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { Stop } from "../shared/stop.ts";
import type { Policy } from "../workflow/policy.ts";
import type { FileContent } from "../workspace/port.ts";

/** The default branch as it stands: the only place that configuration and policy come from. */
export type DefaultBranch = {
  repository: { id: string; name: string };
  branch: string;
  commit: string;
  config: Config;
  /** null where the defaults are in force. */
  configPath: string | null;
  policy: Policy;
};

/** What a job knows of it without asking the API. */
export type KnownBranch = Pick<DefaultBranch, "repository" | "branch" | "commit"> & {
  /** Reads a file of that commit; null where there is no clone to read it from. */
  read: ((path: string) => Promise<FileContent | null>) | null;
};

const LONGEST_CONFIG = 1_000_000;

/** Text only where it is UTF-8 and of a size that a configuration has. */
export function toContent(bytes: Buffer): FileContent {
  const text = bytes.toString("utf8");
  const isText = !text.includes("\0") && Buffer.from(text, "utf8").equals(bytes);
  const isSmall = bytes.length <= LONGEST_CONFIG;
  return isText && isSmall ? { kind: "text", text } : { kind: "binary", bytes: bytes.length };
}

function decode(answer: Answer<unknown>): FileContent | null {
  if (!answer.ok && answer.status === 404) return null;
  if (!answer.ok) throw new Stop(answer.failure);
  const { type, encoding, content, size } = answer.data as Record<string, unknown>;
  if (type !== "file") return null;
  if (encoding !== "base64" || typeof content !== "string") {
    return { kind: "binary", bytes: typeof size === "number" ? size : LONGEST_CONFIG };
  }
  return toContent(Buffer.from(content, "base64"));
}

/** Enough of a snapshot to load the configuration of a commit without a clone. */
const configAt = (api: GitHubApi, commit: string) => ({
  read: async (path: string): Promise<FileContent | null> =>
    decode(await api.request("GET /repos/{owner}/{repo}/contents/{path}", { path, ref: commit })),
});

/** Asks the API which branch is the default, and where it stands. */
async function askBranch(api: GitHubApi): Promise<Result<KnownBranch>> {
  const repository = await api.request("GET /repos/{owner}/{repo}", {});
  if (!repository.ok) return fail(repository.failure);
  const { id, full_name: name, default_branch: branch } = repository.data;
  const ref = await api.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
    ref: `heads/${branch}`,
  });
  if (!ref.ok && ref.status === 409) return fail({ reason: "no-commits", path: name });
  if (!ref.ok) return fail(ref.failure);
  const commit = ref.data.object.sha;
  return succeed({ repository: { id: String(id), name }, branch, commit, read: null });
}

/**
 * Reads what is in force: the newest commit of the default branch, its configuration and the policy that follows. What is `known` of it
 * is not asked for. Failures are those of the API, and `config-invalid`.
 */
export async function readDefaultBranch(
  api: GitHubApi,
  known: KnownBranch | null = null,
): Promise<Result<DefaultBranch>> {
  const found = known ? succeed(known) : await askBranch(api);
  if (!found.ok) return found;
  const { repository, branch, commit, read } = found.value;
  try {
    const loaded = await loadConfig(read ? { read } : configAt(api, commit));
    if (!loaded.ok) return loaded;
    const { config, path: configPath } = loaded.value;
    const policy = derivePolicy(config);
    return succeed({ repository, branch, commit, config, configPath, policy });
  } catch (error) {
    if (error instanceof Stop) return fail(error.failure);
    throw error;
  }
}
