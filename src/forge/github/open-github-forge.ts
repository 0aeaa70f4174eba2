import type { Forge } from "../port.ts";
import { acknowledgeComment } from "./acknowledge-comment.ts";
import type { GitHubApi } from "./api.ts";
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
  links: Links;
  /** Unified diff of what `head` changes since it left `base` (three dots), from git. Throws `Stop` where it cannot. */
  diff: (base: string, head: string) => Promise<string>;
  standing: Forge["standing"];
  isRunAlive: Forge["isRunAlive"];
};

/** GitHub as the place where people are: the view becomes comments, labels, pull requests, reviews and checks. */
export function openGitHubForge(options: GitHubForgeOptions): Forge {
  const { api, builder = api, reviewer = api, links, diff } = options;
  return {
    name: "github",
    standing: options.standing,
    isRunAlive: options.isRunAlive,
    reconcile: (view) => reconcileView({ api, builder, reviewer, links, diff }, view),
    reply: (thread, reply) => replyComment(api, thread, reply),
    async acknowledge(comment, sign) {
      // A reaction is a courtesy: whatever goes wrong with it must not end the work that it is about.
      await acknowledgeComment(api, comment, sign).catch(() => {});
    },
  };
}
