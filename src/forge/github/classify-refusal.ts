import type { ForgeRule } from "../../shared/explain-forge-rule.ts";
import type { Failure } from "../../shared/failure.ts";
import type { Headers } from "./answer-headers.ts";
import { describeMissingRight } from "./describe-missing-right.ts";
import { findLimit, type LimitKind } from "./find-limit.ts";
import { ruleTexts } from "./rule-texts.ts";

/** What GitHub answered, cleaned of secrets. */
export type Refusal = {
  /** 0: there was no answer. */
  status: number;
  message: string;
  errors: readonly string[];
  /** `METHOD /path/{template}`. */
  route: string;
  headers: Headers;
  now: Date;
  /** Root of the repository's web pages. */
  web: string;
};

/**
 * What a refusal means. By status and headers where they tell, by GitHub's own texts where nothing else does. What is not known becomes
 * `validation`, `not-allowed` or `forge-unavailable` with GitHub's words, never a guess.
 */
export function classifyRefusal(refusal: Refusal): Failure {
  const { status, message, errors, route } = refusal;
  if (status === 0 || status >= 500) {
    return { reason: "forge-unavailable", status, detail: message || "no answer" };
  }
  const limit = findLimit(refusal);
  if (limit) return refuse(refusal, limit.rule, limit.detail);
  const texts = [message, ...errors].join("\n");
  const known = ruleTexts.find(
    (each) =>
      each.text.test(texts) &&
      (each.route?.test(route) ?? true) &&
      (each.status ?? status) === status,
  );
  if (known) return refuse(refusal, known.rule, detailOf(refusal));
  return byStatus(refusal);
}

const statusRules: Readonly<Record<number, ForgeRule>> = {
  401: "bad-credentials",
  404: "not-found",
  409: "conflict",
  410: "gone",
  413: "too-large",
  451: "gone",
};

function byStatus(refusal: Refusal): Failure {
  const { status } = refusal;
  if (status === 403) return refuse(refusal, "missing-right", describeMissingRight(refusal));
  const detail = status === 404 ? `${refusal.route}: ${refusal.message}` : detailOf(refusal);
  return refuse(refusal, statusRules[status] ?? "validation", detail);
}

const detailOf = ({ message, errors }: Refusal): string =>
  [message, ...errors.filter((error) => !message.includes(error))].join(" ").trim();

/** Pages of a repository where the setting of a rule is. */
const pages: Partial<Record<ForgeRule, string>> = {
  "actions-may-not-create-pull-requests": "settings/actions",
  "actions-may-not-approve": "settings/actions",
  "actions-disabled": "settings/actions",
  "protected-ref": "settings/branches",
  ruleset: "settings/rules",
  "signed-commits": "settings/rules",
  "pull-requests-disabled": "settings",
  "collaborators-only": "settings",
  "workflow-disabled": "actions",
};

function refuse({ web }: Refusal, rule: ForgeRule | LimitKind, detail: string): Failure {
  const page = pages[rule];
  const link = page === undefined ? null : `${web}/${page}`;
  return { reason: "forge-refused", rule, detail, link };
}
