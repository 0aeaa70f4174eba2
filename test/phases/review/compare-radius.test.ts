import { describe, expect, test } from "@jest/globals";
import { parseMarkdown } from "../../../src/documents/parse-markdown.ts";
import { foresee } from "../../../src/engine/foresee.ts";
import { compareRadius, type Foresight } from "../../../src/phases/review/compare-radius.ts";
import { openShop } from "../../codebase/blast/shop.ts";
import { load } from "../../codebase/index/load-sample.ts";

const files = (...paths: string[]) => paths.map((path) => ({ path, from: null }));
const plan = (...paths: string[]) => ({
  spec: {
    files: paths.map((path) => ({
      path,
      action: "modify" as const,
      to: null,
      purpose: "",
      edits: [],
    })),
  },
  deviations: [],
});
const foresight: Foresight = {
  asked: 1,
  expected: [
    { path: "db/schema.sql", origin: "src/cart.ts", share: { together: 4, of: 5 } },
    { path: "test/cart.test.ts", origin: "src/cart.ts", share: null },
  ],
  reach: ["db/schema.sql", "test/cart.test.ts", "src/page.ts"],
};

describe("what was predicted against what changed", () => {
  test("predicted and untouched, touched and unpredicted, each with its reason", () => {
    const [section] = compareRadius(
      plan("src/cart.ts"),
      foresight,
      files("src/cart.ts", "src/odd.ts", "src/page.ts", "package-lock.json"),
    );
    expect(section).toEqual({
      heading: "Blast radius",
      body: `2 of 3 touched files were planned or within reach of the plan; 2 that mostly change with them or test them were left alone.

- predicted and untouched: \`db/schema.sql\` (changed with \`src/cart.ts\` in 4 of its 5 commits)
- predicted and untouched: \`test/cart.test.ts\` (named after \`src/cart.ts\`)
- touched and unpredicted: \`src/odd.ts\``,
    });
  });
  test("nothing to wonder at", () => {
    const [section] = compareRadius(
      plan("src/cart.ts"),
      { ...foresight, expected: [] },
      files("src/cart.ts"),
    );
    expect(section?.body).toBe(
      "1 of 1 touched files were planned or within reach of the plan; nothing that mostly changes with them was left alone.",
    );
  });
  test("a recorded deviation is said to be one, and a renamed file is known by both names", () => {
    const deviation = { spec: "BUILD_01", step: "S-1", what: "", why: "", paths: ["src/odd.ts"] };
    const facts = { ...plan("src/cart.ts"), deviations: [deviation] };
    const touched = [...files("src/odd.ts"), { path: "src/new.ts", from: "src/cart.ts" }];
    const [section] = compareRadius(facts, foresight, touched);
    expect(section?.body).toContain("`src/odd.ts` (recorded as a deviation)");
    expect(section?.body).not.toContain("unpredicted: `src/cart.ts`");
  });
  test("a plan of new files alone foresees nothing, and no section is written", () => {
    expect(
      compareRadius(plan("src/new.ts"), { asked: 0, expected: [], reach: [] }, files("src/new.ts")),
    ).toEqual([]);
  });
  test("paths begin nothing in the report", () => {
    const odd = "a`b|*c* <!-- @org #1.ts";
    const [section] = compareRadius(
      plan("src/cart.ts"),
      { ...foresight, expected: [{ path: odd, origin: odd, share: null }] },
      files(odd.replace("a", "z")),
    );
    const root = parseMarkdown(section?.body ?? "");
    expect(root.children.map(({ type }) => type)).toEqual(["paragraph", "list"]);
    expect(JSON.stringify(root)).not.toMatch(/"type":"(?:html|emphasis|link)"/);
  });
});

test("the code before the change foresees what changes and tests what the plan touches", async () => {
  const sample = openShop();
  const codebase = await load(sample);
  sample.remove();
  const seen = foresee(codebase, plan("src/store/cart.ts", "src/new.ts").spec);
  expect(seen.asked).toBe(1);
  expect(seen.expected.map(({ path }) => path)).toEqual([
    "db/schema.sql",
    "docs/cart.md",
    "test/flow.test.ts",
  ]);
  expect(seen.reach).toContain("src/web/page.ts");
});
