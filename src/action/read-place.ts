import type { ActionsRun } from "../door/name-run.ts";
import type { Failure } from "../shared/failure.ts";
import type { Environment } from "./read-inputs.ts";

/** Where this process runs, as the runner says. */
export type Place = {
  repository: { owner: string; name: string };
  apiUrl: string;
  serverUrl: string;
  run: ActionsRun;
  /** Page of the run. */
  link: string;
  /** File name of the caller's workflow. */
  workflow: string;
  event: string;
  eventPath: string;
  /** Login of who started this attempt. */
  triggeringActor: string;
  temporary: string;
};

type PlaceRead = { ok: true; value: Place } | { ok: false; failure: Failure };

const wrong = (input: string, detail: string): PlaceRead => ({
  ok: false,
  failure: { reason: "input-invalid", input, detail },
});

/** Reads the variables of the runner. Failure: `input-invalid` with the first that is missing, as where this is no run of Actions. */
export function readPlace(environment: Environment): PlaceRead {
  const value = (name: string): string => environment[name]?.trim() ?? "";
  const [owner = "", name = "", ...more] = value("GITHUB_REPOSITORY").split("/");
  if (owner === "" || name === "" || more.length > 0) {
    return wrong("GITHUB_REPOSITORY", "it must be owner/name; this job runs in GitHub Actions");
  }
  const id = value("GITHUB_RUN_ID");
  const attempt = Number(value("GITHUB_RUN_ATTEMPT") || "1");
  if (!/^[1-9]\d{0,15}$/.test(id)) return wrong("GITHUB_RUN_ID", "it is not the number of a run");
  if (!Number.isInteger(attempt) || attempt < 1) {
    return wrong("GITHUB_RUN_ATTEMPT", "it is not a number from 1");
  }
  const reference = value("GITHUB_WORKFLOW_REF");
  const workflow = /\/\.github\/workflows\/([\w.-]+\.ya?ml)@/.exec(reference)?.[1];
  if (workflow === undefined) {
    return wrong("GITHUB_WORKFLOW_REF", "it names no file in .github/workflows");
  }
  const serverUrl = value("GITHUB_SERVER_URL") || "https://github.com";
  const place: Place = {
    repository: { owner, name },
    apiUrl: value("GITHUB_API_URL") || "https://api.github.com",
    serverUrl,
    run: { id, attempt },
    link: `${serverUrl}/${owner}/${name}/actions/runs/${id}/attempts/${attempt}`,
    workflow,
    event: value("GITHUB_EVENT_NAME"),
    eventPath: value("GITHUB_EVENT_PATH"),
    triggeringActor: value("GITHUB_TRIGGERING_ACTOR") || value("GITHUB_ACTOR"),
    temporary: value("RUNNER_TEMP") || "/tmp",
  };
  return { ok: true, value: place };
}
