import type { Failure } from "./failure.ts";

/** What an operation that may fail in an expected way returns. Bugs throw; expected failures are values. */
export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F };

export const succeed = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const fail = <F>(failure: F): { ok: false; failure: F } => ({ ok: false, failure });
