import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { platformRepository } from "./platform-repository.ts";
import { compareMarked, openShop } from "./run-marked.ts";

const folder = join(import.meta.dirname, "pattern-documents");
const kinds = [
  "base-class",
  "table",
  "route",
  "config-key",
  "environment",
  "test-path",
  "test-strategy",
  "twin-symbol",
  "twin-table",
  "twin-module",
  "twin-dependency",
];

let platform: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  platform = await openShop(platformRepository);
}, 60_000);
afterAll(() => platform.close());

// `<kind>.md` and `<kind>-of-<what>.md` are about this kind alone, `seed-000….md` about all: every claim of them is marked.
test.each(readdirSync(folder).map((name) => [name]))(
  "%s is judged as it is marked",
  async (name) => {
    const kind = kinds.find((one) => name === `${one}.md` || name.startsWith(`${one}-of-`));
    const about = kind === undefined ? kinds : [kind];
    expect(await compareMarked(join(folder, name), platform.ground, about)).toEqual([]);
  },
);

test("each kind has a document", () => {
  const names = readdirSync(folder);
  expect(kinds.filter((kind) => !names.includes(`${kind}.md`))).toEqual([]);
});
