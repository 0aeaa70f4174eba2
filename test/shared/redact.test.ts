import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { redact, redactValues } from "../../src/shared/redact.ts";

// Assembled from parts, so that no scanner takes this file for a leak.
const letters = "abcdefghijKLMNOPQRST0123456789uvwxyzABCDEFGH";
const hex40 = "5f3c2a1b9d8e7f60123456789abcdef012345678";
const jwt = `eyJ${"hbGciOiJSUzI1NiJ9"}.eyJ${"pc3MiOiIxMjM0NSJ9"}.${letters}_-`;
const key = ["-----BEGIN", "RSA PRIVATE KEY-----"].join(" ");
const keyEnd = ["-----END", "RSA PRIVATE KEY-----"].join(" ");
const keyBody = `MIIEpAIBAAKCAQEA${letters}\n${letters}+/==`;

const secrets: [string, string, string][] = [
  ["classic token", `gh${"p"}_${letters.slice(0, 36)}`, "github-token"],
  ["oauth token", `gh${"o"}_${letters.slice(0, 36)}`, "github-token"],
  ["installation token", `gh${"s"}_${letters.slice(0, 36)}`, "github-token"],
  ["long installation token", `gh${"s"}_1234567_${jwt}`, "github-token"],
  ["fine-grained token", `github_${"pat"}_11ABCDEFG0${letters}_${letters}`, "github-token"],
  ["anthropic", `sk-${"ant"}-api03-${letters}-${letters}AA`, "anthropic-key"],
  ["openai project", `sk-${"proj"}-${letters}_${letters}`, "openai-key"],
  ["openai classic", `s${"k"}-${letters}`, "openai-key"],
  ["openrouter", `sk-${"or"}-v1-${hex40}${hex40.slice(0, 24)}`, "openrouter-key"],
  ["aws key id", `AK${"IA"}IOSFODNN7EXAMPLE`, "aws-key"],
  ["gcp key", `AI${"za"}${letters.slice(0, 35)}`, "gcp-key"],
  ["gcp token", `ya${"29"}.${letters}`, "gcp-token"],
  ["slack bot", `xo${"xb"}-1234567890-1234567890-${letters}`, "slack-token"],
  ["slack app", `xa${"pp"}-1-A0123-456-${hex40}`, "slack-token"],
  ["npm", `np${"m"}_${letters.slice(0, 36)}`, "npm-token"],
  ["pypi", `py${"pi"}-AgEIcHlwaS5vcmc${letters}`, "pypi-token"],
  ["jwt", jwt, "jwt"],
  ["private key", `${key}\n${keyBody}\n${keyEnd}`, "private-key"],
  ["private key in JSON", `${key}\\n${keyBody.replace("\n", "\\n")}\\n${keyEnd}`, "private-key"],
];

const places: [string, (secret: string) => string][] = [
  ["alone", (secret) => secret],
  ["in prose", (secret) => `The key is ${secret}, keep it.`],
  ["in code", (secret) => `const key = "${secret}";`],
  ["after an equals sign", (secret) => `TOKEN=${secret}\nNEXT=1`],
  ["in Markdown", (secret) => `- \`${secret}\` (old)`],
];

