import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Rights, StandIn, StandInOptions } from "./contract.ts";
import { openStandIn } from "./open-stand-in.ts";

export type Reply = { status: number; data: Json; headers: Headers };
/** What an answer holds; a key or place that is not there is undefined, and fails the test that expects it. */
export type Json = { readonly [key: string]: Json };

export type Bench = {
  standIn: StandIn;
  /** Path of the repository in the API. */
  repo: string;
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  graphql(query: string, variables: Record<string, unknown>, token: string): Promise<Reply>;
};

export type CallOptions = {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
};

const files: Readonly<Record<string, string>> = {
  "README.md": "# Widgets\n",
  "src/one.txt": `${Array.from({ length: 40 }, (_, at) => `line ${at + 1}`).join("\n")}\n`,
  ".github/workflows/run.yml": `name: Run
on:
  workflow_dispatch:
    inputs:
      work:
        required: true
        type: string
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - run: true
`,
  ".github/workflows/closed.yml": "name: Closed\non: push\njobs: {}\n",
};

function writeFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-files-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export const allRights: Rights = {
  actions: "write",
  checks: "write",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
};

/** A stand-in with a small repository, and a way to call it. */
export async function openBench(options: Partial<StandInOptions> = {}): Promise<Bench> {
  const standIn = await openStandIn({ files: writeFiles(), ...options });
  const call: Bench["call"] = async (method, path, { token, body, headers } = {}) => {
    const answer = await fetch(standIn.url + path, {
      method,
      redirect: "manual",
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
    const data = (isJson ? JSON.parse(text) : text) as Json;
    return { status: answer.status, data, headers: answer.headers };
  };
  return {
    standIn,
    repo: `/repos/${standIn.owner}/${standIn.repo}`,
    call,
    graphql: (query, variables, token) =>
      call("POST", "/graphql", { token, body: { query, variables } }),
  };
}
