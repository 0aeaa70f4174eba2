import type { GitHubApi, Identity } from "../../forge/github/api.ts";
import { explainFailure } from "../../shared/explain-failure.ts";
import { type Check, type Finding, ok, type Patient, unknown, weak, wrong } from "./finding.ts";

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

/** The account of a workflow's own token. */
const actions: Identity = {
  id: "41898282",
  login: "github-actions[bot]",
  kind: "actions",
  appId: null,
};

/** A person asks the doctor with a token of theirs; the work is done by the workflow's own, where it is given no other. */
const whoWorks = (identity: Identity, given: GitHubApi | null): Identity =>
  given === null && identity.kind === "user" ? actions : identity;

/** Where somebody who is not asked here does the work: the App, or whoever's token the workflow is given. */
async function tellOthers({
  snapshot,
  config,
  builder,
  reviewer,
}: Patient): Promise<string | null> {
  const content = await snapshot?.read(`.github/workflows/${config.workflow}`);
  const text = content?.kind === "text" ? content.text.replaceAll(/^\s*#.*$/gm, "") : "";
  if (/uses:\s*\S*archwright-app\.yml\b/.test(text))
    return "The App opens pull requests and reviews them.";
  const named = ["builder-token", "reviewer-token"].filter((name) =>
    new RegExp(`\\b${name}:`).test(text),
  );
  return named.length > 0 && builder === null && reviewer === null
    ? `The workflow is given ${named.map((name) => `\`${name}\``).join(" and ")}, whose account is not known here.`
    : null;
}

/** Who opens pull requests and who reviews them, and what the two together can block. */
export const checkIdentities: Check = async (patient) => {
  const { api, builder, reviewer, web } = patient;
  const about = "identities";
  const here = await api.identity();
  const others = here.ok && here.data.kind === "user" ? await tellOthers(patient) : null;
  if (others !== null) {
    return [
      unknown(about, others, "`/doctor` in a comment says who works there, and what it can block."),
    ];
  }
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
  const [author, critic] = [whoWorks(building.data, builder), whoWorks(reviewing.data, reviewer)];
  findings.push(
    author.id === critic.id
      ? weak(
          about,
          `${author.login} opens pull requests and reviews them: nobody may request changes on their own, so the verdict is a status and a comment.`,
          "Give the builder or the reviewer an identity of its own: `builder-token` or `reviewer-token` (docs/install.md, Two identities).",
        )
      : ok(about, `${author.login} builds, ${critic.login} reviews: reviews can request changes.`),
  );
  findings.push(tellGate(critic, web), ...tellParked(author));
  return findings;
};
