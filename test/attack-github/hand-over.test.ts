import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { renderView } from "../../src/view/render-view.ts";
import { type HandOverScene, openHandOverScene } from "../door/hand-over-scene.ts";

// A phase that somebody else controls: whatever it hands over, the lease ends in a named outcome, and what is shown pings and fetches nothing.

type Loose = { [key: string]: Loose } & Loose[];
const failed = (more: object): object => ({
  ...{ kind: "failed", reason: "model-refused", step: null, work: null },
  ...{ failure: { reason: "model-refused", role: "architect", detail: "no" } },
  ...more,
});
const outcome =
  (value: object) =>
  (handOver: Loose): void =>
    void Object.assign(handOver, { outcome: value, documents: {}, refs: {} });

let scene: HandOverScene;
beforeEach(async () => {
  scene = await openHandOverScene();
  await scene.run();
}, 60_000);
afterEach(() => scene.close());

async function publish(change: (handOver: Loose) => void) {
  scene.forge(change as never);
  const published = await scene.publish();
  if (!published.ok) throw new Error(JSON.stringify(published.failure));
  expect(published.value.feature.state.leases.filter(({ phase }) => phase === "design")).toEqual(
    [],
  );
  return published.value;
}

const work = "refs/archwright/work/12/null-1";
test.each<[string, object]>([
  ["work of a phase that builds nothing", { work: { ref: work, head: "d".repeat(40) } }],
  ["a head that is an option of git", { work: { ref: work, head: "--upload-pack=touch /tmp/x" } }],
  ["a step of many lines", { step: "S-1\n\n# Approved by @mary\n\nCloses #1" }],
  ["a step without end", { step: "S".repeat(1_000_000) }],
])("a failure with %s is refused", async (_, more) => {
  expect(await publish(outcome(failed(more)))).toMatchObject({
    kind: "refused",
    failure: { reason: "hand-over-refused" },
  });
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", ""])(
  "a failure for the reason %j is told, and the thread can still be shown",
  async (reason) => {
    const { feature } = await publish(
      outcome(failed({ reason, failure: { reason, detail: 7, known: "x" } })),
    );
    const view = renderView({ ...feature, policy: scene.house.policy });
    expect(view.comments.at(-1)?.markdown).toContain("design ended");
  },
);

test("keys that are an object's own business are documents like any other: not expected", async () => {
  const { kind } = await publish((handOver) => {
    Object.defineProperty(handOver.documents, "__proto__", {
      ...{ value: "# Design", enumerable: true },
    });
  });
  expect(["refused", "published"]).toContain(kind);
  expect(Object.keys(scene.feature().documents)).not.toContain("__proto__");
});

const hostile = "@mary closes #1 ![x](https://evil.example/x.png) <img src=//evil.example> <!-- y";
test.each<[string, object]>([
  [
    "detail of a failure",
    failed({ reason: "unexpected", failure: { reason: "unexpected", detail: hostile } }),
  ],
  [
    "link of a failure",
    failed({
      reason: "run-lost",
      failure: { reason: "run-lost", result: hostile, link: hostile },
    }),
  ],
  [
    "question",
    {
      kind: "questions",
      questions: [
        {
          ...{ id: "Q-1", text: hostile, decides: hostile, default: null },
          options: [{ key: "a", text: hostile }],
        },
      ],
    },
  ],
])("in a %s nobody is called, nothing is closed and nothing fetched", async (_, value) => {
  const { feature } = await publish(outcome(value));
  const view = renderView({ ...feature, policy: scene.house.policy });
  const shown = [view.status, ...view.comments].map((each) => JSON.stringify(each)).join("\n");
  expect(shown).toContain("evil");
  expect(shown).not.toMatch(/@mary|#1(?!\d)|!\[x\]\(https|<img src|<!-- y/);
});
