import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { estimateTokenCount } from "tokenx";
import type { Codebase } from "../../src/codebase/codebase.ts";
import { findSymbol } from "../../src/codebase/find-symbol.ts";
import { loadCodebase } from "../../src/codebase/load-codebase.ts";
import { rankForRequest } from "../../src/codebase/rank/rank-for-request.ts";
import { splitWords } from "../../src/codebase/split-words.ts";
import { surveyRepository } from "../../src/codebase/survey-repository.ts";
import type { IndexableSnapshot } from "../../src/workspace/port.ts";
import { openStage, type Stage } from "../phases/stage.ts";
import { signalPlatform } from "./signal-platform.ts";

let stage: Stage;
let repository: { snapshot: IndexableSnapshot };
let codebase: Codebase;
beforeAll(async () => {
  stage = await openStage({
    ...signalPlatform,
    "src/box.ts":
      "export type Box = { lid: string };\nexport const openBox = (box: Box): void => {};\n",
    "src/shop.go": "package shop\n\nfunc (s *Shop) Sell(item Item) error {\n\treturn nil\n}\n",
    "src/Till.java":
      "public class Till {\n  public int countCoins(Coin[] coins) {\n    return 0;\n  }\n}\n",
    "dist/bundle.js": "class BaseCollector {}\nconsumption consumption consumption\n",
    "logo.bin": "\u0000\u0001",
  });
  repository = { snapshot: stage.workspace.snapshot(stage.base) };
  codebase = await loadCodebase(repository.snapshot);
});
afterAll(() => stage.close());

describe("rankForRequest", () => {
  test("ranks what the request is about, gives reasons, leaves generated files out", async () => {
    const query = "Collect consumption signals: a new collector that stores its signals";
    const found = rankForRequest(codebase, query, { top: 5 });
    expect(found[0]?.path).toBe("collectors/base.py");
    expect(found[0]?.reasons.join(" ")).toMatch(/signal ×\d|collect/);
    expect(found.map((file) => file.path)).not.toContain("dist/bundle.js");
    expect(rankForRequest(codebase, query, { top: 5 })).toEqual(found);
  });
  test("a file that is named comes first", async () => {
    const found = rankForRequest(codebase, "collector signals, see schema.sql.", { top: 2 });
    expect(found[0]).toMatchObject({ path: "schema.sql" });
    expect(found[0]?.reasons[0]).toBe("named in the request");
  });
  test.each(["", "zzz qqq", "🙂", "(", "[a"])("finds nothing for %j", async (query) => {
    expect(rankForRequest(codebase, query, { top: 5 })).toEqual([]);
  });
});

describe("splitWords", () => {
  test.each([
    [
      "parseBuildSpec",
      ["parsebuildspec", "parse", "build", "spec"].map((word) => splitWords(word)[0]),
    ],
    ["HTTPServer", [splitWords("httpserver")[0], "http", splitWords("server")[0]]],
    ["collectors collector collecting", Array(3).fill(splitWords("collector")[0])],
    ["the and of 42", []],
    ["信号收集", ["信号", "号收", "收集"]],
  ])("%s", (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

describe("surveyRepository", () => {
  const survey = (budgetTokens: number) =>
    surveyRepository(repository.snapshot, codebase, {
      query: "consumption collector",
      budgetTokens,
      configured: { lint: "ruff check" },
    });
  test("tells tree, manifests, readme, conventions, commands and excerpts", async () => {
    const facts = await survey(8000);
    expect(facts.omitted).toBe(0);
    expect(facts.tree).toContain("logo.bin");
    expect(facts.manifests.map((file) => file.path)).toEqual(["pyproject.toml"]);
    expect(facts.readme?.path).toBe("README.md");
    expect(facts.commands).toMatchObject({ unit: "python3 -m pytest", lint: "ruff check" });
    expect(facts.excerpts).toContainEqual({
      path: "collectors/base.py",
      startLine: 1,
      endLine: 14,
      lines: 14,
      text: signalPlatform["collectors/base.py"]?.trimEnd(),
    });
    const conventions = facts.conventions.join("\n");
    expect(conventions).toContain(
      "`BaseCollector` at `collectors/base.py:5` is extended by 2 classes",
    );
    expect(conventions).toContain("Tests (1 file) stand under `tests/`, named `test_{name}.py`");
    expect(conventions).toContain("Tests use pytest");
    expect(conventions).toContain("`collectors/github.py:7`");
  });
  test.each([0, 100, 400, 1200])("stays within %d tokens", async (budget) => {
    const facts = await survey(budget);
    const texts = [
      ...facts.tree,
      ...facts.manifests.map((file) => file.text),
      facts.readme?.text ?? "",
      ...facts.excerpts.map((file) => file.text),
    ];
    expect(estimateTokenCount(texts.join("\n"))).toBeLessThanOrEqual(budget * 1.1 + 20);
  });
});

describe("findSymbol", () => {
  test.each([
    ["BaseCollector", "collectors/base.py", 5],
    ["BaseCollector.collect", "collectors/base.py", 9],
    ["_build_signal()", "collectors/base.py", 12],
    ["signals", "schema.sql", 2],
    ["signals.metadata", "schema.sql", 7],
    ["Box", "src/box.ts", 1],
    ["openBox", "src/box.ts", 2],
    ["Sell", "src/shop.go", 3],
    ["Till.countCoins", "src/Till.java", 2],
    ["TestGithubCollector", "tests/test_github.py", 6],
  ])("%s", async (name, path, line) => {
    expect(await findSymbol(repository.snapshot, name)).toMatchObject({ path, line });
  });
  test.each([
    "ConsumptionCollector",
    "Collector",
    "a b",
    "",
    ".*",
    "BaseCollector.sell",
    "$(x)",
    "token",
  ])("nothing declares %j", async (name) => {
    expect(await findSymbol(repository.snapshot, name)).toBeNull();
  });
});
