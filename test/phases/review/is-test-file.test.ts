import { describe, expect, test } from "@jest/globals";
import { isTestFile } from "../../../src/phases/review/is-test-file.ts";

describe("what is a test file", () => {
  test.each([
    "src/reader.test.ts",
    "src/reader.spec.jsx",
    "test/reader.ts",
    "tests/fixtures/input.json",
    "pkg/__tests__/reader.js",
    "pkg/reader_test.go",
    "tools/test_reader.py",
    "conftest.py",
    "src/test/java/ReaderTest.java",
    "src/ReaderTests.cs",
    "src/__snapshots__/reader.test.ts.snap",
    "spec/models/reader_spec.rb",
  ])("%s is", (path) => {
    expect(isTestFile(path)).toBe(true);
  });

  test.each([
    "src/reader.ts",
    "src/contest.ts",
    "src/latest.ts",
    "docs/testing.md",
    "src/attest/key.go",
    "manifest.json",
  ])("%s is not", (path) => {
    expect(isTestFile(path)).toBe(false);
  });
});