describe("redact", () => {
  test.each(secrets)("takes out %s wherever it stands", (_name, secret, kind) => {
    for (const [, place] of places) {
      const redacted = redact(place(secret));
      expect(redacted).toBe(place(`[redacted:${kind}]`));
    }
  });

  test.each([
    ["Authorization: Bearer abc123DEF456", "Authorization: Bearer [redacted:authorization]"],
    ["authorization: Basic dXNlcjpwYXNz", "authorization: Basic [redacted:authorization]"],
    [`Authorization: token ${hex40}`, "Authorization: token [redacted:authorization]"],
    [`curl -H 'X-Api-Key: ${hex40}'`, "curl -H 'X-Api-Key: [redacted:authorization]'"],
    [
      `{"authorization":"Bearer ${letters}"}`,
      '{"authorization":"Bearer [redacted:authorization]"}',
    ],
    ["postgres://app:s3cr3t!@db/x", "postgres://app:[redacted:url-credentials]@db/x"],
    [
      `https://x-access-token:${hex40}@h/o/r`,
      "https://x-access-token:[redacted:url-credentials]@h/o/r",
    ],
    [`https://${hex40}@github.com/o/r`, "https://[redacted:url-credentials]@github.com/o/r"],
    [
      `//registry.npmjs.org/:_authToken=${hex40}`,
      "//registry.npmjs.org/:_authToken=[redacted:secret]",
    ],
    [
      `aws_secret_access_key = ${letters.slice(0, 40)}`,
      "aws_secret_access_key = [redacted:secret]",
    ],
    [`${key}\n${keyBody}\nand cut off`, "[redacted:private-key]\nand cut off"],
  ])("takes the value out of %j", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    hex40,
    `${hex40}${hex40.slice(0, 24)}`,
    `sha256:${hex40}${hex40.slice(0, 24)}`,
    `sha512-${letters}${letters}==`,
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    `![dot](data:image/png;base64,iVBORw0KGgo${letters}${letters}/+AAAA==)`,
    `https://github.com/o/r/blob/${hex40}/src/a.ts#L10-L20`,
    "git@github.com:owner/repository.git",
    "ssh://git@github.com/owner/repository.git",
    "http://127.0.0.1:11434/v1",
    "http://[::1]:8080/a@b",
    "Authorization: required for every endpoint",
    "Authorization: Bearer <token>",
    "Authorization: Bearer authentication is used",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is the text under test
    "Authorization: Bearer ${process.env.GITHUB_TOKEN}",
    "authorization: config.oauth2.tokenProvider.current",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is the text under test
    "//registry.npmjs.org/:_authToken=${NPM_TOKEN}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is the text under test
    "https://user:${PASSWORD}@host/path",
    "https://x-access-token:<token>@github.com/o/r",
    "Tokens start with ghp_, ghs_ or github_pat_; keys with sk-ant- or sk-.",
    "task-management-and-risk-assessment-for-the-whole-organisation",
    "sk-or-some-long-class-name-of-a-loading-spinner",
    "npm_config_registry and npm_package_version",
    "AKIAHELLO is short",
    "The BEGIN PRIVATE KEY line",
    "eyJ is how a base64 object starts; eyJhbGciOiJIUzI1NiJ9 alone is a header.",
    "mailto:someone@example.com",
  ])("leaves %j alone", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("is idempotent on any mixture", () => {
    const piece = fc.oneof(
      fc.constantFrom(...secrets.map(([, secret]) => secret)),
      fc.constantFrom(
        "://",
        ":",
        "@",
        "Authorization: Bearer ",
        "_authToken=",
        " ",
        "\n",
        "-----",
        key,
        "eyJ",
        "ghs_",
        ".",
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const once = redact(pieces.join(""));
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["openings without an end", `${key}\n`],
    ["half tokens", "ghs_a."],
    ["openrouter prefixes", "sk-or-"],
    ["colons and slashes", "://a:"],
    ["half web tokens", "eyJaaaaaaaaaaaa.eyJ"],
    ["header names", "authorization: "],
    ["one long word", "a"],
    ["slack", "xoxb-"],
  ])("takes linear time on %s", (_name, unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const started = performance.now();
    redact(text);
    // Quadratic time would be minutes; the bound only has to tell the two apart on a busy machine.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("redactValues", () => {
  const secret = 'hunter2/and "more"=';

  test("takes a known value out in every form it travels in", () => {
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify({ secret }),
      Buffer.from(secret).toString("base64"),
    ];
    const redacted = redactValues(forms.join("\n"), [secret]);
    expect(redacted).toBe(
      ["[redacted]", "[redacted]", '{"secret":"[redacted]"}', "[redacted]"].join("\n"),
    );
  });

  test("takes the longest value first, ignores short and empty ones, and is idempotent", () => {
    const values = ["", "abc", "longvalue", "longvalue-extended", "redacted"];
    const once = redactValues("abc longvalue-extended longvalue redacted", values);
    expect(once).toBe("abc [redacted] [redacted] redacted");
    expect(redactValues(once, values)).toBe(once);
  });
});
