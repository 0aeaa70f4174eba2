import { explainFailure } from "../../shared/explain-failure.ts";
import { type Check, ok, weak, wrong } from "./finding.ts";

/** Whether the token is good, whose it is, and what it may do here as far as GitHub says. */
export const checkToken: Check = async ({ api }) => {
  const about = "token";
  const identity = await api.identity();
  if (!identity.ok) {
    const { what, remedy } = explainFailure(identity.failure);
    return [wrong(about, what, remedy)];
  }
  const { owner, name } = api.repository;
  const repository = await api.request("GET /repos/{owner}/{repo}", {});
  if (!repository.ok) {
    const fix = "Use a token of somebody who may see it, or correct the remote.";
    return [wrong(about, `${identity.data.login} cannot see ${owner}/${name}.`, fix)];
  }
  const { permissions, archived, has_issues: issues } = repository.data;
  if (archived)
    return [
      wrong(
        about,
        `${owner}/${name} is archived: nothing can be written.`,
        "Unarchive it in its settings.",
      ),
    ];
  const said = `${identity.data.login} at ${owner}/${name}`;
  const rights =
    permissions && identity.data.kind === "user" && !permissions.push
      ? [
          weak(
            about,
            `${said} may not push: settings cannot be seen, labels cannot be made.`,
            "Ask for the role write, or run the doctor as somebody who has it.",
          ),
        ]
      : [ok(about, said)];
  if (issues === false) {
    rights.push(
      wrong(
        "issues",
        "Issues are switched off in this repository.",
        "Switch them on in its settings, under Features.",
      ),
    );
  }
  return rights;
};
