/**
 * Takes secrets out of text before it is stored, shown or sent. A net behind the real rule, which is that
 * secrets do not get there in the first place.
 *
 * Every pattern has a bounded or greedy tail behind a literal start, so the time is linear in the text.
 * Where a shape is not telling by itself (headers, credentials in URLs), the name before it has to be there.
 */

type Rule = { kind: string; pattern: RegExp };

/** Shapes whose prefix alone tells what they are. The left side may not be a letter or digit. */
const TOKENS: readonly Rule[] = [
  // Installation tokens come as `ghs_` + 36 or as the longer `ghs_<app>_<header>.<payload>.<signature>`.
  { kind: "github-token", pattern: /gh[opusr]_[A-Za-z0-9][A-Za-z0-9_.-]{28,}[A-Za-z0-9_-]/ },
  { kind: "github-token", pattern: /github_pat_[A-Za-z0-9_]{22,}/ },
  { kind: "anthropic-key", pattern: /sk-ant-[A-Za-z0-9_-]{16,}/ },
  { kind: "openrouter-key", pattern: /sk-or-(?=[A-Za-z0-9_-]{0,40}\d)[A-Za-z0-9_-]{20,}/ },
  {
    kind: "openai-key",
    pattern: /sk-(?:proj|svcacct|admin)-(?=[A-Za-z0-9_-]{0,80}\d)[A-Za-z0-9_-]{20,}/,
  },
  { kind: "openai-key", pattern: /sk-[A-Za-z0-9]{32,}/ },
  { kind: "aws-key", pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { kind: "gcp-key", pattern: /AIza[A-Za-z0-9_-]{35,}/ },
  { kind: "gcp-key", pattern: /GOCSPX-[A-Za-z0-9_-]{20,}/ },
  { kind: "gcp-token", pattern: /ya29\.[A-Za-z0-9_.-]{20,}/ },
  { kind: "slack-token", pattern: /xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}/ },
  { kind: "slack-token", pattern: /xapp-\d-[A-Za-z0-9-]{10,}/ },
  {
    kind: "slack-webhook",
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{20,}/,
  },
  { kind: "npm-token", pattern: /npm_[A-Za-z0-9]{36,}/ },
  { kind: "pypi-token", pattern: /pypi-AgE[A-Za-z0-9_-]{40,}/ },
  { kind: "gitlab-token", pattern: /gl(?:pat|ptt|rt|dt)-[A-Za-z0-9_-]{20,}/ },
  { kind: "huggingface-token", pattern: /hf_[A-Za-z0-9]{30,}/ },
  { kind: "stripe-key", pattern: /[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  {
    kind: "jwt",
    pattern:
      /eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]{8,}){0,2}/,
  },
];

const TOKEN_PATTERNS = TOKENS.map(({ kind, pattern }) => ({
  label: `[redacted:${kind}]`,
  pattern: new RegExp(`(?<![A-Za-z0-9])${pattern.source}`, "g"),
}));

const KEY_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_LINES = /^(?:(?:\\r|\\n|\s){1,8}[A-Za-z0-9+/=]{16,})*/;
const LONGEST_KEY = 40_000;

const HEADER =
  /(\b(?:authorization|x-api-key|api-key|x-goog-api-key|private-token)["']?\s{0,4}[:=]\s{0,4}["'`]?)((?:bearer|basic|token|digest)\s{1,4})?([A-Za-z0-9_.~+/=-]{8,})/gi;
const NAMED =
  /(\b(?:aws_?secret_?access_?key|secretaccesskey|accountkey|:?_authtoken)["']?\s{0,4}[:=]\s{0,4}["'`]?)([A-Za-z0-9_+/=-]{20,})/gi;
const URL_PASSWORD =
  /(:\/\/[^\s/?#@:[\]"'`<>]{0,256}:)(?!\[redacted|\$|<|\{|%s|\*)([^\s/?#@"'`<>]{1,1024})@/g;
const URL_TOKEN = /(:\/\/)([A-Za-z0-9_-]{20,256})@/g;

/**
 * The text with everything that has the shape of a secret replaced by `[redacted:<kind>]`. Redacting twice
 * changes nothing more. Hashes, UUIDs, images in base64 and placeholders such as `${TOKEN}` are left alone.
 */
export function redact(text: string): string {
  let current = text;
  // A replacement can uncover a shape beside it; two rounds settle all known cases, the bound is a backstop.
  for (let round = 0; round < 4; round += 1) {
    const next = redactOnce(current);
    if (next === current) return next;
    current = next;
  }
  return current;
}

function redactOnce(text: string): string {
  let result = redactKeyBlocks(text);
  for (const { pattern, label } of TOKEN_PATTERNS) result = result.replace(pattern, label);
  return result
    .replace(HEADER, (whole, name: string, scheme: string | undefined, value: string) =>
      looksRandom(value, scheme === undefined)
        ? `${name}${scheme ?? ""}[redacted:authorization]`
        : whole,
    )
    .replace(NAMED, (whole, name: string, value: string) =>
      looksRandom(value, true) ? `${name}[redacted:secret]` : whole,
    )
    .replace(URL_PASSWORD, "$1[redacted:url-credentials]@")
    .replace(URL_TOKEN, "$1[redacted:url-credentials]@");
}

/** Tells `Bearer dXNlcjpwYXNz` from `Bearer authentication`, and a bare value from a property path in code. */
function looksRandom(value: string, bare: boolean): boolean {
  const mixed = /\d/.test(value) || /[A-Z]/.test(value.slice(1)) || /[+=/]/.test(value);
  if (!bare) return mixed;
  return value.length >= 20 && /\d/.test(value) && /[A-Za-z]/.test(value) && !value.includes(".");
}

/** From each BEGIN line to its END line; without an END, the lines of the key that are there. */
function redactKeyBlocks(text: string): string {
  const begins = [...text.matchAll(KEY_BEGIN)];
  if (begins.length === 0) return text;
  let result = text.slice(0, begins[0]?.index);
  for (const [position, begin] of begins.entries()) {
    // Up to the next BEGIN only, so that the slices are disjoint and the search stays linear.
    const rest = text.slice(begin.index + begin[0].length, begins[position + 1]?.index);
    const end = KEY_END.exec(rest.slice(0, LONGEST_KEY));
    const length = end ? end.index + end[0].length : (KEY_LINES.exec(rest)?.[0].length ?? 0);
    result += `[redacted:private-key]${rest.slice(length)}`;
  }
  return result;
}

const VALUE_LABEL = "[redacted]";
const SHORTEST_VALUE = 8;

/**
 * The text without the given secret values, in plain, URL-encoded, JSON-escaped and base64 form. Values under
 * eight characters are ignored: they would take ordinary words with them and are no secrets worth the name.
 */
export function redactValues(text: string, values: readonly string[]): string {
  const forms = new Set<string>();
  for (const value of values.map((each) => each.trim())) {
    if (value.length < SHORTEST_VALUE || VALUE_LABEL.includes(value)) continue;
    forms.add(value);
    forms.add(encodeURIComponent(value));
    forms.add(JSON.stringify(value).slice(1, -1));
    forms.add(Buffer.from(value, "utf8").toString("base64"));
  }
  const longestFirst = [...forms].sort((left, right) => right.length - left.length);
  return longestFirst.reduce((result, form) => result.replaceAll(form, VALUE_LABEL), text);
}
