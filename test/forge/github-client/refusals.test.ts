import { describe, expect, test } from "@jest/globals";
import { classifyPushRefusal } from "../../../src/forge/github/classify-push-refusal.ts";
import { classifyRefusal, type Refusal } from "../../../src/forge/github/classify-refusal.ts";
import { explainFailure } from "../../../src/shared/explain-failure.ts";
import { explainForgeRule, forgeRules } from "../../../src/shared/explain-forge-rule.ts";

const now = new Date("2026-11-21T10:00:00Z");
const refusal = (given: Partial<Refusal>): Refusal => ({
  status: 422,
  message: "Validation Failed",
  errors: [],
  route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  headers: {},
  now,
  web: "https://github.com/o/r",
  ...given,
});

const pulls = "POST /repos/{owner}/{repo}/pulls";
const reviews = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const refs = "POST /repos/{owner}/{repo}/git/refs";
const dispatch = "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches";

/** What GitHub said, as it was recorded in public threads, and the rule that it means. */
const recorded: readonly [rule: string, given: Partial<Refusal>][] = [
  [
    "actions-may-not-create-pull-requests",
    {
      status: 403,
      route: pulls,
      message: "GitHub Actions is not permitted to create or approve pull requests.",
    },
  ],
  [
    "actions-may-not-approve",
    {
      route: reviews,
      message: "Unprocessable Entity",
      errors: ["GitHub Actions is not permitted to approve pull requests."],
    },
  ],
  [
    "own-review",
    {
      route: reviews,
      message: "Unprocessable Entity",
      errors: ["Review Can not request changes on your own pull request"],
    },
  ],
  ["own-review", { route: reviews, message: "Can not approve your own pull request" }],
  ["own-review", { message: "Review cannot be requested from pull request author." }],
  [
    "pending-review",
    { route: reviews, errors: ["User can only have one pending review per pull request"] },
  ],
  [
    "anchor-off-diff",
    {
      route: reviews,
      message: "Unprocessable Entity",
      errors: [
        "Pull request review thread line must be part of the diff, Pull request review thread diff hunk can't be blank",
      ],
    },
  ],
  ["anchor-off-diff", { route: reviews, errors: ["Line could not be resolved"] }],
  [
    "body-too-long",
    {
      errors: ["Body is too long (maximum is 65536 characters)"],
    },
  ],
  ["issue-locked", { status: 403, message: "Unable to create comment because issue is locked." }],
  [
    "ruleset",
    {
      status: 409,
      route: refs,
      message:
        "Repository rule violations found\n\nCannot create ref due to creations being restricted.",
    },
  ],
  [
    "signed-commits",
    {
      status: 409,
      message: "Repository rule violations found\n\nCommits must have verified signatures.",
    },
  ],
  [
    "push-protection",
    {
      status: 409,
      route: "POST /repos/{owner}/{repo}/git/trees",
      message: "Repository rule violations found\n\nPush cannot contain secrets",
    },
  ],
  [
    "protected-ref",
    { route: refs, message: "Could not update file: Cannot update this protected ref." },
  ],
  [
    "workflow-file",
    {
      status: 403,
      message:
        "refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` without `workflows` permission",
    },
  ],
  ["archived", { status: 403, message: "Repository was archived so is read-only." }],
  [
    "collaborators-only",
    {
      status: 403,
      route: "POST /graphql",
      message: "someone does not have the correct permissions to execute `CreatePullRequest`",
    },
  ],
  [
    "pull-request-exists",
    { route: pulls, errors: ["A pull request already exists for o:archwright/1-x-01."] },
  ],
  ["nothing-to-merge", { route: pulls, errors: ["No commits between main and archwright/1-x-01"] }],
  [
    "no-drafts",
    { route: pulls, errors: ["Draft pull requests are not supported in this repository."] },
  ],
  [
    "workflow-disabled",
    { route: dispatch, message: "Cannot trigger a 'workflow_dispatch' on a disabled workflow" },
  ],
  [
    "workflow-not-dispatchable",
    { route: dispatch, message: "Workflow does not have 'workflow_dispatch' trigger" },
  ],
  ["workflow-not-found", { status: 404, route: dispatch, message: "Not Found" }],
  ["workflow-not-found", { route: dispatch, message: "No ref found for: main" }],
  ["workflow-inputs", { route: dispatch, message: 'Unexpected inputs provided: ["work"]' }],
  ["actions-disabled", { route: dispatch, message: "Actions has been disabled for this user." }],
  [
    "parked-runs",
    {
      status: 403,
      route: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve",
      message: "This run is not from a fork pull request or queued by an external contributor",
    },
  ],
  ["bad-credentials", { status: 401, message: "Bad credentials" }],
  ["bad-credentials", { status: 401, message: "Requires authentication" }],
  ["suspended", { status: 403, message: "This installation has been suspended" }],
  [
    "single-sign-on",
    { status: 403, message: "Resource protected by organization SAML enforcement." },
  ],
  [
    "ip-allow-list",
    {
      status: 403,
      message:
        "Although you appear to have the correct authorization credentials, the `o` organization has an IP allow list enabled",
    },
  ],
  ["ref-exists", { route: refs, message: "Reference already exists" }],
  ["not-fast-forward", { route: refs, message: "Update is not a fast forward" }],
  ["empty-repository", { status: 409, route: refs, message: "Git Repository is empty." }],
  ["issues-disabled", { status: 410, message: "Issues has been disabled in this repository." }],
  ["gone", { status: 410, message: "This issue was deleted" }],
  ["missing-right", { status: 403, message: "Resource not accessible by integration" }],
  ["not-found", { status: 404, message: "Not Found" }],
  ["validation", { errors: ["Label name is invalid"] }],
  ["validation", { route: refs, message: "Reference update failed" }],
];

