import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { configSchema } from "../../src/config/schema.ts";
import { findBreaches } from "../../src/engine/find-breaches.ts";
import type { House } from "../../src/engine/house.ts";
import { emptySpec, openStage, type Stage } from "../phases/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ "src/a.js": 'import "axios";\n', "src/b.js": "export {};\n" });
});
afterAll(() => stage.close());

const find = async (
  constraints: string | null,
  own: string[],
  changes: Record<string, string | null>,
): Promise<string[]> => {
  const house = {
    workspace: stage.workspace,
    config: configSchema.parse({}),
    progress: () => {},
    signal: new AbortController().signal,
  } as unknown as House;
  const breaches = await findBreaches(house, {
    base: stage.base,
    head: stage.commit(stage.base, changes),
    constraints,
    spec: { ...emptySpec, constraints: own },
    except: "docs/designs/1-a",
  });
  return breaches.map(
    ({ constraint, path, line, why }) => `${constraint.id} ${path}:${line} ${why}`,
  );
};
const never = "- Never import `axios`\n";
const added = { "src/b.js": 'import "axios";\n' };

test.each<[string, string | null, string[], Record<string, string | null>, string[]]>([
  ["no constraints", null, [], added, []],
  [
    "what is new, and not what was there",
    never,
    [],
    { ...added, "src/a.js": 'import "axios";\n\n' },
    ["K-1 src/b.js:1 imports `axios`"],
  ],
  [
    "what the spec itself forbids",
    null,
    ["Never import `axios`."],
    added,
    ["BUILD_01-K-1 src/b.js:1 imports `axios`"],
  ],
  ["a file that is gone breaks nothing", never, [], { "src/a.js": null }, []],
  [
    "the harness's own documents",
    "- Never add files under `docs/`\n",
    [],
    { "docs/designs/1-a/context.md": "a", "docs/b.md": "b" },
    ["K-1 docs/b.md:1 lies where nothing may be added or changed"],
  ],
  ["what only people can tell", "- Be nice\n", [], added, []],
])("%s", async (_name, constraints, own, changes, expected) => {
  expect(await find(constraints, own, changes)).toEqual(expected);
});
