import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import type { Language } from "../../../src/codebase/codebase.ts";
import { createOutliner } from "../../../src/codebase/outline/create-outliner.ts";
import { grammarFile, outlinerOf, runtimeFile, symbolRows } from "./outline-rows.ts";

const text = "class A {\n  run(): void {}\n}\n";
const request = { path: "a.ts", language: "typescript", text } as const;
const BY_GRAMMAR = ["1-3 - class A | class A", "2 - method A.run | run(): void"];
const BY_LOOK = ["1-3 - class A | class A"];

test("a language that was not prepared is read by the look of its lines", async () => {
  const outliner = await outlinerOf("python");
  expect(symbolRows(outliner.outline(request))).toEqual(BY_LOOK);
});

test("a grammar is loaded once, however often it is asked for", async () => {
  const asked: Language[] = [];
  const outliner = await createOutliner({
    runtime: () => readFile(runtimeFile()),
    grammar(language) {
      asked.push(language);
      return readFile(grammarFile(language));
    },
  });
  await Promise.all([outliner.prepare("typescript"), outliner.prepare("typescript")]);
  await outliner.prepare("typescript");
  expect(asked).toEqual(["typescript"]);
  expect(symbolRows(outliner.outline(request))).toEqual(BY_GRAMMAR);
});

const failures: [string, () => Promise<Uint8Array>][] = [
  ["is missing", () => Promise.reject(new Error("no such file"))],
  ["is no module", () => Promise.resolve(new Uint8Array([1, 2, 3]))],
];

test.each(failures)(
  "a grammar that %s is not asked for again, and its language is read by look",
  async (_what, grammar) => {
    let asked = 0;
    const outliner = await createOutliner({
      runtime: () => readFile(runtimeFile()),
      grammar() {
        asked += 1;
        return grammar();
      },
    });
    await outliner.prepare("typescript");
    await outliner.prepare("typescript");
    expect(asked).toBe(1);
    expect(symbolRows(outliner.outline(request))).toEqual(BY_LOOK);
  },
);

test("a component is read by the grammar of its scripts, on its own lines", async () => {
  const outliner = await outlinerOf("typescript");
  const vue =
    '<template>\n  <p>{{ a }}</p>\n</template>\n<script lang="ts">\nexport const a = () => 1;\n</script>\n';
  const outline = outliner.outline({ path: "a.vue", language: null, text: vue });
  expect(symbolRows(outline)).toEqual(["5 + function a | export const a = ()"]);
});
