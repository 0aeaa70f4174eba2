import type { z } from "zod";

/**
 * How a document looks, said once as data. One reader (`read-document.ts`), one writer
 * (`write-document.ts`) and one normaliser (`normalize-document.ts`) walk these descriptions, so that the
 * six documents cannot drift apart from each other or from themselves.
 */

/** A piece of one line. `text` takes the rest of the line, so it can only come last. */
export type Part =
  | { kind: "literal"; value: string }
  | { kind: "word"; field: string; of: readonly string[] }
  | { kind: "words"; field: string; of: readonly string[] }
  | { kind: "atom"; field: string; ticks: boolean; nullable: boolean }
  | { kind: "atoms"; field: string; ticks: boolean }
  | { kind: "text"; field: string; nullable: boolean }
  | { kind: "box"; field: string }
  | { kind: "flag"; field: string }
  | { kind: "number"; field: string; whole: boolean; nullable: boolean }
  /** `path:line` or `path:start-end` in one code span. */
  | { kind: "place"; fields: readonly [string, string] | readonly [string, string, string] }
  /** Present only when the field is not null; begins with a literal. */
  | { kind: "optional"; field: string; parts: readonly Part[] };

/** A sub-bullet `- key: …` of an item. */
export type Field =
  /** One line. Where `absent` is given the bullet may be missing and stands for these values. */
  | { kind: "line"; key: string; parts: readonly Part[]; absent?: Record<string, unknown> }
  /** A fenced block of exact text below the key. */
  | { kind: "fence"; key: string; field: string }
  /** The same key once for each string of a list. */
  | { kind: "texts"; key: string; field: string }
  /** A record of fields, opened by the first key: a list of them, or at most one (null when absent). */
  | { kind: "group"; field: string; fields: readonly Field[]; many: boolean };

export type Column = { title: string; part: Part };

export type Section = { heading: string; field: string; required?: boolean; example: string } & (
  | { kind: "prose" }
  /** One fenced block. */
  | { kind: "fence"; info: string }
  /** Strings, one a bullet. */
  | { kind: "bullets"; part: Part }
  /** Records, one a bullet. */
  | { kind: "items"; line: readonly Part[]; fields: readonly Field[] }
  /** Records, one a row. */
  | { kind: "table"; columns: readonly Column[] }
  /** Records, one a heading of the next depth. */
  | { kind: "blocks"; block: Block }
  /** One record of `- key: value` bullets. */
  | { kind: "record"; fields: readonly Field[] }
);

/** A heading line and what stands under it: bullets of fields, then prose, then sections one depth below. */
export type Block = {
  line: readonly Part[];
  fields: readonly Field[];
  /** Field that takes the prose below the bullets; null where none is expected. */
  body: string | null;
  sections: readonly Section[];
  example: string;
};

export type Layout<T> = Block & { kind: string; version: number; schema: z.ZodType<T> };

export const is = (value: string): Part => ({ kind: "literal", value });
export const word = (field: string, of: readonly string[]): Part => ({ kind: "word", field, of });
export const words = (field: string, of: readonly string[]): Part => ({ kind: "words", field, of });
export const text = (field: string, nullable = false): Part => ({ kind: "text", field, nullable });
export const box = (field: string): Part => ({ kind: "box", field });
export const flag = (field: string): Part => ({ kind: "flag", field });
/** A name that is bare when simple (`AC-1`), else in a code span. */
export const atom = (field: string, nullable = false): Part => ({
  kind: "atom",
  field,
  ticks: false,
  nullable,
});
/** A path or name that is always written in a code span. */
export const code = (field: string, nullable = false): Part => ({
  kind: "atom",
  field,
  ticks: true,
  nullable,
});
export const atoms = (field: string): Part => ({ kind: "atoms", field, ticks: false });
export const codes = (field: string): Part => ({ kind: "atoms", field, ticks: true });
export const whole = (field: string, nullable = false): Part => ({
  kind: "number",
  field,
  whole: true,
  nullable,
});
export const number = (field: string): Part => ({
  kind: "number",
  field,
  whole: false,
  nullable: false,
});
