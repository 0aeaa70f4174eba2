import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { compareMarked, openShop } from "./run-marked.ts";
import { shopRepository } from "./shop-repository.ts";

const folder = join(import.meta.dirname, "documents");
const kinds = ["file-exists", "file-new", "quote", "symbol", "signature", "dependency", "command"];

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop(shopRepository);
}, 60_000);
afterAll(() => shop.close());

// `<kind>.md` and `<kind>-<what>.md` are about this kind alone; every claim of that kind is marked, true ones too.
test.each(
  readdirSync(folder).flatMap((name) => {
    const kind = kinds.find((one) => name === `${one}.md` || name.startsWith(`${one}-of-`));
    return kind === undefined ? [] : [[name, kind] as const];
  }),
)("%s: every %s is judged as it is marked", async (name, kind) => {
  expect(await compareMarked(join(folder, name), shop.ground, [kind])).toEqual([]);
});

test("each kind has a document", () => {
  const names = readdirSync(folder);
  expect(kinds.filter((kind) => !names.includes(`${kind}.md`))).toEqual([]);
});
