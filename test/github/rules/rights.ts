import { hasRole } from "../accounts.ts";
import type { Call } from "../call.ts";
import type { Role } from "../contract.ts";
import { notFound, Refusal } from "../refusal.ts";

/** What a route asks for: any one of these rights of a token, or this role of a person. */
type Need = {
  any: readonly string[];
  level: "read" | "write";
  /** Role of a person; null where only tokens of Apps may. */
  role: Role | null;
  /** Whether everybody may read it in a public repository. */
  open?: boolean;
};

const read = (...any: string[]): Need => ({ any, level: "read", role: "read", open: true });
const closedRead = (role: Role, ...any: string[]): Need => ({ any, level: "read", role });
const write = (role: Role | null, ...any: string[]): Need => ({ any, level: "write", role });

/** The first pattern that fits a route rules. From GitHub's page on permissions required for GitHub Apps. */
const needs: readonly (readonly [RegExp, Need])[] = [
  [
    /^POST \S+\/(issues|issues\/comments)\/\{\w+\}\/reactions/,
    write("read", "issues", "pull_requests"),
  ],
  [/^DELETE \S+\/reactions/, write("read", "issues", "pull_requests")],
  [/^POST \S+\/issues$/, write("read", "issues")],
  [/^POST \S+\/issues\/\{issue_number\}\/comments$/, write("read", "issues", "pull_requests")],
  [/^(PATCH|DELETE) \S+\/issues\/comments/, write("read", "issues", "pull_requests")],
  [/^(PUT|DELETE) \S+\/lock$/, write("write", "issues", "pull_requests")],
  [
    /^(POST|PUT|DELETE) \S+\/issues\/\{issue_number\}\/labels/,
    write("triage", "issues", "pull_requests"),
  ],
  [/^PATCH \S+\/issues\/\{issue_number\}$/, write("read", "issues", "pull_requests")],
  [/^(POST|PATCH|DELETE) \S+\/labels/, write("write", "issues", "pull_requests")],
  [/^GET \S+\/(issues|labels)/, read("issues", "pull_requests")],
  [/^PUT \S+\/pulls\/\{pull_number\}\/merge$/, write("write", "contents")],
  [/^POST \S+\/pulls$/, write("read", "pull_requests")],
  [/^PUT \S+\/dismissals$/, write("write", "pull_requests")],
  [/^(POST|PATCH|PUT) \S+\/pulls/, write("read", "pull_requests")],
  [/^GET \S+\/pulls/, read("pull_requests")],
  [/^GET \S+\/commits\/\{commit_sha\}\/pulls$/, read("pull_requests", "contents")],
  [/^(POST|PATCH) \S+\/check-runs/, write(null, "checks")],
  [/^GET \S+\/(check-runs|check-suites)/, read("checks")],
  [/^POST \S+\/statuses/, write("write", "statuses")],
  [/^GET \S+\/(status|statuses)$/, read("statuses")],
  [/^GET \S+\/actions\/artifacts\/\{artifact_id\}\/\{/, closedRead("read", "actions")],
  [/^GET \S+\/actions\/(runs|artifacts|workflows)/, read("actions")],
  [/^POST \S+\/actions\//, write("write", "actions")],
  [/^GET \/repos\S+\/actions\/permissions/, closedRead("admin", "administration")],
  [/^GET \/orgs\S+\/actions\/permissions/, closedRead("admin", "organization_administration")],
  [/^GET \S+\/actions\/(secrets|organization-secrets)/, closedRead("write", "secrets")],
  [/^GET \S+\/actions\/variables/, closedRead("write", "actions_variables")],
  [/^GET \S+\/protection$/, closedRead("admin", "administration")],
  [/^GET \S+\/rules\//, read("metadata")],
  [/^GET \S+\/collaborators$/, closedRead("write", "metadata")],
  [/^GET \S+\/permission$/, closedRead("read", "metadata")],
  [/^GET \/repos\/\{owner\}\/\{repo\}$/, read("metadata")],
  [/^POST \S+\/dispatches$/, write("write", "contents")],
  [/^(POST|PATCH|DELETE) \S+\/git\//, write("write", "contents")],
  [/^GET \S+\/(git|contents|compare|commits|branches)/, read("contents")],
];

export const findNeed = (key: string): Need | null => {
  if (!/ \/(repos|orgs)\//.test(key) || key.endsWith("/installation")) return null;
  const found = needs.find(([pattern]) => pattern.test(key));
  if (!found) throw new Error(`no right is known for ${key}`);
  return found[1];
};

/** The header in which GitHub says what a call needs. */
export function describeNeed(key: string): string | null {
  const need = findNeed(key);
  return need?.any.map((right) => `${right}=${need.level}`).join("; ") ?? null;
}

const integrationRefused = (): Refusal =>
  new Refusal(403, "Resource not accessible by integration");

function checkPerson(call: Call, need: Need): void {
  const { world, actor } = call;
  if (need.role === null) {
    throw new Refusal(403, "You must authenticate via a GitHub App.");
  }
  if (hasRole(world, actor.account.login, need.role)) return;
  // What a person may not see is not there; what they may see but not do is forbidden.
  if (!hasRole(world, actor.account.login, "read")) throw notFound();
  throw need.level === "read" || need.role === "admin"
    ? new Refusal(403, "Must have admin rights to Repository.")
    : notFound();
}

const holds = (call: Call, right: string, level: "read" | "write"): boolean => {
  const held = right === "metadata" ? "read" : call.actor.rights[right];
  return held === "write" || (held === "read" && level === "read");
};

/** Throws what GitHub answers to a token that may not do this. */
export function checkRights(call: Call, key: string): void {
  const need = findNeed(key);
  if (!need) return;
  const { world, actor } = call;
  checkAddress(call);
  const isOpen = need.open === true && !world.private;
  if (actor.kind === "anonymous") {
    if (isOpen) return;
    throw need.level === "write" ? new Refusal(401, "Requires authentication") : notFound();
  }
  if (actor.kind === "app") throw notFound();
  if (actor.kind === "user") {
    checkPerson(call, need);
    return;
  }
  if (isOpen || need.any.some((right) => holds(call, right, need.level))) return;
  // Every token may see that its repository is there, so it is told what it lacks.
  throw integrationRefused();
}

/** `pull_requests` alone speaks on pull requests only, not on issues. */
export function checkThreadRight(call: Call, isPull: boolean): void {
  const { actor } = call;
  if (actor.kind !== "installation" && actor.kind !== "actions") return;
  if (holds(call, "issues", "write") || (isPull && holds(call, "pull_requests", "write"))) return;
  throw integrationRefused();
}

function checkAddress(call: Call): void {
  const { owner, repo: name, org } = call.parameters;
  const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
  if (org !== undefined) {
    if (!call.world.organisation || !same(org, call.world.owner)) throw notFound();
    return;
  }
  if (!same(owner, call.world.owner) || !same(name, call.world.repo)) throw notFound();
}
