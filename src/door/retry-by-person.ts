import { type Accepted, acceptTrigger } from "../engine/accept-trigger.ts";
import type { Feature } from "../engine/load-feature.ts";
import { fail, type Result } from "../shared/result.ts";
import type { GitHubDoor } from "./github-door.ts";
import type { ActionsRun } from "./name-run.ts";
import { nameRun } from "./name-run.ts";

/**
 * A person's press of "Re-run" means `/retry`, with that person's own role: who started the first attempt says nothing about who pressed.
 * One attempt is one `/retry`, however often it is handled.
 */
export async function retryByPerson(
  door: GitHubDoor,
  feature: Feature,
  { login, run, runId }: { login: string; run: ActionsRun; runId: string },
): Promise<Result<Accepted>> {
  const { house, people, api } = door;
  const state = feature.state.feature;
  if (!state) return fail({ reason: "feature-not-found", issue: feature.issue });
  const account = await api.request("GET /users/{username}", { username: login });
  if (!account.ok) return fail(account.failure);
  const kind = account.data.type === "User" ? ("person" as const) : ("bot" as const);
  const role = await people.roleOf(login, String(account.data.id));
  const source = `rerun:${nameRun(run)}`;
  return await acceptTrigger(
    house,
    feature.issue,
    {
      kind: "command",
      source,
      at: house.now().toISOString(),
      runId,
      actor: { id: String(account.data.id), login, role, kind },
      command: { name: "retry", positional: [], options: {}, rest: "" },
      comment: { id: source, edited: false },
      issue: {
        ...state.issue,
        body: feature.documents["request.md"] ?? "",
        repository: state.repository,
        requester: state.requester,
      },
    },
    {},
    feature.head ?? undefined,
  );
}
