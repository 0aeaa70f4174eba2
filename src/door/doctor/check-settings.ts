import { explainFailure } from "../../shared/explain-failure.ts";
import { type Check, type Finding, ok, type Patient, unknown, wrong } from "./finding.ts";

const ABOUT = "pull requests by Actions";
const TICK = 'Tick "Allow GitHub Actions to create and approve pull requests"';

async function checkOrganisation({ api }: Patient): Promise<Finding[]> {
  const { owner } = api.repository;
  const page = `the organisation's Settings, Actions, General`;
  const answer = await api.request("GET /orgs/{org}/actions/permissions/workflow", { org: owner });
  if (!answer.ok) {
    return [
      unknown(
        ABOUT,
        `Whether the organisation ${owner} lets Actions create pull requests cannot be seen with this token; the stricter of both settings wins.`,
        `An owner looks at ${page}.`,
      ),
    ];
  }
  return answer.data.can_approve_pull_request_reviews
    ? []
    : [
        wrong(
          ABOUT,
          `The organisation ${owner} forbids it to all its repositories.`,
          `${TICK} on ${page}.`,
        ),
      ];
}

/** Whether `GITHUB_TOKEN` may open the pull request. A builder with an identity of its own does not need it. */
export const checkPullRequestsByActions: Check = async (patient) => {
  if (patient.builder) return [ok(ABOUT, "Not needed: the builder has an identity of its own.")];
  const page = `${patient.web}/settings/actions`;
  const answer = await patient.api.request(
    "GET /repos/{owner}/{repo}/actions/permissions/workflow",
    {},
  );
  if (!answer.ok) {
    const seen =
      "Whether Actions may create pull requests cannot be seen with this token (it needs the right Administration: read).";
    return [unknown(ABOUT, seen, `Look at ${page}.`)];
  }
  if (!answer.data.can_approve_pull_request_reviews) {
    return [
      wrong(
        ABOUT,
        "GitHub Actions is not permitted to create pull requests here.",
        `${TICK} on ${page}.`,
      ),
    ];
  }
  const above = patient.organisation ? await checkOrganisation(patient) : [];
  return above.length > 0 ? above : [ok(ABOUT, "Actions may create pull requests.")];
};

/** Whether Actions run at all, and whether ours are among those allowed. */
export const checkActionsEnabled: Check = async ({ api, web }) => {
  const about = "actions";
  const page = `${web}/settings/actions`;
  const answer = await api.request("GET /repos/{owner}/{repo}/actions/permissions", {});
  if (!answer.ok) {
    return [
      unknown(about, "The policy of Actions cannot be seen with this token.", `Look at ${page}.`),
    ];
  }
  const { enabled, allowed_actions: allowed } = answer.data;
  if (!enabled)
    return [
      wrong(about, "Actions are switched off in this repository.", `Switch them on at ${page}.`),
    ];
  if (allowed === "local_only") {
    const fix = `Allow archwright/archwright and actions/* on ${page}.`;
    return [wrong(about, "Only actions of this owner are allowed.", fix)];
  }
  if (allowed === "selected") {
    const fix = `See that archwright/archwright/* and actions/* are on the list at ${page}.`;
    return [unknown(about, "Only selected actions are allowed.", fix)];
  }
  return [ok(about, "Actions are on, and all actions are allowed.")];
};

/** Labels that the workflow listens to and shows. */
export const checkLabels: Check = async ({ api, config }) => {
  const about = "labels";
  const answer = await api.request("GET /repos/{owner}/{repo}/labels/{name}", {
    name: config.label,
  });
  if (answer.ok) return [ok(about, `The label ${config.label} is there.`)];
  if (answer.status !== 404) return [unknown(about, explainFailure(answer.failure).what)];
  const fix = `gh label create ${config.label} --color 5319e7`;
  return [wrong(about, `There is no label ${config.label}, so nobody can ask for a design.`, fix)];
};

/** Whether a model key lies among the repository's secrets, or here in the environment. */
export const checkSecret: Check = async ({ api, keys, web }) => {
  const about = "model key";
  if (keys.length > 0) return [ok(about, `${keys.join(", ")} is set here.`)];
  const answer = await api.request("GET /repos/{owner}/{repo}/actions/secrets", { per_page: 100 });
  const page = `${web}/settings/secrets/actions`;
  if (!answer.ok)
    return [
      unknown(about, "The names of secrets cannot be seen with this token.", `Look at ${page}.`),
    ];
  const names = answer.data.secrets.map(({ name }) => name);
  const found = names.filter((name) => /_API_KEY$/.test(name));
  if (found.length > 0) return [ok(about, `The secret ${found.join(", ")} is there.`)];
  const fix = `gh secret set ANTHROPIC_API_KEY (or ${page}). A secret of the organisation shows here only to its owners.`;
  return [wrong(about, "No secret of this repository looks like a model key.", fix)];
};
