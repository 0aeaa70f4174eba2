import type { Identity } from "./api.ts";

/** How a verdict reaches a pull request, and what it can hold up. */
export type CheckChannel = {
  /** Where the verdict on a head stands. */
  verdict: "check-run" | "status";
  /** Whose check run it is; null for a status. */
  by: "builder" | "reviewer" | "api" | null;
  review: "request-changes" | "comment";
  /** A few words for the status comment. */
  brief: string;
  /** Sentences for `/status` and `doctor`. */
  words: readonly string[];
};

export const CHECK_NAME = "archwright/review";

type Identities = Record<"api" | "builder" | "reviewer", Identity>;

/**
 * Which way a verdict takes, from who we are. A check run needs an App of its own: one made by the Actions token lands in some
 * workflow's suite. Who opened a pull request cannot request changes on it.
 */
export function chooseCheckChannel(identities: Identities): CheckChannel {
  const { builder, reviewer } = identities;
  const by = (["reviewer", "builder", "api"] as const).find(
    (part) => identities[part].kind === "app",
  );
  const separate = builder.id !== reviewer.id;
  return {
    verdict: by ? "check-run" : "status",
    by: by ?? null,
    review: separate ? "request-changes" : "comment",
    brief: briefly(by ? identities[by] : null, separate),
    words: [explainVerdict(by ? identities[by] : null), explainReview(separate, builder, reviewer)],
  };
}

const briefly = (app: Identity | null, separate: boolean): string =>
  [
    app
      ? `by check run of ${app.login}, a gate where a rule asks for it`
      : "by commit status, which advises",
    separate ? "reviews can request changes" : "reviews are comments",
  ].join("; ");

function explainVerdict(app: Identity | null): string {
  if (app === null)
    return `The verdict is the commit status \`${CHECK_NAME}\` on the reviewed head. It is advisory: every workflow of the repository that may write statuses can set it too. Required in a branch rule, it holds up a merge until it is green.`;
  const pinned = app.appId === null ? "" : ` (id ${app.appId})`;
  return `The verdict is the check run \`${CHECK_NAME}\` of ${app.login}. It is a gate where a branch rule requires it with this App${pinned} as its source; nobody else can set it then.`;
}

function explainReview(separate: boolean, builder: Identity, reviewer: Identity): string {
  if (!separate)
    return `${builder.login} opens pull requests and reviews them, so its reviews are comments: GitHub lets nobody request changes on an own pull request. A second identity (\`reviewer-token\` or \`builder-token\`) can.`;
  return `${reviewer.login} reviews pull requests of ${builder.login} and can request changes. That holds up a merge only where a branch rule requires a pull request and its approval, and where ${reviewer.login} may write to the repository.`;
}