describe("refusals of the API", () => {
  test.each(recorded)("%s: %j", (rule, given) => {
    const failure = classifyRefusal(refusal(given));
    expect(failure).toMatchObject({ reason: "forge-refused", rule });
    const { what, remedy } = explainFailure(failure);
    const said = given.errors?.[0] ?? given.message ?? "";
    expect(what).toContain(said.slice(0, 60));
    expect(remedy.length).toBeGreaterThan(20);
  });

  test("a missing right is named as the workflow writes it", () => {
    const needed = { "x-accepted-github-permissions": "issues=write; pull_requests=write" };
    const message = "Resource not accessible by integration";
    const failure = classifyRefusal(refusal({ status: 403, message, headers: needed }));
    expect(explainFailure(failure).what).toContain("`issues: write` or `pull-requests: write`");
    const both = { "x-accepted-github-permissions": "contents=write,workflows=write" };
    expect(
      explainFailure(classifyRefusal(refusal({ status: 403, message, headers: both }))).what,
    ).toContain("`contents: write` and `workflows: write`");
  });

  test("a limit says when it ends", () => {
    const reset = String(now.getTime() / 1000 + 754);
    const primary = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    const message = "API rate limit exceeded for installation ID 1.";
    expect(classifyRefusal(refusal({ status: 403, message, headers: primary }))).toEqual({
      reason: "forge-refused",
      rule: "rate-limit",
      detail: "It ends at 2026-11-21 10:12 UTC, in 13 min.",
      link: null,
    });
    const secondary = { "retry-after": "77" };
    expect(
      classifyRefusal(
        refusal({
          status: 403,
          message: "You have exceeded a secondary rate limit.",
          headers: secondary,
        }),
      ),
    ).toMatchObject({ rule: "secondary-rate-limit", detail: "It may be tried again in 77 s." });
    expect(classifyRefusal(refusal({ status: 429, message: "slow down" }))).toMatchObject({
      rule: "rate-limit",
    });
  });

  test.each([0, 500, 502, 503])("status %i is no refusal", (status) => {
    expect(classifyRefusal(refusal({ status, message: "no answer" }))).toEqual({
      reason: "forge-unavailable",
      status,
      detail: "no answer",
    });
  });

  test("where there is a page for the setting, it is linked", () => {
    const message = "GitHub Actions is not permitted to create or approve pull requests.";
    const failure = classifyRefusal(refusal({ status: 403, route: pulls, message }));
    const { remedy } = explainFailure(failure);
    expect(remedy).toContain("https://github.com/o/r/settings/actions");
    expect(remedy).toContain("organisation");
  });
});

const rejected = (lines: string): string =>
  `remote: \n${lines}\nTo https://github.com/o/r.git\n ! [remote rejected] a -> a (push declined)\nerror: failed to push some refs to 'https://github.com/o/r.git'\n`;

