const tools: readonly (readonly [string, RegExp])[] = [
  ["jest", /^(?:jest|@jest\/globals)$/],
  ["vitest", /^vitest$/],
  ["node:test", /^node:test$/],
  ["mocha", /^mocha$/],
  ["chai", /^chai$/],
  ["tap", /^(?:tap|tape|@tapjs\/.*)$/],
  ["ava", /^ava$/],
  ["Playwright", /^@playwright\/test$/],
  ["Cypress", /^cypress$/],
  ["pytest", /^pytest$/],
  ["unittest", /^unittest(?:\.mock)?$/],
  ["testing", /^testing$/],
  ["testify", /\/testify\//],
  ["ginkgo", /\/ginkgo\//],
  ["JUnit 5", /^org\.junit\.jupiter\b/],
  ["JUnit 4", /^org\.junit\.(?:Test|Before|After|Assert|Rule|runner)\b|^org\.junit\.\*?$/],
  ["TestNG", /^org\.testng\b/],
  ["xUnit", /^Xunit\b/],
  ["NUnit", /^NUnit\b/],
  ["PHPUnit", /^PHPUnit\b/],
  ["RSpec", /^(?:rspec|spec_helper|rails_helper)\b/],
  ["Minitest", /^minitest\b|^test_helper$/],
  ["GoogleTest", /gtest\/gtest\.h$/],
  ["Catch2", /^catch2?\//],
];

/** Libraries that only tests need, though tests are not written with them alone. */
const companions =
  /^(?:(?:node:)?assert(?:\/strict)?|should|expect(?:\.js)?|supertest|sinon|enzyme|nock|hamcrest|org\.(?:mockito|assertj|hamcrest)\b.*|mock|hypothesis)$/;

/** The tool for tests that an import brings in; null where it is none. */
export const testToolOf = (specifier: string): string | null =>
  tools.find(([, pattern]) => pattern.test(specifier))?.[0] ?? null;

/** Whether an import is what one would expect of a test. */
export const isOfTests = (specifier: string): boolean =>
  testToolOf(specifier) !== null || companions.test(specifier);
