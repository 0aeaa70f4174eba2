import type { LedgerStore } from "../../ledger/port.ts";
import type { Workspace } from "../../workspace/port.ts";
import type { Forge } from "../port.ts";
import { acknowledgeComment } from "./acknowledge-comment.ts";
import type { GitHubApi } from "./api.ts";
import { findStandingOfComment } from "./find-standing-of-comment.ts";
import { isRunAlive } from "./is-run-alive.ts";
import type { Links } from "./reconcile-desk.ts";
import { reconcileView } from "./reconcile-view.ts";
import { replyComment } from "./reply-comment.ts";

export type GitHubForgeOptions = {
  /** The identity that speaks in issues and keeps labels. */
  api: GitHubApi;
  /** The identity that opens pull requests; else `api`. */
  builder?: GitHubApi;
  /** The identity that reviews them and says the verdict; else `api`. */
  reviewer?: GitHubApi;
  /** Where whole texts are that are too long for a comment. */
  ledger: Pick<LedgerStore, "load">;
  /** Diffs come from git: the API leaves out what is large. */
  workspace: Pick<Workspace, "diff">;
  /** Root of web pages, `https://github.com` or that of a server of one's own. */
  serverUrl: string;
  /** Further account ids that are us, such as those of another mode in the same repository. */
  own?: ReadonlySet<string>;
  /** The default branch, where it is known without asking. */
  branch?: string;
};

/** GitHub as the place where people are: the view becomes comments, labels, pull requests, reviews and checks. */
export function openGitHubForge(options: GitHubForgeOptions): Forge {
  const { api, builder = api, reviewer = api, own = new Set<string>() } = options;
  const diff = (base: string, head: string): Promise<string> =>
    options.workspace.diff(base, head, { limit: 20_000_000 });
  const { branch } = options;
  const links = openLinks(options);
  const desk = { api, builder, reviewer, own, diff, links, ...(branch ? { branch } : {}) };
  return {
    name: "github",
    standing: (issue, approval) => findStandingOfComment(api, issue, approval),
    async isRunAlive(lease) {
      const identity = await api.identity();
      const dispatchers = identity.ok ? new Set([...own, identity.data.id]) : undefined;
      return isRunAlive(api, lease, dispatchers);
    },
    reconcile: (view) => reconcileView(desk, view),
    reply: (thread, reply) => replyComment(api, thread, reply, own),
    async acknowledge(comment, sign) {
      // A reaction is a courtesy: whatever goes wrong with it must not end the work that it is about.
      await acknowledgeComment(api, comment, sign).catch(() => {});
    },
  };
}

/** A commit's pages show a document also where no branch leads to it. */
function openLinks({ api, ledger, serverUrl }: GitHubForgeOptions): Links {
  const { owner, name } = api.repository;
  const web = `${serverUrl.replace(/\/+$/, "")}/${owner}/${name}`;
  return {
    web,
    async ledger(issue, document) {
      const snapshot = await ledger.load(issue);
      if (!snapshot.ok || snapshot.value.head === null) return null;
      const { head } = snapshot.value;
      if (document === null) return `${web}/tree/${head}`;
      return `${web}/blob/${head}/${document.split("/").map(encodeURIComponent).join("/")}`;
    },
  };
}
