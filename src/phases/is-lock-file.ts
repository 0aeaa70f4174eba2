const LOCK_FILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock|uv\.lock|poetry\.lock|Pipfile\.lock|go\.sum|Cargo\.lock|Gemfile\.lock|composer\.lock)$/;

/** Whether a file is written by an installer beside a manifest: it changes with the dependencies and nobody edits it. */
export const isLockFile = (path: string): boolean => LOCK_FILE.test(path);
