import type { CheckRun, Status, World } from "../world.ts";
import { nodeId, shapeAccount, shapeApp } from "./account.ts";
import { apiOf, pageOf } from "./repository.ts";

export const shapeStatus = (world: World, status: Status): Record<string, unknown> => ({
  url: `${apiOf(world)}/statuses/${status.sha}`,
  avatar_url: `${world.url}/avatars/u/${status.creator.id}`,
  id: status.id,
  node_id: nodeId("SC", status.id),
  state: status.state,
  description: status.description,
  target_url: status.targetUrl,
  context: status.context,
  created_at: status.createdAt,
  updated_at: status.createdAt,
  creator: shapeAccount(world, status.creator),
});

/** Inside a combined status the creator is left out. */
export const shapeSimpleStatus = (world: World, status: Status): Record<string, unknown> => {
  const { creator: _creator, ...rest } = shapeStatus(world, status);
  return rest;
};

export function shapeCheck(world: World, check: CheckRun): Record<string, unknown> {
  const url = `${apiOf(world)}/check-runs/${check.id}`;
  const page = `${pageOf(world)}/runs/${check.id}`;
  return {
    id: check.id,
    name: check.name,
    node_id: nodeId("CR", check.id),
    head_sha: check.sha,
    external_id: check.externalId,
    url,
    html_url: page,
    details_url: check.detailsUrl ?? page,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      ...check.output,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: check.suite },
    app: check.app ? shapeApp(world, check.app) : null,
    pull_requests: [...world.threads.values()]
      .filter((thread) => thread.state === "open" && thread.pull?.headSha === check.sha)
      .flatMap(({ number, pull }) => (pull ? [shapeLink(world, number, pull)] : [])),
  };
}

const shapeLink = (
  world: World,
  number: number,
  pull: { id: number; head: string; headSha: string; base: string; baseSha: string },
): Record<string, unknown> => {
  const repo = { id: world.repositoryId, url: apiOf(world), name: world.repo };
  return {
    url: `${apiOf(world)}/pulls/${number}`,
    id: pull.id,
    number,
    head: { ref: pull.head, sha: pull.headSha, repo },
    base: { ref: pull.base, sha: pull.baseSha, repo },
  };
};
