import type { House } from "../engine/house.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import type { People } from "../forge/github/people.ts";
import type { DefaultBranch } from "./read-default-branch.ts";

/** Everything that a door over GitHub has open for one repository. Shared by the jobs of the Action and the workers of the App. */
export type GitHubDoor = {
  house: House;
  people: People;
  /** Speaks as the identity that keeps the ledger and the thread. */
  api: GitHubApi;
  /** Speaks as the identity that pushes branches and opens pull requests. */
  builder: GitHubApi;
  /** Speaks as the identity that reviews. */
  reviewer: GitHubApi;
  /** Root of web pages. */
  serverUrl: string;
  /** Account ids that are us. */
  own: ReadonlySet<string>;
  origin: DefaultBranch;
  /** File in `.github/workflows` of the default branch that carries out phases. */
  workflow: string;
};
