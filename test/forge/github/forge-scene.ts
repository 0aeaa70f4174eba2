import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitHubApi, Route } from "../../../src/forge/github/api.ts";
import { openGitHubApi } from "../../../src/forge/github/open-api.ts";
import { openGitHubForge } from "../../../src/forge/github/open-github-forge.ts";
import type { Forge, View, ViewComment, ViewPullRequest } from "../../../src/forge/port.ts";
import { succeed } from "../../../src/shared/result.ts";
import type { App, Person, Rights, StandIn, StandInOptions } from "../../github/contract.ts";
import { openStandIn } from "../../github/open-stand-in.ts";

export const rights: Rights = {
  ...{ issues: "write", pull_requests: "write", statuses: "write", contents: "write" },
  ...{ checks: "write", metadata: "read" },
} as Rights;

export const branch = "archwright/1-collector-01";

export type Scene = {
  github: StandIn;
  ada: Person;
  issue: number;
  base: string;
  head: string;
  /** As `github-actions[bot]`. */
  actions: GitHubApi;
  app(slug: string, allowed?: Rights): GitHubApi;
  /** What ada does by the API. */
  person(): (route: string, parameters: Record<string, unknown>) => Promise<void>;
  forge(apis?: { api?: GitHubApi; builder?: GitHubApi; reviewer?: GitHubApi }): Forge;
  /** Writes that GitHub carried out since the last time this was asked. */
  writes(): string[];
  close(): Promise<void>;
};

const numbered = (changed: readonly number[]): string =>
  Array.from(
    { length: 40 },
    (_, at) => `line ${at + 1}${changed.includes(at + 1) ? "!" : ""}\n`,
  ).join("");

function openApiAs(github: StandIn, auth: Parameters<typeof openGitHubApi>[0]["auth"]): GitHubApi {
  const repository = { owner: github.owner, name: github.repo };
  return openGitHubApi({ baseUrl: github.url, auth, repository, pace: "none" });
}

const git = (github: StandIn, ...words: string[]): string =>
  execFileSync("git", ["-C", github.bare, ...words], { encoding: "utf8" });

/** A repository with an issue and a branch of ours, nothing shown yet. */
export async function openScene(options: Partial<StandInOptions> = {}): Promise<Scene> {
  const files = mkdtempSync(join(tmpdir(), "archwright-forge-"));
  writeFileSync(join(files, "a.txt"), numbered([]));
  const github = await openStandIn({ files, ...options });
  const ada = github.person("ada", "admin");
  const issue = await ada.openIssue({ title: "Collector", body: "Collect hourly." });
  const base = git(github, "rev-parse", `refs/heads/${github.defaultBranch}`).trim();
  const head = await ada.push(branch, { "a.txt": numbered([5, 30]) });
  const actions = openApiAs(github, { token: github.actionsToken(rights) });
  let seen = github.requests.length;
  return {
    ...{ github, ada, issue, base, head, actions },
    app(slug, allowed = rights) {
      const app: App = github.installApp({ slug, rights: allowed, events: [] });
      return openApiAs(github, { appId: app.appId, privateKey: app.privateKey });
    },
    person() {
      const api = openApiAs(github, { token: github.userToken("ada") });
      return async (route, parameters) => {
        const answer = await api.request(route as Route, parameters as never);
        if (!answer.ok) throw new Error(answer.message);
      };
    },
    forge({ api = actions, builder = api, reviewer = api } = {}) {
      return openGitHubForge({
        ...{ api, builder, reviewer, serverUrl: "https://github.example" },
        ledger: {
          load: async () => succeed({ issue, head: "f".repeat(40), records: [], documents: {} }),
        },
        workspace: { diff: async (from, to) => git(github, "diff", from, to) },
      });
    },
    writes() {
      const fresh = github.requests.slice(seen);
      seen = github.requests.length;
      return fresh.filter(isWrite).map(({ method, route }) => `${method} ${route}`);
    },
    async close() {
      await github.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
}

/** Token requests and questions in GraphQL change nothing that people see. */
const isWrite = ({ method, route, status, body }: StandIn["requests"][number]): boolean =>
  method !== "GET" &&
  status < 400 &&
  !route.includes("access_tokens") &&
  !/"query":"\s*query/.test(JSON.stringify(body ?? {}));

export const comment = (at: number, words: Partial<ViewComment> = {}): ViewComment => ({
  ...{ key: `told-${at}`, at, markdown: `Told ${at}`, superseded: false, document: null },
  ...words,
});

export function pullOf(scene: Scene, words: Partial<ViewPullRequest> = {}): ViewPullRequest {
  const { head, base } = scene;
  return {
    ...{ spec: "BUILD_01", branch, head, base: null, since: base },
    ...{ title: "Collect hourly", body: `What and why.\n\nCloses #${scene.issue}` },
    ...{ draft: false, open: true, reviews: [] },
    check: { head, state: "pending", title: "Review is running", summary: "", annotations: [] },
    ...words,
  };
}

export const viewOf = (scene: Scene, words: Partial<View> = {}): View => ({
  ...{ issue: scene.issue, status: "**Archwright** · designing" },
  ...{ comments: [comment(0), comment(1)], labels: ["archwright:design"], pullRequests: [] },
  ...words,
});

/** What is wrong with a reconcile, or its notes. */
export async function show(forge: Forge, view: View): Promise<readonly string[]> {
  const done = await forge.reconcile(view);
  if (!done.ok) throw new Error(JSON.stringify(done.failure));
  return done.value.notes;
}

type Shown = { id: number; node_id: string; body: string; user: { login: string } };

/** Bodies of a thread's comments, without the marker line. */
export async function bodies(scene: Scene, thread: number = scene.issue): Promise<string[]> {
  return (await comments(scene, thread)).map(({ body }) =>
    body.replace(/^<!-- archwright .*\n/, ""),
  );
}

export async function comments(scene: Scene, thread: number = scene.issue): Promise<Shown[]> {
  const answer = await scene.actions.list<Shown>(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { issue_number: thread },
    500,
  );
  return answer.ok ? answer.data.items : [];
}
