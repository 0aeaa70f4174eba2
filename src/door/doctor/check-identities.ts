import type { Identity } from "../../forge/github/api.ts";
import { explainFailure } from "../../shared/explain-failure.ts";
import { type Check, type Finding, ok, weak, wrong } from "./finding.ts";

/** Whether the verdict can be required so that nobody else may set it. */
const tellGate = (critic: Identity, web: string): Finding =>
  critic.kind === "app" && critic.appId !== null
    ? ok(
        "gate",
        `The verdict is a check run of the App ${critic.appId}; a rule can ask for it from that App alone.`,
      )
    : weak(
        "gate",
        "The verdict is a commit status, which any workflow with `statuses: write` can set: it advises, it does not block.",
        `To make it a gate, let an App review and ask for its check in a ruleset: ${web}/settings/rules.`,
      );

const tellParked = (author: Identity): Finding[] =>
  author.kind === "actions"
    ? [
        weak(
          "checks of pull requests",
          "Pull requests opened with GITHUB_TOKEN start no checks until somebody approves them.",
          'Press "Approve workflows to run" on the pull request, or give the builder a token of its own.',
        ),
      ]
    : [];

/** Who opens pull requests and who reviews them, and what the two together can block. */
export const checkIdentities: Check = async ({ api, builder, reviewer, web }) => {
  const about = "identities";
  const [building, reviewing] = await Promise.all([
    (builder ?? api).identity(),
    (reviewer ?? api).identity(),
  ]);
  for (const [what, answer] of [
    ["builder", building],
    ["reviewer", reviewing],
  ] as const) {
    if (!answer.ok) {
      const fix = `Renew the token of the ${what}. ${explainFailure(answer.failure).remedy}`;
      return [wrong(about, `The ${what}'s token is refused.`, fix)];
    }
  }
  if (!building.ok || !reviewing.ok) return [];
  const findings: Finding[] = [];
  const [author, critic] = [building.data, reviewing.data];
  findings.push(
    author.id === critic.id
      ? weak(
          about,
          `${author.login} opens pull requests and reviews them: nobody may request changes on their own, so the verdict is a status and a comment.`,
          "Give the builder or the reviewer an identity of its own: secret `builder-token` or `reviewer-token` (docs/install.md, Two identities).",
        )
      : ok(about, `${author.login} builds, ${critic.login} reviews: reviews can request changes.`),
  );
  findings.push(tellGate(critic, web), ...tellParked(author));
  return findings;
};
