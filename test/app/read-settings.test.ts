import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "@jest/globals";
import { readSettings } from "../../src/app/read-settings.ts";
import { privateKey } from "./deliver.ts";
import { environmentOf } from "./open-app.ts";

const base = environmentOf("/tmp/nowhere");
const settingsOf = (change: Record<string, string>) => {
  const read = readSettings({ ...base, ...change });
  if (read.kind !== "ready") throw new Error(JSON.stringify(read));
  return read.settings;
};
const problemsOf = (change: Record<string, string>): readonly string[] => {
  const read = readSettings({ ...base, ...change });
  return read.kind === "invalid" ? read.problems : [read.kind];
};

test("a private key is taken as a PEM, in one line, or in base64", () => {
  const key = privateKey();
  const forms = [key, key.replaceAll("\n", "\\n"), `"${key}"`, Buffer.from(key).toString("base64")];
  for (const form of forms) {
    const { builder } = settingsOf({ PRIVATE_KEY: form });
    expect(builder.privateKey.trim()).toBe(key.trim());
  }
});

test("a key that is none is said to be none, and never shown", () => {
  const { privateKey: wrong } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const [problem = ""] = problemsOf({ PRIVATE_KEY: wrong });
  expect(problem).toMatch(/^PRIVATE_KEY is not an RSA key/);
  expect(problem).not.toContain(wrong.split("\n")[1]);
  expect(problemsOf({ PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere.pem" })[0]).toMatch(
    /^PRIVATE_KEY_PATH: the file cannot be read \(ENOENT\)/,
  );
});

test("one setting leads to a GitHub Enterprise Server", () => {
  const none = { GITHUB_API_URL: "" };
  expect(settingsOf(none)).toMatchObject({
    apiUrl: "https://api.github.com",
    serverUrl: "https://github.com",
  });
  const expected = {
    apiUrl: "https://github.example.com/api/v3",
    serverUrl: "https://github.example.com",
  };
  expect(settingsOf({ ...none, GHE_HOST: "github.example.com" })).toMatchObject(expected);
  expect(settingsOf({ GITHUB_API_URL: `${expected.apiUrl}/` })).toMatchObject(expected);
  const plain = settingsOf({ ...none, GHE_HOST: "ghe:8080", GHE_PROTOCOL: "http" });
  expect(plain.apiUrl).toBe("http://ghe:8080/api/v3");
  expect(problemsOf({ GHE_HOST: "https://github.example.com" })[0]).toMatch(/^GHE_HOST must be/);
  expect(problemsOf({ GITHUB_API_URL: "github.example.com" })[0]).toMatch(/^GITHUB_API_URL must/);
});

test("the second App is taken whole or not at all, and must be another one", () => {
  const key = privateKey();
  expect(settingsOf({}).reviewer).toBeNull();
  const both = { REVIEWER_APP_ID: "999", REVIEWER_PRIVATE_KEY: key };
  expect(settingsOf(both).reviewer?.id).toBe(999);
  expect(settingsOf(both).secrets.includes(key.trim())).toBe(true);
  expect(problemsOf({ REVIEWER_APP_ID: "999" })[0]).toMatch(/^REVIEWER_PRIVATE_KEY is missing/);
  expect(problemsOf({ REVIEWER_PRIVATE_KEY: key })[0]).toMatch(/^REVIEWER_APP_ID is missing/);
  expect(problemsOf({ ...both, REVIEWER_APP_ID: "12345" })[0]).toMatch(
    /^REVIEWER_APP_ID is the same/,
  );
});

test("a secret that everybody knows is refused, and production has no page of set-up", () => {
  expect(problemsOf({ WEBHOOK_SECRET: "development" })[0]).toMatch(/^WEBHOOK_SECRET is/);
  expect(readSettings({}).kind).toBe("setup");
  const production = readSettings({ NODE_ENV: "production" });
  expect(production).toMatchObject({
    kind: "invalid",
    problems: [
      expect.stringMatching(/^APP_ID and PRIVATE_KEY are missing/),
      expect.stringMatching(/^WEBHOOK_SECRET is missing/),
    ],
  });
});

test("the queue is a file of ours, or PostgreSQL", () => {
  expect(settingsOf({}).queue).toBe("/tmp/nowhere/queue.sqlite");
  const address = "postgres://archwright:hidden@database/archwright";
  expect(settingsOf({ DATABASE_URL: address })).toMatchObject({ queue: address });
  expect(settingsOf({ DATABASE_URL: address }).secrets).toEqual(
    expect.arrayContaining([address, "hidden"]),
  );
  expect(problemsOf({ DATABASE_URL: "mysql://x" })[0]).toMatch(/^DATABASE_URL must begin/);
});

test("where it is reached depends on where it runs", () => {
  expect(settingsOf({ HOST: "", NODE_ENV: "production" }).host).toBe("0.0.0.0");
  expect(settingsOf({ HOST: "10.0.0.1" }).host).toBe("10.0.0.1");
  expect(problemsOf({ PORT: "http" })[0]).toBe("PORT must be a whole number from 1 to 65535.");
});
