/** Rules and settings of GitHub that refuse something, each with the sentence and the way out. */
type Rule = { what: string; remedy: string };

const rule = (what: string, remedy: string): Rule => ({ what, remedy });

const rules = {
  "actions-may-not-create-pull-requests": rule(
    "GitHub Actions may not open pull requests in this repository. The branch is pushed and kept.",
    "Tick “Allow GitHub Actions to create and approve pull requests” in the repository under Settings → Actions → General → Workflow permissions; where it is grey, first in the organisation under Settings → Actions → General. Or open the pull request yourself from the compare link: it is taken over.",
  ),
  "actions-may-not-approve": rule(
    "GitHub Actions may not approve pull requests in this repository.",
    "Tick “Allow GitHub Actions to create and approve pull requests” under Settings → Actions → General → Workflow permissions, in the organisation first; the verdict stands in the status all the same.",
  ),
  "own-review": rule(
    "Nobody may approve, or request changes on, a pull request of their own; that holds for Apps too.",
    "The verdict is a comment and the commit's status instead. Give the reviewer an identity of its own (`archwright init` tells how) for a real review.",
  ),
  "pending-review": rule(
    "There is already a review that was begun and not submitted.",
    "Submit or discard it under Files changed → Finish your review, then `/retry`.",
  ),
  "push-protection": rule(
    "Push protection found what looks like a secret, so GitHub took nothing of it.",
    "Remove the secret, and revoke it if it is real. If it is none, allow it on the page GitHub names, or under Settings → Advanced Security → Push protection; then `/retry`.",
  ),
  "signed-commits": rule(
    "A rule wants signed commits (“Require signed commits”), and these are not signed.",
    "Leave branches `archwright/**` out of the rule under Settings → Rules → Rulesets (or Settings → Branches), or let the App through by its bypass list.",
  ),
  "workflow-file": rule(
    "The change touches a workflow file, which the token may not write.",
    "Make the change in `.github/workflows` by hand: it is given as a patch. `GITHUB_TOKEN` can never do it; an App can with the permission “Workflows: write”.",
  ),
  "private-email": rule(
    "The push would publish an e-mail address that its owner keeps private.",
    "Untick “Block command line pushes that expose my email” under the account's Settings → Emails, or use its noreply address.",
  ),
  "too-large": rule(
    "Something is larger than GitHub takes.",
    "Leave files above 100 MB out of the change, or use Git LFS for them; then `/retry`.",
  ),
  "protected-ref": rule(
    "A branch protection rule forbids this push. What was built is kept.",
    "Leave `archwright/**` out of the rule's pattern under Settings → Branches, or add the App to “Restrict who can push”.",
  ),
  ruleset: rule(
    "A ruleset of the repository or organisation forbids this.",
    "Leave `archwright/**` and `refs/archwright/**` out of the rule under Settings → Rules → Rulesets (also in the organisation), or add the App to its bypass list.",
  ),
  archived: rule(
    "The repository is archived and read-only.",
    "Unarchive it under Settings → General → Danger Zone, then `/retry`.",
  ),
  "open-pull-request-limit": rule(
    "The limit of open pull requests is reached for this identity. The branch is pushed and kept.",
    "Close some, or raise the limit under Settings → Moderation options; then `/retry`, or open it from the compare link.",
  ),
  "collaborators-only": rule(
    "Only collaborators may open pull requests here. The branch is pushed and kept.",
    "Make the App or account a collaborator with the right to write, or change Settings → General → Features → Pull requests; or open it yourself from the compare link: it is taken over.",
  ),
  "pull-requests-disabled": rule(
    "Pull requests are switched off in this repository. The branch is pushed and kept.",
    "Switch them on under Settings → General → Features → Pull requests, then `/retry`.",
  ),
  "issue-locked": rule(
    "The conversation is locked, so nothing can be said in it.",
    "Choose “Unlock conversation” in the sidebar of the thread, or give the App the right to write.",
  ),
  "body-too-long": rule(
    "The text is longer than GitHub takes (65,536 characters).",
    "`/retry`; if it comes again it is a fault of Archwright, please report it.",
  ),
  "issues-disabled": rule(
    "Issues are switched off in this repository.",
    "Switch them on under Settings → General → Features → Issues.",
  ),
  "interaction-limit": rule(
    "Interaction limits keep this identity out for now.",
    "Look at Settings → Moderation options → Interaction limits, and at blocked users of the organisation.",
  ),
  "bad-credentials": rule(
    "GitHub does not accept the token: it is wrong, expired or revoked.",
    "In Actions start the run again for a fresh token; for an App check its id and private key; for a personal token make a new one and store it as the secret.",
  ),
  suspended: rule(
    "The App's installation, or the account, is suspended.",
    "An owner can lift it under Settings → GitHub Apps → Configure (or Settings → Applications).",
  ),
  "single-sign-on": rule(
    "The organisation wants single sign-on, and the token is not authorised for it.",
    "Authorise it under the account's Settings → Developer settings → Personal access tokens → Configure SSO, or use the App.",
  ),
  "ip-allow-list": rule(
    "The organisation's IP allow list does not contain this machine.",
    "Add it under the organisation's Settings → Authentication security → IP allow list, or use runners that are on it.",
  ),
  "actions-disabled": rule(
    "GitHub Actions is switched off for this repository.",
    "Allow it under Settings → Actions → General → Actions permissions, in the organisation first.",
  ),
  "workflow-disabled": rule(
    "The workflow is disabled.",
    "Open Actions, choose the workflow and press “Enable workflow”; then `/retry`.",
  ),
  "workflow-not-found": rule(
    "There is no such workflow on the default branch.",
    "`archwright init` writes it; merge it into the default branch, then `/retry`.",
  ),
  "workflow-not-dispatchable": rule(
    "The workflow cannot be started by hand or by a run: it has no `workflow_dispatch`.",
    "`archwright init` shows what its `on:` should be; merge that into the default branch, then `/retry`.",
  ),
  "workflow-inputs": rule(
    "The workflow file does not know the inputs that were sent: it is of another version.",
    "`archwright init` brings it up to date; merge that into the default branch, then `/retry`.",
  ),
  "parked-runs": rule(
    "The checks of this pull request wait for a person, because Actions opened it.",
    "Press “Approve workflows to run” on the pull request. With an App's token they start by themselves.",
  ),
  "pull-request-exists": rule(
    "There is already a pull request of this branch.",
    "It is used as it is; nothing has to be done.",
  ),
  "nothing-to-merge": rule(
    "The branch has nothing that its base does not have, so there is no pull request to open.",
    "Check whether the change was merged already; else `/retry`.",
  ),
  "no-drafts": rule(
    "Draft pull requests are not available in this repository (private, on a free plan).",
    "It is opened as an ordinary one; nothing has to be done.",
  ),
  "anchor-off-diff": rule(
    "A remark points at a line that is not part of the pull request's diff.",
    "It is said in the review's text instead.",
  ),
  "ref-exists": rule(
    "The branch or ref exists already.",
    "Another run was first; `/retry` reads it anew.",
  ),
  "not-fast-forward": rule(
    "The branch or ref moved in the meantime, and what is there is not overwritten.",
    "`/retry` reads it anew.",
  ),
  "empty-repository": rule(
    "The repository has no commit yet.",
    "Push a first commit to the default branch, then start again.",
  ),
  "rate-limit": rule(
    "The hourly limit of GitHub's API is used up for this token (all workflows of a repository share 1,000 calls).",
    "Nothing is lost; `/retry` after that time. An App's token has a limit of its own, from 5,000 on.",
  ),
  "secondary-rate-limit": rule(
    "GitHub asks for a slower pace (secondary rate limit), and waiting for it took too long.",
    "Nothing is lost; `/retry` after some minutes.",
  ),
  "missing-right": rule(
    "The token lacks a right.",
    "Grant it under `permissions:` of the workflow (see examples/workflow.yml), or accept the App's new permissions under Settings → GitHub Apps → Configure.",
  ),
  "not-found": rule(
    "GitHub does not find it, or does not show it to this token.",
    "Check that it was not deleted or moved, that the App is installed on this repository and that the token may read it.",
  ),
  gone: rule(
    "It is gone from GitHub: deleted, transferred or blocked.",
    "If it was moved, start anew where it is now.",
  ),
  conflict: rule(
    "GitHub found a conflict with something that happened at the same time.",
    "`/retry` reads it anew.",
  ),
  validation: rule(
    "GitHub refused the request as invalid.",
    "`archwright doctor` checks every setting; if it finds nothing, please report what GitHub says.",
  ),
} as const satisfies Record<string, Rule>;

export type ForgeRule = keyof typeof rules;

/** Every rule that is known, for tests and `doctor`. */
export const forgeRules = Object.keys(rules) as readonly ForgeRule[];

/** A refusal of GitHub in words. A rule of a later version is shown with GitHub's own words. */
export function explainForgeRule(rule: string, detail: string, link: string | null): Rule {
  const known: Rule | undefined = Object.hasOwn(rules, rule) ? rules[rule as ForgeRule] : undefined;
  const said = detail ? ` GitHub says: ${detail}` : "";
  const where = link ? ` ${link}` : "";
  return {
    what: `${known?.what ?? "GitHub refused it."}${said}`,
    remedy: `${known?.remedy ?? "`archwright doctor` checks every setting."}${where}`,
  };
}
