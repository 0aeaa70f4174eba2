import type { Failure } from "../../shared/failure.ts";
import { toPrintable } from "../../shared/printable.ts";
import { redact } from "../../shared/redact.ts";
import { type RuleText, sharedTexts } from "./rule-texts.ts";

const pushTexts: readonly RuleText[] = [
  ...sharedTexts,
  {
    text: /authentication failed|could not read Username|invalid username or (password|token)|bad credentials/i,
    rule: "bad-credentials",
  },
  { text: /SAML|single sign-?on/i, rule: "single-sign-on" },
  { text: /IP allow ?list/i, rule: "ip-allow-list" },
  {
    text: /permission to .{1,200} denied|error: 403|write access to repository not granted|denied to/i,
    rule: "missing-right",
  },
  { text: /repository .{1,200}not found|error: 404/i, rule: "not-found" },
  {
    text: /non-fast-forward|fetch first|stale info|cannot lock ref|tip of your current branch is behind/i,
    rule: "not-fast-forward",
  },
  { text: /pre-receive hook declined|remote rejected|push declined/i, rule: "ruleset" },
  { text: /error: 413|RPC failed; HTTP 413|pack exceeds/i, rule: "too-large" },
];

/** Lines of git's own that explain nothing. */
const noise =
  /^(remote:\s*$|To https?:|error: failed to push some refs|hint:|Enumerating|Counting|Compressing|Writing|Delta|Total|fatal: the remote end hung up)/;

/** What it means that `git push` failed, by what it and GitHub wrote to standard error. */
export function classifyPushRefusal(stderr: string): Failure {
  const text = toPrintable(redact(stderr));
  const known = pushTexts.find((each) => each.text.test(text));
  const lines = text.split("\n").map((line) => line.replace(/^remote:\s*/, "").trim());
  const detail = lines
    .filter((line) => line !== "" && !noise.test(line))
    .join(" ")
    .slice(0, 500);
  if (known) {
    const right = known.rule === "missing-right" ? "A push needs `contents: write`. " : "";
    const said = `${right}${detail}`;
    return { reason: "forge-refused", rule: known.rule, detail: said, link: findLink(text) };
  }
  return {
    reason: "forge-unavailable",
    status: 0,
    detail: detail || "git push ended without a word",
  };
}

/** The page that GitHub names for this very refusal. */
const findLink = (text: string): string | null =>
  /https:\/\/[^\s/]+\/[^\s]+\/(?:rules\?ref=|security\/secret-scanning\/unblock-secret\/)[^\s)]+/.exec(
    text,
  )?.[0] ?? null;
