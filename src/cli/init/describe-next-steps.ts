import type { Remote } from "./find-remote.ts";

/** How the workflow is run: by itself, or beside an App that an operator runs. */
export type SetupMode = "action" | "app";

const place = (remote: Remote | null): string =>
  remote ? `https://${remote.host}/${remote.owner}/${remote.name}` : "<your repository on GitHub>";

const nameTheApp = [
  "Put your App's bot in the line `ledger-authors` of the workflow: `archwright init --app-slug <app>` does it, or this prints it",
  "   (the App's own name for <app>):",
  `     gh api 'users/<app>[bot]' --jq '"\\(.id)+\\(.login)@users.noreply.github.com"'`,
].join("\n");

const second = [
  "",
  "Optional: with one identity a review cannot request changes, because nobody may on their own pull request; its verdict is",
  "then a status. A second one (`builder-token`: a token of another account) opens the pull request, starts its checks",
  'by itself, and lets reviews request changes. docs/install.md, "Two identities".',
];

/** What is left for the person: the key, the setting, the first label. Each with the page where it is done. */
export function describeNextSteps(
  remote: Remote | null,
  options: {
    mode: SetupMode;
    label: string;
    labels: "created" | "not-created";
    /** The workflow names the App's bot already. */
    named?: boolean;
  },
): string {
  const web = place(remote);
  const steps = [
    "Commit these files and push them to the default branch: workflows on issues run from there only.",
    [
      "Add the key of a model vendor as a secret, for example:",
      "     gh secret set ANTHROPIC_API_KEY",
      `   or on ${web}/settings/secrets/actions/new`,
    ].join("\n"),
    ...(options.mode === "action"
      ? [
          [
            `Tick "Allow GitHub Actions to create and approve pull requests" on ${web}/settings/actions`,
            "   (an organisation may forbid it: its owners find the same tick under Settings, Actions, General).",
          ].join("\n"),
        ]
      : [
          ...(options.named ? [] : [nameTheApp]),
          "Install the App on this repository; docs/install.md says how it is run.",
        ]),
    ...(options.labels === "created"
      ? []
      : [
          `Create the label: gh label create ${options.label} --color 5319e7 (the others are made when they are needed)`,
        ]),
    `Put the label ${options.label} on an issue. The design comes as a comment.`,
  ];
  return [
    "What is left to do:",
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    ...(options.mode === "action" ? second : []),
    "",
    "`archwright doctor` checks all of this.",
  ].join("\n");
}
