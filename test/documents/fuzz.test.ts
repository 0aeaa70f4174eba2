import { expect, test } from "@jest/globals";
import { fuzzDocuments } from "./fuzz-documents.ts";

// The full run is `npm run fuzz`; both use the same documents.
test("mutated documents neither crash nor come back different", () => {
  const report = fuzzDocuments(300, 1);
  expect(report.crashes).toEqual([]);
  expect(report.accepted + report.refused).toBe(300);
  expect(report.accepted).toBeGreaterThan(20);
  expect(report.refused).toBeGreaterThan(20);
});
