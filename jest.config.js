export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": "<rootDir>/test/strip-types.js" },
  setupFilesAfterEnv: ["<rootDir>/test/setup.ts"],
  testTimeout: 60_000,
  coverageProvider: "v8",
  collectCoverageFrom: ["src/**/*.ts", "action/**/*.ts"],
};
