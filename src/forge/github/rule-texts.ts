import type { ForgeRule } from "../../shared/explain-forge-rule.ts";

/**
 * GitHub's own texts by what they mean. It gives no code for these, so its words are all there is; they are matched loosely, first
 * match wins, and what matches nothing is told by its status.
 */
export type RuleText = {
  text: RegExp;
  rule: ForgeRule;
  /** Only of these calls, and with this status: where a text could also be a name that somebody chose. */
  route?: RegExp;
  status?: number;
};

/** Texts that git push and the API share. The order matters: a secret and a signature are ruleset violations too. */
export const sharedTexts: readonly RuleText[] = [
  {
    text: /push cannot contain secrets|GITHUB PUSH PROTECTION|secret(s)? (was |were )?detected|GH009/i,
    rule: "push-protection",
  },
  {
    text: /must have (a )?(valid|verified) signatures?|GH006:.*signed|signature.{0,40}required/is,
    rule: "signed-commits",
  },
  {
    text: /refusing to allow .{1,80} to create or update workflow|without [`"']?workflows?[`"']? (permission|scope)/i,
    rule: "workflow-file",
  },
  { text: /GH007|private email address/i, rule: "private-email" },
  {
    text: /GH001|large files? detected|exceeds GitHub's file size limit|too large for/i,
    rule: "too-large",
  },
  { text: /GH006|protected branch|cannot force-push|protected ref/i, rule: "protected-ref" },
  {
    text: /GH013|repository rule violations?|due to (creations|updates|deletions) being restricted|changes must be made through a pull request/i,
    rule: "ruleset",
  },
  { text: /archived so (it )?is read-only|repository (is|was) archived/i, rule: "archived" },
];

const pulls = /\/pulls(\/|$)|graphql/;
const dispatches = /\/dispatches$/;

export const ruleTexts: readonly RuleText[] = [
  {
    text: /actions is not permitted to create( or approve)? pull requests/i,
    rule: "actions-may-not-create-pull-requests",
  },
  { text: /actions is not permitted to approve/i, rule: "actions-may-not-approve" },
  { text: /(request changes on|approve) your own pull request/i, rule: "own-review" },
  { text: /cannot be requested from pull request author/i, rule: "own-review" },
  { text: /only have one pending review/i, rule: "pending-review" },
  ...sharedTexts,
  {
    text: /open pull request(s)? limit|too many open pull requests|limit of (\d+ )?open pull requests|maximum number of open pull requests/i,
    rule: "open-pull-request-limit",
  },
  {
    text: /pull requests? .{0,40}(limited|restricted) to collaborators|only collaborators (can|may) (create|open) pull requests/i,
    rule: "collaborators-only",
  },
  { text: /pull requests (are|have been) disabled/i, rule: "pull-requests-disabled" },
  {
    text: /does not have the correct permissions to execute `?CreatePullRequest/i,
    rule: "collaborators-only",
  },
  {
    text: /issue is locked|because (the )?(issue|conversation) is locked|locked conversation/i,
    rule: "issue-locked",
  },
  {
    text: /(body|title|text|summary|description).{0,20} is too long|is too long \(maximum is/i,
    rule: "body-too-long",
  },
  { text: /issues (are|has been|have been) disabled/i, rule: "issues-disabled" },
  {
    text: /interactions? .{0,40}(restricted|limited)|user is blocked|blocked from/i,
    rule: "interaction-limit",
    status: 403,
  },
  {
    text: /installation has been suspended|account (was|has been|is) suspended/i,
    rule: "suspended",
  },
  { text: /SAML|single sign-?on/i, rule: "single-sign-on", status: 403 },
  { text: /IP allow ?list/i, rule: "ip-allow-list", status: 403 },
  {
    text: /actions (has been|have been|are|is) disabled|actions .{0,30}not enabled/i,
    rule: "actions-disabled",
  },
  {
    text: /on a disabled workflow|workflow (is|was) disabled/i,
    rule: "workflow-disabled",
    route: dispatches,
  },
  {
    text: /does not have ['"`]?workflow_dispatch['"`]? trigger/i,
    rule: "workflow-not-dispatchable",
  },
  {
    text: /unexpected inputs|required input|inputs? .{0,30}not (provided|valid)/i,
    rule: "workflow-inputs",
    route: dispatches,
  },
  { text: /no ref found/i, rule: "workflow-not-found", route: dispatches },
  { text: /not found/i, rule: "workflow-not-found", route: dispatches },
  { text: /run is not from a fork|waiting for approval|action_required/i, rule: "parked-runs" },
  { text: /a pull request already exists/i, rule: "pull-request-exists", route: pulls },
  { text: /no commits between/i, rule: "nothing-to-merge", route: pulls },
  { text: /draft pull requests are not supported/i, rule: "no-drafts" },
  {
    text: /must be part of the (same )?(diff|hunk)|line could not be resolved|hunk can't be blank|path could not be resolved/i,
    rule: "anchor-off-diff",
  },
  { text: /reference already exists/i, rule: "ref-exists" },
  { text: /not a fast[- ]forward/i, rule: "not-fast-forward" },
  { text: /git repository is empty/i, rule: "empty-repository" },
];
