import type { GitHubApi } from "../../forge/github/api.ts";
import type { Snapshot } from "../../workspace/port.ts";

/** Bytes of a file that the doctor reads. */
const MOST = 500_000;

/** The files of a commit as the API tells them, for the few that the doctor looks at. It cannot search. */
export function snapshotOfApi(api: GitHubApi, commit: string): Snapshot {
  return {
    commit,
    list: async () => {
      const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
      const tree = await api.request(route, { tree_sha: commit, recursive: "1" });
      if (!tree.ok) return [];
      return tree.data.tree.flatMap(({ path, type, size, sha }) =>
        type === "blob" && path ? [{ path, id: sha, bytes: size ?? 0, kind: "file" as const }] : [],
      );
    },
    read: async (path) => {
      const route = "GET /repos/{owner}/{repo}/contents/{path}";
      const answer = await api.request(route, { path, ref: commit });
      if (!answer.ok) return null;
      const { encoding, content } = answer.data as { encoding?: string; content?: string };
      if (encoding !== "base64" || !content || content.length > MOST) {
        return { kind: "binary", bytes: 0 };
      }
      return { kind: "text", text: Buffer.from(content, "base64").toString("utf8") };
    },
    grep: async () => [],
  };
}
