import type { Account, Role } from "./contract.ts";
import type { Actor, World } from "./world.ts";

export const actionsAccount: Account = {
  id: 41_898_282,
  login: "github-actions[bot]",
  type: "Bot",
};

const nobody: Account = { id: 0, login: "", type: "User" };

export const anonymous: Actor = {
  account: nobody,
  kind: "anonymous",
  rights: {},
  app: null,
  expiresAt: Number.POSITIVE_INFINITY,
};

/** The account of a login, made when it is first named. */
export function ensureAccount(world: World, login: string, type: Account["type"]): Account {
  const key = login.toLowerCase();
  const known = world.accounts.get(key);
  if (known) return known;
  const account: Account = { id: world.nextId(), login, type };
  world.accounts.set(key, account);
  return account;
}

export const findAccount = (world: World, login: string): Account | null =>
  world.accounts.get(login.toLowerCase()) ?? null;

/** The role that GitHub gives: a stranger reads what is public. */
export function roleOf(world: World, login: string): Role {
  const role = world.roles.get(login.toLowerCase()) ?? "none";
  return role === "none" && !world.private ? "read" : role;
}

const order: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];

export const hasRole = (world: World, login: string, wanted: Role): boolean =>
  order.indexOf(roleOf(world, login)) >= order.indexOf(wanted);

/** A person with everything that their role allows. */
export const userActor = (account: Account): Actor => ({
  account,
  kind: "user",
  rights: {},
  app: null,
  expiresAt: Number.POSITIVE_INFINITY,
});

export const isSame = (one: Account | null, other: Account | null): boolean =>
  one !== null && other !== null && one.id === other.id;
