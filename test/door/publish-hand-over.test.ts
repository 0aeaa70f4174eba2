import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type HandOverScene, openHandOverScene } from "./hand-over-scene.ts";

// Hand-overs of phases that really ran, forged before they are published: nothing of a forged one may reach the ledger as a result.

type Loose = { [key: string]: Loose } & Loose[];
type Forgery = readonly [string, (handOver: Loose) => void, RegExp];
const set = (path: string, value: unknown) => (handOver: Loose) => {
  const names = path.split("/");
  const last = names.pop() ?? "";
  const parent = names.reduce((node, name) => node[name] as Loose, handOver);
  (parent as Record<string, unknown>)[last] = value;
};

const document = (name: string, text: string) => (handOver: Loose) => {
  (handOver.documents as unknown as Record<string, string>)[name] = text;
};

let scene: HandOverScene;

const publish = async () => {
  const published = await scene.publish();
  if (!published.ok) throw new Error(JSON.stringify(published.failure));
  return published.value;
};

async function expectRefused(change: (handOver: Loose) => void, detail: RegExp): Promise<void> {
  scene.forge(change as never);
  const { kind, failure, feature, lease } = await publish();
  expect(kind).toBe("refused");
  expect(failure).toMatchObject({ reason: "hand-over-refused" });
  expect(JSON.stringify(failure)).toMatch(detail);
  expect(feature.state.leases).toEqual([]);
  expect(feature.events.at(-1)).toMatchObject({ type: "PhaseFailed", reason: "hand-over-refused" });
  // What it claims to have spent is not believed either: all that it had reserved counts.
  expect(feature.state.money.spent.micros).toBeGreaterThanOrEqual(lease?.reserved.micros ?? -1);
}

