import type { Codebase } from "../../../src/codebase/codebase.ts";
import type { PastCommit } from "../../../src/workspace/port.ts";
import { givenCodebase } from "../conventions/given-codebase.ts";

export const commit = (...paths: string[]): PastCommit => ({
  id: paths.join(),
  at: 0,
  subject: "",
  paths,
});

/** A shop in four folders: `web` over `shop` over `store`, and `store` and `log` in a ring. */
export function givenShop(over: { shallow?: boolean; evil?: string } = {}): Codebase {
  const evil = over.evil ?? "web";
  const folders = [evil, "shop", "store", "log"];
  const paths = folders.flatMap((folder) =>
    ["a", "b", "c"].map((name) => `src/${folder}/${name}.ts`),
  );
  const edges = [
    [`src/${evil}/a.ts`, `src/${evil}/b.ts`],
    [`src/${evil}/a.ts`, "src/shop/a.ts"],
    [`src/${evil}/b.ts`, "src/shop/a.ts"],
    ["src/shop/a.ts", "src/shop/b.ts"],
    ["src/shop/b.ts", "src/shop/c.ts"],
    ["src/shop/a.ts", "src/store/a.ts"],
    ["src/store/a.ts", "src/store/b.ts"],
    ["src/store/a.ts", "src/log/a.ts"],
    ["src/store/b.ts", "src/log/a.ts"],
    ["src/log/a.ts", "src/store/c.ts"],
    ["src/log/a.ts", "src/log/b.ts"],
    ["test/shop.test.ts", "src/shop/a.ts"],
    ["test/all.test.ts", "src/shop/b.ts"],
    ["test/all.test.ts", "src/store/b.ts"],
  ] as const;
  return givenCodebase({
    files: {
      ...Object.fromEntries(paths.map((path) => [path, { lines: 10 }])),
      "src/shop/b.ts": { lines: 400 },
      "test/shop.test.ts": "",
      "test/all.test.ts": "",
      "docs/a.md": "",
    },
    edges: edges.map(([from, to], index) => ({ from, to, line: index + 1 })),
    history: {
      shallow: over.shallow ?? false,
      commits: [
        ...Array.from({ length: 5 }, () => commit("src/shop/b.ts", "src/store/c.ts")),
        ...Array.from({ length: 4 }, () => commit("src/shop/a.ts", "src/shop/b.ts")),
        commit("src/log/c.ts"),
      ],
    },
    owners: { "src/shop/a.ts": ["@sellers"] },
  });
}
