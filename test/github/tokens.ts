import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { actionsAccount, anonymous, userActor } from "./accounts.ts";
import type { Rights } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import type { Actor, AppRecord, World } from "./world.ts";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A random text that looks like GitHub's own. */
const random = (length: number): string => randomBytes(length).toString("hex").slice(0, length);

const hour = 3_600_000;
const clock = (world: World): number => world.clock();

/** The stateless form that GitHub brings in: about 520 characters, with `.`, `_` and `-`. */
function longToken(app: AppRecord): string {
  const head = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iss: app.appId, jti: random(32) })}`;
  const signature = sign("sha256", Buffer.from(head), app.privateKey).toString("base64url");
  return `ghs_${app.appId}_${head}.${signature}`;
}

export function issueToken(
  world: World,
  app: AppRecord,
  rights: Rights,
  isLong: boolean,
): { token: string; expiresAt: string } {
  const token = isLong ? longToken(app) : `ghs_${random(36)}`;
  const expiresAt = clock(world) + hour;
  const actor: Actor = { account: app.account, kind: "installation", rights, app, expiresAt };
  world.tokens.set(token, actor);
  return { token, expiresAt: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, "Z") };
}

/** The App that GitHub Actions itself is. */
export function issueActionsToken(world: World, app: AppRecord, rights: Rights): string {
  const token = `ghs_${random(36)}`;
  const expiresAt = clock(world) + 24 * hour;
  world.tokens.set(token, { account: actionsAccount, kind: "actions", rights, app, expiresAt });
  return token;
}

export function issueUserToken(world: World, login: string): string {
  const account = world.accounts.get(login.toLowerCase());
  if (!account) throw new Error(`nobody is called ${login}`);
  const token = `ghp_${random(36)}`;
  world.tokens.set(token, userActor(account));
  return token;
}

type Claims = { iss?: unknown; exp?: unknown; iat?: unknown };

const parsePart = (part: string): Claims => {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Claims;
  } catch {
    return {};
  }
};

function checkTimes(world: World, { exp, iat }: Claims): void {
  const now = clock(world) / 1000;
  if (typeof exp !== "number" || exp < now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + 660) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== "number" || iat > now + 60) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

/** The App whose key signed this; the clock of real time counts, because clients sign by it. */
function verifyJwt(world: World, token: string): Actor {
  const [head = "", body = "", signature = ""] = token.split(".");
  const claims = parsePart(body);
  const app = world.apps.get(Number(claims.iss));
  if (!app) throw new Refusal(401, "A JSON web token could not be decoded");
  const key = createPublicKey(createPrivateKey(app.privateKey));
  const good = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    key,
    Buffer.from(signature, "base64url"),
  );
  if (!good) throw new Refusal(401, "A JSON web token could not be decoded");
  checkTimes(world, claims);
  return { ...anonymous, kind: "app", account: app.account, app };
}

const badCredentials = (): Refusal => new Refusal(401, "Bad credentials");

function tokenOf(header: string): string {
  const [scheme = "", value = ""] = header.split(" ");
  if (scheme.toLowerCase() !== "basic") return value;
  const text = Buffer.from(value, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}

/** Who a request comes from, by its `Authorization` header. */
export function findActor(world: World, header: string | undefined): Actor {
  if (header === undefined || header === "") return anonymous;
  const token = tokenOf(header);
  const known = world.tokens.get(token);
  if (!known && /^eyJ[^.]*\.[^.]+\.[^.]+$/.test(token)) return verifyJwt(world, token);
  if (!known || known.expiresAt <= clock(world)) throw badCredentials();
  return known;
}
