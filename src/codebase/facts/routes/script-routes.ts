import type { Route } from "../../found.ts";
import { cutBalanced } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { joinPattern } from "./join-pattern.ts";

const verbs = "get|post|put|patch|delete|del|head|options|all|any";

/** Express, Fastify, Koa, Hono, Nest and the route files of Next. */
export const scriptRoutes: Reader<Route> = {
  sign: `\\.(${verbs}|route)\\(|@(Get|Post|Put|Patch|Delete|Controller)\\(|export .*(GET|POST|PUT|PATCH|DELETE)`,
  paths: /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
  read: (path, text) => [
    ...readCalls(path, text),
    ...readChains(path, text),
    ...readOptions(path, text),
    ...readControllers(path, text),
    ...readRouteFile(path, text),
  ],
};

/** What asks other servers, or plays one in a test, has the same verbs. */
const clients =
  /(?:axios|client|http|https|fetch|request|got|superagent|agent|nock|cy|ky|\$|octokit|api|scope|supertest|cache|map|store)$/i;

const called = new RegExp(
  String.raw`([\w$.\])]+)\s*\.(${verbs})\(\s*(?:<[^>]*>\()?["'\x60](/[^"'\x60\n]*|\*)["'\x60]\s*([,)])`,
  "g",
);

function readCalls(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(called)].flatMap((match): Route[] => {
    const receiver = (match[1] ?? "").replace(/^.*\./, "");
    if (match[4] === ")" || clients.test(receiver) || receiver.endsWith(")")) return [];
    return [{ ...place(match.index), method: verbOf(match[2] ?? ""), pattern: match[3] ?? "" }];
  });
}

const verbOf = (word: string): string => {
  const upper = word.toUpperCase();
  if (upper === "ALL" || upper === "ANY") return "ANY";
  return upper === "DEL" ? "DELETE" : upper;
};

/** `router.route("/users").get(list).post(add)` */
function readChains(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(/\.route\(\s*["'`](\/[^"'`\n]*)["'`]\s*\)/g)].flatMap((match) => {
    const pattern = match[1] ?? "";
    const routes: Route[] = [];
    let at = match.index + match[0].length;
    for (;;) {
      const next = new RegExp(`^\\s*\\.(${verbs})(?=\\()`).exec(text.slice(at, at + 200));
      if (next === null) return routes;
      routes.push({ ...place(match.index), method: verbOf(next[1] ?? ""), pattern });
      const open = at + next[0].length;
      at = (cutBalanced(text, open)?.end ?? text.length) + 1;
    }
  });
}

/** `route({ method: "GET", url: "/users" })` of Fastify and Hapi. */
function readOptions(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(/\.route\(\s*\{/g)].flatMap((match): Route[] => {
    const body = cutBalanced(text, match.index + match[0].length - 1)?.body ?? "";
    const pattern = /\b(?:url|path)\s*:\s*["'`](\/[^"'`]*|\*)["'`]/.exec(body)?.[1];
    const methods = /\bmethod\s*:\s*(\[[^\]]*\]|["'`]\w+["'`])/.exec(body)?.[1] ?? "";
    if (pattern === undefined) return [];
    const named = [...methods.matchAll(/\w+/g)].map(([method]) => verbOf(method));
    return (named.length > 0 ? named : ["ANY"]).map((method) => ({
      ...place(match.index),
      method,
      pattern,
    }));
  });
}

const controller = /@Controller\(\s*(?:\{[^}]*?path\s*:\s*)?(?:["'`]([^"'`]*)["'`])?[^)]*\)/g;
const handler = /@(Get|Post|Put|Patch|Delete|Head|Options|All)\(\s*(?:["'`]([^"'`]*)["'`])?\s*\)/g;

/** `@Controller("users")` with `@Get(":id")` of Nest. */
function readControllers(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  const bases = [...text.matchAll(controller)];
  return [...text.matchAll(handler)].flatMap((match): Route[] => {
    const base = bases.findLast(({ index }) => index < match.index);
    if (base === undefined) return [];
    const pattern = joinPattern(base[1] ?? "", match[2] ?? "");
    return [{ ...place(match.index), method: verbOf(match[1] ?? ""), pattern }];
  });
}

const routeFile = /(?:^|\/)app\/(.*?)\/?route\.[jt]sx?$/;

/** `app/api/users/[id]/route.ts` of Next. */
function readRouteFile(path: string, text: string): Route[] {
  const folder = routeFile.exec(path)?.[1];
  if (folder === undefined) return [];
  const place = openPlaces(path, text);
  const pattern = joinPattern(folder.replace(/\([^)/]*\)\/?/g, ""));
  return [
    ...text.matchAll(
      /export\s+(?:async\s+function|const|function)\s+(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g,
    ),
  ].map((match) => ({ ...place(match.index), method: match[1] ?? "", pattern }));
}
