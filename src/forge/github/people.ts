import type { Result } from "../../shared/result.ts";
import type { Role } from "../../workflow/role.ts";
import type { Issue } from "../../workflow/trigger.ts";
import type { DeliveredComment, DeliveredPull } from "./delivery.ts";

/** What the doors ask GitHub about people and threads, always fresh. */
export type People = {
  /**
   * Repository role by the collaborator-permission endpoint (`role_name`); `none` on any error or doubt. `id`: the account that is meant:
   * a login can be somebody else's by the time that it is asked about.
   */
  roleOf(login: string, id?: string): Promise<Role>;
  issue(number: number): Promise<Result<Issue>>;
  /** null when there is no such pull request. */
  pull(number: number): Promise<Result<DeliveredPull | null>>;
  /** null when it was deleted. */
  comment(id: string): Promise<Result<DeliveredComment | null>>;
  /** Comments of a review at lines of the diff. */
  reviewComments(
    pull: number,
    review: string,
  ): Promise<Result<{ path: string; line: number | null; body: string }[]>>;
};
