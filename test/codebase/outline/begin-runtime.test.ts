import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { createOutliner } from "../../../src/codebase/outline/create-outliner.ts";
import { grammarFile, runtimeFile, symbolRows } from "./outline-rows.ts";

const request = { path: "a.go", language: "go", text: "type A struct {\n\tB int\n}\n" } as const;

test("a runtime that cannot be read costs its outliner the grammars, and the next one nothing", async () => {
  const grammar = () => readFile(grammarFile("go"));
  const without = await createOutliner({
    runtime: () => Promise.resolve(new Uint8Array()),
    grammar,
  });
  await without.prepare("go");
  expect(symbolRows(without.outline(request))).toEqual(["1-3 + class A | type A struct"]);
  const outliner = await createOutliner({ runtime: () => readFile(runtimeFile()), grammar });
  await outliner.prepare("go");
  expect(symbolRows(outliner.outline(request))).toEqual([
    "1-3 + class A | type A struct",
    "2 + field A.B | B int",
  ]);
});
