import type { Failure } from "../../shared/failure.ts";

/** By its shape: an error of the system may come from another realm, where `instanceof` says no. */
export const codeOf = (error: unknown): string | null =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : null;

/**
 * A file-system error as a failure: `disk-full` for a full disk or quota, `git-failed` with the system's code
 * for a missing right, a read-only disk or an entry of the wrong kind. Anything without a code is a bug and is thrown again.
 */
export function failureOfError(error: unknown, action: string, path: string): Failure {
  const code = codeOf(error);
  if (code === null) throw error;
  if (code === "ENOSPC" || code === "EDQUOT") return { reason: "disk-full", path };
  return { reason: "git-failed", command: action, detail: `${code}: ${path}` };
}

/** As `failureOfError`, of the folder where all our own things lie: without the right to write there nothing can begin. */
export function failureOfStorage(error: unknown, path: string): Failure {
  const code = codeOf(error) ?? "";
  if (["EROFS", "EACCES", "EPERM"].includes(code)) return { reason: "not-writable", path, code };
  return failureOfError(error, "create the storage", path);
}

/** Whether an error says that a file or folder is not there. */
export const isMissing = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "");
