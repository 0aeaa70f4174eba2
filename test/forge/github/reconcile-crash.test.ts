import { expect, test } from "@jest/globals";
import type { GitHubApi } from "../../../src/forge/github/api.ts";
import type { View } from "../../../src/forge/port.ts";
import { branch, comment, openScene, pullOf, type Scene, show, viewOf } from "./forge-scene.ts";

/** A feature as it is shown over time: planned, revised and built, reviewed, accepted. */
async function stages(scene: Scene): Promise<View[]> {
  const { head, base } = scene;
  const next = await scene.ada.push(branch, { "a.txt": "fixed\n" });
  const anchors = [{ path: "a.txt", line: 5, endLine: null, markdown: "here" }];
  const red = {
    ...{ key: `review-1-${head.slice(0, 12)}`, head, verdict: "changes-requested" as const },
    ...{ markdown: "78 of 100", anchors },
  };
  const green = {
    ...red,
    key: `review-2-${next.slice(0, 12)}`,
    head: next,
    verdict: "accepted" as const,
    anchors: [],
  };
  const check = {
    head,
    title: "78 of 100",
    summary: "table",
    state: "failure" as const,
    annotations: anchors,
  };
  const first = pullOf(scene, { draft: true, since: base });
  const told = [comment(0, { superseded: true }), comment(1), comment(3)];
  return [
    viewOf(scene),
    viewOf(scene, {
      status: "built",
      labels: ["archwright:build"],
      comments: told,
      pullRequests: [first],
    }),
    viewOf(scene, {
      ...{ status: "reviewed", labels: ["archwright:review"], comments: [...told, comment(5)] },
      pullRequests: [{ ...first, draft: false, body: "Ready", reviews: [red], check }],
    }),
    viewOf(scene, {
      ...{
        status: "accepted",
        labels: ["archwright:accepted"],
        comments: [...told, comment(5), comment(7)],
      },
      pullRequests: [
        {
          ...{ ...first, draft: false, head: next, body: "Done", reviews: [red, green] },
          check: { ...check, head: next, state: "success", annotations: [] },
        },
      ],
    }),
  ];
}

type Trouble = { kind: "status" | "reset" | "secondary-limit"; status?: number; after?: boolean };

/** One request of every kind of write goes wrong once; the run may fail for it, the next one has to mend it. */
test.each<Trouble>([
  { kind: "status", status: 502 },
  { kind: "status", status: 502, after: true },
  { kind: "reset", after: true },
  { kind: "secondary-limit" },
])(
  "with $kind (answer lost: $after) at each kind of write, everything ends up there once",
  async (trouble) => {
    const clean = await carryClean();
    const scene = await openScene();
    try {
      const builder = scene.app("wright");
      const views = await stages(scene);
      const routes = [
        /comments$/,
        /comments\/\d+$/,
        /labels$/,
        /pulls$/,
        /reviews$/,
        /check-runs$/,
        /dismissals$/,
        /graphql$/,
      ];
      for (const view of views) {
        for (const route of routes)
          for (const method of ["POST", "PATCH", "PUT", "DELETE"])
            scene.github.fail({ ...trouble, route, method, times: 1 });
        for (let run = 0; run < 8; run++) await scene.forge({ builder }).reconcile(view);
        scene.writes();
        expect(await show(scene.forge({ builder }), view)).toEqual([]);
        expect(scene.writes()).toEqual([]);
      }
      expect(pictureOf(scene)).toEqual(clean.picture);
    } finally {
      await scene.close();
    }
  },
);

/** Commits have another name in every repository. */
const pictureOf = (scene: Scene): string =>
  JSON.stringify(scene.github.picture(), null, 1).replace(/-[0-9a-f]{12}\b/g, "-<head>");

class Killed extends Error {}

/** Ends the process, so to speak, before or after its k-th write. */
function killing(api: GitHubApi, at: { left: number; after: boolean }): GitHubApi {
  const guard = async <T>(isWrite: boolean, send: () => Promise<T>): Promise<T> => {
    if (!isWrite) return send();
    at.left -= 1;
    if (at.left === 0 && !at.after) throw new Killed();
    const answer = await send();
    if (at.left === 0) throw new Killed();
    return answer;
  };
  return {
    ...api,
    request: (route, parameters) =>
      guard(!route.startsWith("GET"), () => api.request(route, parameters)),
    graphql: (query, variables) =>
      guard(query.startsWith("mutation"), () => api.graphql(query, variables)),
  };
}

/** Shows all stages; where it is killed, a new process shows the same stage again. Returns how many writes there were. */
async function carry(kill: { left: number; after: boolean }): Promise<{ picture: string }> {
  const scene = await openScene();
  try {
    const builder = scene.app("wright");
    for (const view of await stages(scene)) {
      const dying = scene.forge({
        api: killing(scene.actions, kill),
        builder: killing(builder, kill),
      });
      try {
        await show(dying, view);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        await show(scene.forge({ builder }), view);
      }
      scene.writes();
      await show(scene.forge({ builder }), view);
      expect(scene.writes()).toEqual([]);
    }
    expect(scene.github.offSpec).toEqual([]);
    return { picture: pictureOf(scene) };
  } finally {
    await scene.close();
  }
}

let clean: Promise<{ picture: string; writes: number }> | undefined;

/** What it looks like when nothing goes wrong, and how many writes that takes. */
function carryClean(): Promise<{ picture: string; writes: number }> {
  const count = { left: 1_000_000, after: false };
  clean ??= carry(count).then(({ picture }) => ({ picture, writes: 1_000_000 - count.left }));
  return clean;
}

/** `all` tries both ends of every write; without it, every fourth write at one of its ends. */
const all = process.env.ARCHWRIGHT_CRASH === "all";

test("killed before or after a write, the next run makes the same picture and nothing twice", async () => {
  const whole = await carryClean();
  const { writes } = whole;
  expect(writes).toBeGreaterThan(20);
  for (let k = 1; k <= writes; k += all ? 1 : 4) {
    for (const after of all ? [true, false] : [k % 8 < 4]) {
      const { picture } = await carry({ left: k, after });
      expect({ k, after, picture }).toEqual({ k, after, picture: whole.picture });
    }
  }
}, 600_000);
