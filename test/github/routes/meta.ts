import picomatch from "picomatch";
import { type Handler, ok, page, parameter, type Routes } from "../call.ts";
import { Refusal } from "../refusal.ts";
import { limitOf } from "../send-answer.ts";

const repo = "/repos/{owner}/{repo}";

const rateLimit: Handler = ({ actor }) => {
  const limit = limitOf(actor);
  const reset = Math.floor(Date.now() / 1000) + 3600;
  const one = { limit, used: 1, remaining: limit - 1, reset };
  return ok({ resources: { core: one, search: one, graphql: one }, rate: one });
};

const meta: Handler = () =>
  ok({ verifiable_password_authentication: false, hooks: ["192.30.252.0/22"], domains: {} });

const rules: Handler = (call) => {
  const { settings, repo: name, owner } = call.world;
  const branch = parameter(call, "branch");
  const source = {
    ruleset_source_type: "Repository",
    ruleset_source: `${owner}/${name}`,
    ruleset_id: 1,
  };
  const isProtected = settings.protectedBranches.some((glob) => picomatch.isMatch(branch, glob));
  return page(call, [
    ...(settings.requireSignedCommits ? [{ type: "required_signatures", ...source }] : []),
    ...(isProtected ? [{ type: "update", ...source }] : []),
  ]);
};

const protection: Handler = (call) => {
  const branch = parameter(call, "branch");
  const { settings } = call.world;
  if (!settings.protectedBranches.some((glob) => picomatch.isMatch(branch, glob))) {
    throw new Refusal(404, "Branch not protected");
  }
  return ok({ enforce_admins: { url: call.world.url, enabled: true } });
};

export const metaRoutes: Routes = {
  "GET /rate_limit": rateLimit,
  "GET /meta": meta,
  [`GET ${repo}/rules/branches/{branch}`]: rules,
  [`GET ${repo}/branches/{branch}/protection`]: protection,
};
