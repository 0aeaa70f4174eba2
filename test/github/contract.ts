/**
 * What the stand-in for GitHub offers to tests. It is a real HTTP server over a real bare repository, keeps state, refuses what
 * GitHub refuses, and checks every request and answer against GitHub's own description.
 */

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** Rights as in `permissions:` of a workflow or of an App. */
export type Rights = Readonly<Record<string, "read" | "write">>;

/** A webhook, or the event of a workflow run: one shape for both. */
export type Delivery = {
  id: string;
  event: string;
  payload: Record<string, unknown>;
  /** Headers as GitHub sends them, names in small letters; with `x-hub-signature-256` where an App receives it. */
  headers: Readonly<Record<string, string>>;
  /**
   * What GitHub Actions does with it. Events caused by a `GITHUB_TOKEN` start nothing, except both dispatches; its pull requests
   * park their runs until a person approves them, where the repository does so.
   */
  starts: "runs" | "parked" | "nothing";
};

/** Who acts: a person, an App's installation (`slug[bot]`), or `github-actions[bot]`. */
export type Account = { id: number; login: string; type: "User" | "Bot" };

export type Logged = {
  method: string;
  /** Route as in GitHub's description, e.g. `/repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  route: string;
  path: string;
  status: number;
  /** Login of the token's account. */
  by: string;
  body: unknown;
};

/** Makes a request fail: the `times` next ones that match. `after`: GitHub did it, and the answer is lost. */
export type Fault = {
  method?: string;
  /** Against the route as it is logged: a template, `/graphql`, or `git git-receive-pack` and its like. */
  route?: RegExp;
  times?: number;
  kind: "status" | "reset" | "secondary-limit" | "primary-limit" | "bad-credentials";
  /** With `kind: "status"`. */
  status?: number;
  after?: boolean;
};

/** A person with a browser: every act goes through the rules, and sends its webhooks. */
export type Person = {
  readonly account: Account;
  openIssue(issue: { title: string; body: string; labels?: string[] }): Promise<number>;
  label(issue: number, label: string): Promise<void>;
  unlabel(issue: number, label: string): Promise<void>;
  /** Returns the comment's id. Works on issues and pull requests. */
  comment(thread: number, body: string): Promise<number>;
  editComment(id: number, body: string): Promise<void>;
  deleteComment(id: number): Promise<void>;
  review(
    pull: number,
    review: {
      event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
      body: string;
      comments?: { path: string; line: number; body: string }[];
    },
  ): Promise<number>;
  merge(pull: number): Promise<void>;
  closePull(pull: number): Promise<void>;
  openPull(pull: { head: string; title: string; body?: string }): Promise<number>;
  closeIssue(issue: number): Promise<void>;
  lockIssue(issue: number): Promise<void>;
  /** Moves it to a repository that nobody here can see. */
  transferIssue(issue: number): Promise<void>;
  /** Makes a pull request go into another branch. */
  retarget(pull: number, base: string): Promise<void>;
  /** Commits `files` on a branch and pushes; `force` replaces what was there. Returns the commit. */
  push(
    branch: string,
    files: Record<string, string>,
    options?: { force?: boolean },
  ): Promise<string>;
  deleteBranch(branch: string): Promise<void>;
};

export type App = {
  appId: number;
  slug: string;
  privateKey: string;
  webhookSecret: string;
  installationId: number;
  /** Where its webhooks go; null sends none. Settable. */
  webhookUrl: string | null;
};

/** Repository and organisation settings that refuse things. At first nothing is refused, as in a friendly repository. */
export type Settings = {
  actionsMayCreatePullRequests: boolean;
  /** Globs of branches that nobody but people may push. */
  protectedBranches: string[];
  requireSignedCommits: boolean;
  pushProtection: boolean;
  pullRequestsCollaboratorsOnly: boolean;
  openPullRequestLimit: number | null;
  parkBotRuns: boolean;
  /** Mutations of GraphQL that this server lacks, as an older one of an enterprise does. */
  graphqlWithout: string[];
};

/** A run as the API shows it. The runner makes and changes it; a dispatch makes a queued one. */
export type RunRecord = {
  id: number;
  attempt: number;
  /** Path of the workflow file, e.g. `.github/workflows/archwright.yml`. */
  workflow: string;
  /** Name of the workflow, and the title of this run (its `run-name`, where there is one). */
  name: string;
  displayTitle: string;
  event: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "pending";
  conclusion: string | null;
  headBranch: string;
  headSha: string;
  actor: Account;
  triggeringActor: Account;
  createdAt: string;
  updatedAt: string;
  startedAt: string;
  /** Of every attempt, those that were skipped too. */
  jobs: {
    id: number;
    name: string;
    status: string;
    conclusion: string | null;
    attempt: number;
  }[];
};

