import type { Endpoints } from "@octokit/types";
import type { Failure } from "../../shared/failure.ts";

/** A REST route of GitHub's description, e.g. `GET /repos/{owner}/{repo}/issues/{issue_number}`. */
export type Route = keyof Endpoints;
/** What a route answers. */
export type Data<R extends Route> = Endpoints[R]["response"]["data"];
/** Owner and repository are filled in by the client. `mediaType` asks for another form of the answer, such as a diff. */
export type Parameters<R extends Route> = Omit<Endpoints[R]["parameters"], "owner" | "repo"> & {
  mediaType?: { format: "diff" };
};

/**
 * What GitHub answered. A refusal is data: `status` and GitHub's own message for those who must tell cases apart, and the
 * failure in our words for all others.
 */
export type Answer<T> =
  | { ok: true; status: number; data: T }
  | { ok: false; status: number; message: string; errors: readonly string[]; failure: Failure };

/** Who a token is. `id` is the numeric account id as a string; `login` has the `[bot]` suffix where there is one. */
export type Identity = {
  id: string;
  login: string;
  kind: "user" | "app" | "actions";
  /** Id of the App, where it is one of ours: then its check runs can be pinned. */
  appId: number | null;
};

/**
 * GitHub's API for one repository and one identity, the only way to it in the house. Requests are throttled, retried (secondary
 * limits too), stamped with the API version and redacted in every message. It never throws for what GitHub answers.
 *
 * A call whose answer was lost (status 0 or 5xx) is sent again only where twice is as good as once: GET, PUT, PATCH, DELETE and git's own
 * objects. A comment, review, pull request, dispatch or mutation is not: look what is there before you send it again.
 */
export type GitHubApi = {
  readonly repository: { owner: string; name: string };
  identity(): Promise<Answer<Identity>>;
  request<R extends Route>(route: R, parameters: Parameters<R>): Promise<Answer<Data<R>>>;
  /** All pages of a list, at most `limit` items; `complete` is false when there were more. */
  list<T>(
    route: Route,
    parameters: Record<string, unknown>,
    limit: number,
  ): Promise<Answer<{ items: T[]; complete: boolean }>>;
  graphql<T>(query: string, variables: Record<string, unknown>): Promise<Answer<T>>;
  /** Calls made so far, by `METHOD route`. Answers from the ETag cache are counted under `304`. */
  calls(): ReadonlyMap<string, number>;
};
