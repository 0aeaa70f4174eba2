const generated =
  /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|out|target|coverage|\.git|\.venv|venv|__pycache__|\.next|\.yarn)\//;
const dull =
  /(?:\.min\.(?:js|css)|\.map|\.snap|\.svg|\.lock|\.lockb|\.sum|\.ipynb|\.csv|\.tsv|\.pdf|\.png|\.jpe?g|\.gif|\.ico|\.woff2?|\.zip|\.gz)$|(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|npm-shrinkwrap\.json|LICENSE[^/]*|COPYING)$/i;

/** Whether people wrote this file to be read: not generated, vendored, locked or binary, by its path alone. */
export const isWorthReading = (path: string): boolean => !generated.test(path) && !dull.test(path);

/** Whether a path is a test by the customs of the common languages. */
export const isTestPath = (path: string): boolean =>
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e)\//i.test(path) ||
  /(?:\.(?:test|spec)\.[cm]?[jt]sx?|_test\.(?:go|py|rb|exs?)|_spec\.rb|(?:^|\/)test_[^/]+\.py|Tests?\.(?:java|kt|cs|swift))$/.test(
    path,
  );

const source =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|kts|swift|rb|php|cs|cpp|cc|cxx|c|h|hpp|scala|clj|ex|exs|erl|hs|ml|lua|dart|vue|svelte|sql|sh|zig|nim|jl|r)$/i;

export const isSourcePath = (path: string): boolean => source.test(path);
