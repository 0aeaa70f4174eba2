/**
 * One thing wrong in a document: where (both counted from 1, columns in UTF-16 code units), what, and an
 * example of how it should look.
 */
export type Fault = { line: number; column: number; message: string; example: string };

/** What reading a document gives: the value, or everything that is wrong with it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; faults: Fault[] };
