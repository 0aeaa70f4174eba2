import assert from "node:assert/strict";
import { test } from "node:test";
import { formatText } from "../src/format-text.ts";

test("prints a block with its total for each invoice", () => {
  const lines = [{ description: "Descaling", quantity: 3, unitCents: 7900 }];
  const text = formatText([
    { number: "7", customer: "Harbour Café", issued: "2026-03-11", currency: "EUR", lines },
  ]);
  assert.equal(text, "7  Harbour Café  2026-03-11\n  3 × Descaling  237.00\n  total 237.00 EUR\n");
});
