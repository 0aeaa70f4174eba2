import { configSchema } from "../../../src/config/schema.ts";
import type { Patient } from "../../../src/door/doctor/finding.ts";
import type { GitHubApi, Identity } from "../../../src/forge/github/api.ts";
import type { Model } from "../../../src/model/port.ts";

type Replies = Readonly<Record<string, { status: number; data?: unknown }>>;

/** GitHub as a table of answers by route; what is not in it may not be seen. */
export function answering(replies: Replies, identity: Partial<Identity> = {}): GitHubApi {
  const refuse = (status: number) => ({
    ok: false as const,
    status,
    message: "refused",
    errors: [],
    failure: { reason: "forge-unavailable" as const, status, detail: "refused" },
  });
  return {
    repository: { owner: "acme", name: "shop" },
    identity: async () => ({
      ok: true,
      status: 200,
      data: { id: "1", login: "mary", kind: "user", appId: null, ...identity },
    }),
    request: async (route) => {
      const reply = replies[route] ?? { status: 403 };
      if (reply.status >= 400) return refuse(reply.status);
      return { ok: true, status: reply.status, data: reply.data as never };
    },
    list: async () => refuse(403),
    graphql: async () => refuse(403),
    calls: () => new Map(),
  };
}

export const goodWorkflow = [
  "run-name: Archwright \x24{{ inputs.work || github.event_name }}",
  "permissions:",
  "  contents: write",
  "  issues: write",
  "  pull-requests: write",
  "  statuses: write",
  "  actions: write",
].join("\n");

/** Everything as it should be: each test changes one thing. */
export const healthy: Replies = {
  "GET /repos/{owner}/{repo}": {
    status: 200,
    data: { permissions: { push: true }, archived: false, has_issues: true },
  },
  "GET /repos/{owner}/{repo}/actions/permissions": {
    status: 200,
    data: { enabled: true, allowed_actions: "all" },
  },
  "GET /repos/{owner}/{repo}/actions/permissions/workflow": {
    status: 200,
    data: { can_approve_pull_request_reviews: true },
  },
  "GET /repos/{owner}/{repo}/labels/{name}": { status: 200, data: {} },
  "GET /repos/{owner}/{repo}/actions/secrets": {
    status: 200,
    data: { secrets: [{ name: "ANTHROPIC_API_KEY" }] },
  },
  "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}": {
    status: 200,
    data: { state: "active" },
  },
  "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs": {
    status: 200,
    data: { workflow_runs: [{ status: "completed", conclusion: "success" }] },
  },
  "GET /repos/{owner}/{repo}/rules/branches/{branch}": { status: 200, data: [] },
};

export const snapshotOf = (files: Readonly<Record<string, string>>): Patient["snapshot"] => ({
  commit: "a".repeat(40),
  list: async () =>
    Object.entries(files).map(([path, text]) => ({
      path,
      id: path,
      bytes: text.length,
      kind: "file",
    })),
  read: async (path) => {
    const text = files[path];
    return text === undefined ? null : { kind: "text", text };
  },
  grep: async () => [],
});

const model: Model = {
  id: "test:model",
  generate: async () => ({ ok: true, value: { word: "ready" } as never }),
  act: async () => ({ ok: true, text: "" }),
};

export function openPatient(change: Partial<Patient> & { replies?: Replies } = {}): Patient {
  const { replies, ...rest } = change;
  return {
    api: answering({ ...healthy, ...replies }),
    builder: null,
    reviewer: null,
    web: "https://github.com/acme/shop",
    defaultBranch: "main",
    organisation: false,
    config: configSchema.parse({}),
    snapshot: snapshotOf({
      ".github/workflows/archwright.yml": goodWorkflow,
      "package.json": '{"scripts":{"test":"node --test"}}',
    }),
    models: { open: () => model, roles: ["architect", "reviewer"], price: () => 12 },
    keys: [],
    mayCallModels: true,
    isolation: async () => ({ available: true, detail: "namespaces" }),
    signal: new AbortController().signal,
    ...rest,
  };
}
