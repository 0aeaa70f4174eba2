import { redact } from "../shared/redact.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { checkDocumentName, findNameClash } from "./check-document-name.ts";
import type { Append, JsonObject, Settled } from "./port.ts";

/** What may be written: secrets taken out, names and texts checked. */
export type Prepared = { events: JsonObject[]; documents: Map<string, string> };

/**
 * The one gate in front of every store. Fails with `path-refused` for a document's name and `not-text` for a
 * text that has no valid UTF-8 form.
 */
export function prepareAppend(append: Append): Result<Prepared> {
  checkIssue(append.issue);
  const documents = new Map<string, string>();
  for (const [name, text] of Object.entries(append.documents)) {
    const rule = checkDocumentName(name);
    if (rule !== null) return fail({ reason: "path-refused", path: name, rule });
    if (!text.isWellFormed()) return fail({ reason: "not-text", path: name });
    documents.set(name, redact(text));
  }
  return succeed({ events: append.events.map((event) => redactAll(event)), documents });
}

/** Refuses documents that would need a name both as a file and as a folder, beside those that are present. */
export function refuseClash(present: Iterable<string>, added: Iterable<string>): Result<null> {
  const clash = findNameClash([...present, ...added]);
  if (clash !== null) {
    const rule = "the name is taken by a document and by a folder";
    return fail({ reason: "path-refused", path: clash, rule });
  }
  return succeed(null);
}

/** Issue numbers go into ref names, so anything else than a positive whole number is a bug of the caller. */
export function checkIssue(issue: number): void {
  if (!Number.isSafeInteger(issue) || issue < 1) throw new RangeError(`no issue number: ${issue}`);
}

/** A day goes into a ref name and an amount into exact sums: anything else is a bug of the caller. */
export function checkSpend(day: string, key: string, micros: number): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`no day: ${day}`);
  checkSettled({ [key]: micros });
}

/** The same for amounts by key. */
export function checkSettled(settled: Settled): void {
  for (const [key, micros] of Object.entries(settled)) checkAmount(key, micros);
}

function checkAmount(key: string, micros: number): void {
  if (key === "" || key.length > 200) throw new RangeError("a key has 1 to 200 characters");
  if (!Number.isSafeInteger(micros) || micros < 0) throw new RangeError(`no amount: ${micros}`);
}

function redactAll(event: JsonObject): JsonObject {
  return redactValue(event) as JsonObject;
}

function redactValue(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  // fromEntries defines properties, so that a key called __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [redact(key), redactValue(member)]),
  );
}
