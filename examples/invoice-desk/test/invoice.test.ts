import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCents, invoiceTotal } from "../src/invoice.ts";

test("formats cents without floating point", () => {
  assert.equal(formatCents(123456), "1234.56");
  assert.equal(formatCents(5), "0.05");
  assert.equal(formatCents(-250), "-2.50");
});

test("sums the lines of an invoice", () => {
  const lines = [
    { description: "a", quantity: 2, unitCents: 2450 },
    { description: "b", quantity: 1, unitCents: 18900 },
  ];
  const invoice = { number: "1", customer: "c", issued: "", currency: "EUR", lines };
  assert.equal(invoiceTotal(invoice), 23800);
});
