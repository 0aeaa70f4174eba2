const TEST_FOLDER = /(^|\/)(tests?|__tests__|specs?|e2e|testing)\//i;
const TEST_NAME = [
  /[._-](test|tests|spec|specs|e2e)\.[^/.]+(\.snap)?$/i,
  /(^|\/)test[_-][^/]+\.[^/.]+$/i,
  /(^|\/)[^/]*[a-z0-9](Test|Tests|IT|Spec)\.(java|kt|kts|scala|groovy|cs|fs|vb|swift|php)$/,
  /(^|\/)conftest\.py$/,
];

/** Whether a path is a test or what a test stands on (its fixtures and helpers), by the customs of the common languages. */
export const isTestFile = (path: string): boolean =>
  TEST_FOLDER.test(path) || TEST_NAME.some((pattern) => pattern.test(path));
