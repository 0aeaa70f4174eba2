import { describe, expect, test } from "@jest/globals";
import { findDispatchedRun } from "../../../src/forge/github/find-dispatched-run.ts";
import { isRunAlive } from "../../../src/forge/github/is-run-alive.ts";
import { openServer, type Reply } from "./open-server.ts";

type Run = { id: number; run_attempt: number; status: string; display_title?: string };
const nonce = "b7c1d2e3f4";
const startedAt = "2026-11-21T10:00:00.000Z";

/** Answers with these runs; `null` fails the list. */
async function withRuns<T>(
  runs: readonly Run[] | null,
  work: (
    api: ReturnType<Awaited<ReturnType<typeof openServer>>["api"]>,
    asked: string[],
  ) => Promise<T>,
): Promise<T> {
  const asked: string[] = [];
  const server = await openServer(({ path }): Reply => {
    asked.push(path);
    if (runs === null) return { status: 403, body: { message: "Resource not accessible" } };
    const id = /\/actions\/runs\/(\d+)$/.exec(path)?.[1];
    if (id === undefined) return { body: { total_count: runs.length, workflow_runs: runs } };
    const run = runs.find((each) => each.id === Number(id));
    return run ? { body: run } : { status: 404, body: { message: "Not Found" } };
  });
  try {
    return await work(server.api(), asked);
  } finally {
    await server.close();
  }
}

const alive = (runs: readonly Run[] | null, runId: string) =>
  withRuns(runs, (api) => isRunAlive(api, { runId, nonce, startedAt }));

const run = (id: number, status: string, more: Partial<Run> = {}): Run => ({
  id,
  run_attempt: 1,
  status,
  ...more,
});

describe("a run that was claimed", () => {
  test.each(["queued", "in_progress", "waiting", "pending", "requested"])(
    "%s is alive",
    async (status) => {
      expect(await alive([run(7, status)], "actions:7:1")).toBe("alive");
    },
  );

  test("is gone when it ended, was deleted, or began anew", async () => {
    expect(await alive([run(7, "completed")], "actions:7:1")).toBe("gone");
    expect(await alive([], "actions:7:1")).toBe("gone");
    expect(await alive([run(7, "in_progress", { run_attempt: 2 })], "actions:7:1")).toBe("gone");
    expect(await alive([run(7, "in_progress", { run_attempt: 2 })], "actions:7:2")).toBe("alive");
  });

  test("is unknown when it cannot be asked, or is of another kind", async () => {
    expect(await alive(null, "actions:7:1")).toBe("unknown");
    for (const odd of ["local:x:1:2", "actions:7", "actions:07:1", "", "actions:7:1:9"]) {
      expect([odd, await alive([run(7, "queued")], odd)]).toEqual([odd, "unknown"]);
    }
  });
});

describe("a lease that waits to be dispatched", () => {
  const title = `Archwright {"issue":4,"nonce":"${nonce}"}`;

  test("lives with the run that carries its nonce", async () => {
    const own = run(8, "queued", { display_title: title });
    expect(await alive([run(7, "completed"), own], "dispatch:7:1")).toBe("alive");
    const ended = { ...own, status: "completed" };
    expect(await alive([run(7, "in_progress"), ended], "dispatch:7:1")).toBe("gone");
    expect(await alive([ended, { ...own, id: 9 }], "dispatch:7:1")).toBe("alive");
  });

  test("else with the run that took it, and is unknown after that: it is dispatched again", async () => {
    const other = run(8, "queued", { display_title: "Archwright {nonce: other}" });
    expect(await alive([run(7, "in_progress"), other], "dispatch:7:1")).toBe("alive");
    expect(await alive([run(7, "completed"), other], "dispatch:7:1")).toBe("unknown");
    expect(await alive([], "dispatch:7:1")).toBe("unknown");
    expect(await alive(null, "dispatch:7:1")).toBe("unknown");
  });

  test("is looked for among dispatched runs since it was taken", async () => {
    await withRuns([run(8, "queued", { display_title: title })], async (api, asked) => {
      const found = await findDispatchedRun(api, { nonce, startedAt });
      expect(found).toEqual({ ok: true, value: { id: "8", attempt: 1, alive: true } });
      const query = new URL(asked[0] ?? "", "http://x").searchParams;
      expect(query.get("event")).toBe("workflow_dispatch");
      expect(query.get("created")).toBe(">=2026-11-21T09:55:00Z");
    });
    await withRuns(null, async (api) => {
      expect(await findDispatchedRun(api, { nonce, startedAt })).toMatchObject({ ok: false });
    });
  });
});