describe("of a design", () => {
  beforeEach(async () => {
    scene = await openHandOverScene();
    await scene.run();
  }, 60_000);
  afterEach(() => scene.close());

  test("is published once, and again changes nothing", async () => {
    const first = await publish();
    expect(first).toMatchObject({ kind: "published", failure: null });
    expect(first.started.map(({ phase }) => phase)).toEqual(["validate"]);
    const again = await publish();
    expect(again).toMatchObject({ kind: "published-before", started: [] });
    expect(again.feature.head).toBe(first.feature.head);
  });

  const forgeries: readonly Forgery[] = [
    ["another issue", set("issue", 13), /issue 13/],
    ["another repository", set("repository", "mallory/shop"), /mallory/],
    ["another lease", set("lease/nonce", "f".repeat(64)), /another lease/],
    [
      "more money than was reserved",
      set("lease/reserved/micros", 9e9),
      /lease is not the ledger's/,
    ],
    ["a longer lease", set("lease/expiresAt", "2099-01-01T00:00:00Z"), /lease is not the ledger's/],
    [
      "the end of another phase",
      set("outcome", {
        kind: "built",
        branch: "main",
        base: "a",
        head: "b",
        commits: 1,
        checkpoints: [],
        deviations: 0,
      }),
      /cannot end as built/,
    ],
    ["an outcome that there is not", set("outcome/kind", "merged"), /outcome/],
    [
      "a plan with another hash",
      set("outcome/plan/hash", "0".repeat(64)),
      /not what its documents say/,
    ],
    [
      "a plan on another base",
      set("outcome/plan/base", "c".repeat(40)),
      /not what its documents say/,
    ],
    ["another revision", set("outcome/plan/revision", 7), /revision 7/],
    ["a document that does not parse", set("documents/design.md", "# Design"), /design.md/],
    [
      "a spec that was swapped",
      (all) =>
        set(
          "documents/BUILD_01.md",
          String(all.documents?.["BUILD_01.md"]).replace("CSV", "XML"),
        )(all),
      /not what its documents say/,
    ],
    [
      "a record that the design does not hold",
      document("adrs/999-mine.md", "# Mine"),
      /not those of the plan/,
    ],
    [
      "a workflow among the documents",
      document(".github/workflows/x.yml", "on: push"),
      /not those of the plan/,
    ],
    ["context that is none", set("documents/context.md", "hello"), /context.md/],
    ["negative tokens", set("spent/0/input", -5), /negative/],
    ["negative money", set("spent/0/micros", -5), /micros/],
    ["absurd tokens", set("spent/0/output", 2 ** 52), /negative or absurd/],
    ["commits", set("refs", { "refs/heads/main": "a".repeat(40) }), /only a build brings commits/],
    ["a key that nobody knows", set("approve", true), /approve|unrecognized/i],
  ];
  test.each(forgeries)("with %s is refused", async (_name, change, detail) => {
    await expectRefused(change, detail);
  });

  test("that is no JSON, or a folder, is refused", async () => {
    writeFileSync(join(scene.folder, "h/hand-over.json"), "{");
    const { kind, failure } = await publish();
    expect([kind, failure?.reason]).toEqual(["refused", "hand-over-refused"]);
  });

  test("that is missing ends the phase as lost, and what was reserved counts as spent", async () => {
    rmSync(join(scene.folder, "h"), { recursive: true });
    const { kind, failure, feature, lease } = await publish();
    expect(kind).toBe("lost");
    expect(failure).toMatchObject({
      reason: "run-lost",
      result: "the job phase ended as cancelled",
    });
    expect(feature.state.money.spent.micros).toBe(lease?.reserved.micros);
    expect(feature.events.at(-1)).toMatchObject({ type: "PhaseFailed", reason: "run-lost" });
  });

  test("that comes after a person's /cancel is kept, and applied to nothing", async () => {
    await scene.say("/cancel");
    const late = await publish();
    expect(late.kind).toBe("kept-late");
    expect(late.feature.state).toMatchObject({ status: "cancelled", plan: null });
    expect(Object.keys(late.feature.documents).some((name) => name.startsWith("late/"))).toBe(true);
  });

  test("that is forged and late changes nothing at all", async () => {
    await scene.say("/cancel");
    const { head } = scene.feature();
    scene.forge(set("spent/0/input", -5) as never);
    expect((await publish()).kind).toBe("superseded");
    expect(scene.feature().head).toBe(head);
  });
});

describe("of a build", () => {
  const file = () => join(scene.folder, "h/hand-over.json");
  let honest: string;
  beforeAll(async () => {
    scene = await openHandOverScene();
    for (const _phase of ["design", "validate"]) {
      await scene.run();
      await publish();
    }
    await scene.say(`/approve ${scene.feature().state.plan?.hash}`);
    await scene.run();
    honest = readFileSync(file(), "utf8");
  }, 180_000);
  afterAll(() => scene.close());

  const work = "refs/archwright/work/12/BUILD_01-1";
  const forgeries: readonly Forgery[] = [
    ["another branch", set("outcome/branch", "main"), /branch must be archwright/],
    ["another base", set("outcome/base", "d".repeat(40)), /another base/],
    [
      "a head that it does not bring",
      set("outcome/head", "d".repeat(40)),
      /d{12}|not in the bundle|missing/,
    ],
    [
      "the ref of another attempt",
      (all) => set("refs", { [`${work}0`]: all.refs?.[work] })(all),
      /not this attempt's/,
    ],
    [
      "a branch among its refs",
      (all) => set("refs", { "refs/heads/main": all.refs?.[work] })(all),
      /not this attempt's/,
    ],
    ["a plan among its documents", set("documents/design.md", "# Design"), /design.md/],
  ];
  test.each(forgeries)("with %s is refused", async (_name, change, detail) => {
    writeFileSync(file(), honest);
    scene.forge(change as never);
    const judged = await scene.judge();
    expect(judged).toMatchObject({ ok: false, failure: { reason: "hand-over-refused" } });
    expect(JSON.stringify(judged)).toMatch(detail);
    expect(scene.stage.git("for-each-ref", "refs/archwright", "refs/heads/archwright")).toBe("");
  });

  test("that is honest brings rebuilt commits of ours, on the branch of its spec", async () => {
    writeFileSync(file(), honest);
    const claimed = JSON.parse(honest).outcome.head;
    const { kind, feature } = await publish();
    expect(kind).toBe("published");
    const build = feature.state.specs.BUILD_01?.build;
    expect(build?.branch).toMatch(/^archwright\/12-/);
    expect(build?.head).not.toBe(claimed);
    const { git, base } = scene.stage;
    const authors = git("log", "--format=%an <%ae>", `${base}..${build?.head}`).split("\n");
    expect(new Set(authors)).toEqual(
      new Set(["builder[bot] <1+builder[bot]@users.noreply.github.com>"]),
    );
    expect(git("rev-parse", "refs/archwright/work/12/BUILD_01-1")).toBe(build?.head);
    expect(git("diff", "--stat", claimed, build?.head ?? "")).toBe("");
  }, 120_000);
});

describe("of a run that does not hold the lease", () => {
  beforeEach(async () => {
    scene = await openHandOverScene();
    await scene.run();
    rmSync(join(scene.folder, "h"), { recursive: true });
  }, 60_000);
  afterEach(() => scene.close());

  test("nothing is said to be lost", async () => {
    const { nonce } = scene.lease();
    await scene.claim("actions:99:1");
    const published = await publish();
    expect(published.kind).toBe("superseded");
    expect(published.feature.state.leases.map((lease) => lease.nonce)).toEqual([nonce]);
  });
});