export type ArtifactRecord = {
  id: number;
  run: number;
  name: string;
  zip: Uint8Array;
  createdAt: string;
  expired: boolean;
};

/** What runs workflows; without one, dispatched runs stay queued. */
export type ActionsHost = {
  /** Called once for each `workflow_dispatch`, with the queued run (already in `runs`) and the event's payload. */
  dispatched(run: RunRecord, payload: Record<string, unknown>): void;
  /** False where it cannot be cancelled any more: the API answers 409. */
  cancel(run: RunRecord): boolean;
  rerun(run: RunRecord, which: "all" | "failed", by: Account): void;
};

/** What the API's routes of Actions read, and the runner writes. */
export type ActionsStore = {
  readonly runs: RunRecord[];
  readonly artifacts: ArtifactRecord[];
  /** Names of the repository's secrets and variables, as its settings list them. */
  readonly secretNames: string[];
  host: ActionsHost | null;
  nextId(): number;
  /** Sends `workflow_run`. */
  announce(run: RunRecord, action: "requested" | "in_progress" | "completed"): void;
};

export type StandIn = {
  /** Root of the REST API; GraphQL is `${url}/graphql`. */
  readonly url: string;
  /** Root of git over HTTP and of web pages: `${gitUrl}/${owner}/${repo}.git`. */
  readonly gitUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** Folder of the bare repository. */
  readonly bare: string;
  readonly defaultBranch: string;
  readonly settings: Settings;
  readonly actions: ActionsStore;
  readonly requests: Logged[];
  /** Requests and answers that differ from GitHub's description. Must be empty at the end of every test. */
  readonly offSpec: string[];
  person(login: string, role: Role): Person;
  setRole(login: string, role: Role): void;
  /** A `GITHUB_TOKEN`: `github-actions[bot]` with these rights. */
  actionsToken(rights: Rights): string;
  installApp(app: { slug: string; rights: Rights; events: string[] }): App;
  /** A token of a user with everything their role allows. */
  userToken(login: string): string;
  expireToken(token: string): void;
  /** Called for every event that GitHub would tell to workflows or Apps, in order. Returns the way to stop. */
  listen(listener: (delivery: Delivery) => void): () => void;
  fail(fault: Fault): void;
  /** The next `times` reads of this ref (`refs/…`) answer what it was before its last move. */
  serveStale(ref: string, times: number): void;
  /** Called before request number n (from 1) is answered; the crash test kills there. */
  onRequest: ((n: number, method: string, path: string) => void) | null;
  /** What people see: issues, comments, labels, pull requests, reviews, statuses, branches; ids and times taken out, for comparing two runs. */
  picture(): unknown;
  /** Keeps everything as it is now; what comes back makes it so again, as often as it is called. Not while a request is under way. */
  save(): () => void;
  close(): Promise<void>;
};

export type StandInOptions = {
  owner?: string;
  repo?: string;
  /** Folder whose files are the first commit of the default branch. */
  files: string;
  private?: boolean;
  /** Organisation repositories have triage and maintain. */
  organisation?: boolean;
  now?: () => Date;
};

/** One run of a workflow, as the runner keeps it and the API shows it. */
export type Run = {
  id: number;
  attempt: number;
  event: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: "success" | "failure" | "cancelled" | "skipped" | "startup_failure" | null;
  /** Its name on the page of runs: `run-name`, or what GitHub makes of the event. */
  title: string;
  /** Why it did not start; empty when it did. */
  errors: string[];
  jobs: {
    name: string;
    conclusion: string;
    log: string;
    summary: string;
    outputs: Record<string, string>;
  }[];
};

/** Interprets the workflow files of the default branch, spawns the built Action step by step, and serves runs and artifacts. */
export type Runner = {
  readonly runs: Run[];
  /** Resolves when no run is queued or running. */
  idle(): Promise<void>;
  /** The button "Re-run all jobs" or "Re-run failed jobs". */
  rerun(id: number, by: string, which: "all" | "failed"): Promise<void>;
  cancel(id: number): Promise<void>;
  /** The schedule's time has come. */
  schedule(): void;
  close(): Promise<void>;
};

export type RunnerOptions = {
  standIn: StandIn;
  /** Checkout of this project, whose reusable workflow and bundle are run. */
  archwright: string;
  secrets: Readonly<Record<string, string>>;
  variables?: Readonly<Record<string, string>>;
  /**
   * Called before a job's process starts. May change its environment, and kill it then or later: the process alone, or the whole
   * machine, with which the job ends.
   */
  onStep?: (step: {
    job: string;
    run: number;
    environment: Record<string, string>;
    kill: (what?: { machine?: boolean }) => void;
  }) => void;
  /** How long a minute of `timeout-minutes` is; 60,000 unless a test is in a hurry. */
  minuteMilliseconds?: number;
};