const pushes: readonly [rule: string, stderr: string][] = [
  [
    "signed-commits",
    rejected(
      "remote: error: GH013: Repository rule violations found for refs/heads/a.\nremote: Review all repository rules at https://github.com/o/r/rules?ref=refs%2Fheads%2Fa\nremote: - Commits must have verified signatures.\nremote:   Found 1 violation:",
    ),
  ],
  [
    "push-protection",
    rejected(
      "remote: error: GH013: Repository rule violations found for refs/heads/a.\nremote: - GITHUB PUSH PROTECTION\nremote:     - Push cannot contain secrets\nremote:   https://github.com/o/r/security/secret-scanning/unblock-secret/30wrXAdc1b",
    ),
  ],
  [
    "ruleset",
    rejected(
      "remote: error: GH013: Repository rule violations found for refs/heads/a.\nremote: - Cannot create ref due to creations being restricted.",
    ),
  ],
  [
    "workflow-file",
    " ! [remote rejected] a -> a (refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` without `workflows` permission)",
  ],
  [
    "workflow-file",
    " ! [remote rejected] a -> a (refusing to allow a Personal Access Token to create or update workflow `.github/workflows/x.yml` without `workflow` scope)",
  ],
  [
    "protected-ref",
    rejected("remote: error: GH006: Protected branch update failed for refs/heads/a."),
  ],
  [
    "private-email",
    rejected("remote: error: GH007: Your push would publish a private email address."),
  ],
  [
    "too-large",
    rejected(
      "remote: error: File big.bin is 123.00 MB; this exceeds GitHub's file size limit of 100.00 MB\nremote: error: GH001: Large files detected.",
    ),
  ],
  [
    "missing-right",
    "remote: Permission to o/r.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/o/r.git/': The requested URL returned error: 403",
  ],
  [
    "missing-right",
    "remote: Write access to repository not granted.\nfatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 403",
  ],
  [
    "bad-credentials",
    "remote: Invalid username or token.\nfatal: Authentication failed for 'https://github.com/o/r.git/'",
  ],
  [
    "bad-credentials",
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
  ],
  [
    "not-found",
    "remote: Repository not found.\nfatal: repository 'https://github.com/o/r.git/' not found",
  ],
  ["archived", "remote: This repository was archived so it is read-only.\nfatal: error: 403"],
  [
    "not-fast-forward",
    " ! [rejected]        a -> a (non-fast-forward)\nerror: failed to push some refs to 'https://github.com/o/r.git'",
  ],
  ["not-fast-forward", " ! [rejected] a -> a (stale info)"],
  ["ruleset", " ! [remote rejected] a -> a (pre-receive hook declined)"],
];

describe("refusals of a push", () => {
  test.each(pushes)("%s: %s", (rule, stderr) => {
    expect(classifyPushRefusal(stderr)).toMatchObject({ reason: "forge-refused", rule });
  });

  test("the page that GitHub names is given on, its noise is not", () => {
    const [, stderr = ""] = pushes[1] ?? [];
    expect(classifyPushRefusal(stderr)).toMatchObject({
      link: "https://github.com/o/r/security/secret-scanning/unblock-secret/30wrXAdc1b",
      detail: expect.not.stringContaining("failed to push some refs"),
    });
  });

  test("a network that fails is no refusal, and a token in the address is taken out", () => {
    const token = `ghs_${"1a".repeat(30)}`;
    const stderr = `fatal: unable to access 'https://x-access-token:${token}@github.com/o/r/': Could not resolve host`;
    const failure = classifyPushRefusal(stderr);
    expect(failure).toMatchObject({ reason: "forge-unavailable", status: 0 });
    expect(JSON.stringify(failure)).not.toContain(token);
  });
});

test("every rule has one sentence and a way out, and none ends in the middle", () => {
  for (const rule of forgeRules) {
    const { what, remedy } = explainForgeRule(rule, "", null);
    expect([rule, what]).toEqual([rule, expect.stringMatching(/^[A-Z].*[.)]$/)]);
    expect([rule, remedy]).toEqual([rule, expect.stringMatching(/^[A-Z`].*[.]$/)]);
  }
  expect(explainForgeRule("of-tomorrow", "Sorry", "https://x")).toEqual({
    what: "GitHub refused it. GitHub says: Sorry",
    remedy: "`archwright doctor` checks every setting. https://x",
  });
});
