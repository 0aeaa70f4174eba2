import type { Route } from "../../found.ts";
import { cutBalanced } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { joinPattern } from "./join-pattern.ts";

/** Flask, FastAPI, Django, Starlette and aiohttp. */
export const pythonRoutes: Reader<Route> = {
  sign: "\\.(route|get|post|put|patch|delete|websocket|add_url_rule|add_route|add_get|add_post|add_put|add_delete|add_api_route)\\(|(re_)?path\\(|url\\(",
  paths: /\.pyi?$/,
  read: (path, text) => [
    ...readDecorators(path, text),
    ...readCalls(path, text),
    ...readPatterns(path, text),
  ],
};

const decorated =
  /^[ \t]*@([\w.]+)\.(route|get|post|put|patch|delete|head|options|websocket|api_route)\(\s*(?:path\s*=\s*|rule\s*=\s*)?r?["']([^"']*)["']/gm;

function readDecorators(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  const prefixes = readPrefixes(text);
  return [...text.matchAll(decorated)].flatMap((match) => {
    const open = match.index + match[0].indexOf("(");
    const inside = cutBalanced(text, open)?.body ?? "";
    const pattern = joinPattern(prefixes.get(match[1] ?? "") ?? "", match[3] ?? "");
    const verb = match[2] ?? "";
    const plain = verb === "route" || verb === "api_route";
    const methods = plain ? methodsOf(inside, "GET") : [verb.toUpperCase()];
    return methods.map((method) => ({ ...place(match.index), method, pattern }));
  });
}

function methodsOf(inside: string, otherwise: string): string[] {
  const list = /methods\s*=\s*[[({]([^\])}]*)[\])}]/.exec(inside)?.[1];
  const methods = [...(list ?? "").matchAll(/\w+/g)].map(([method]) => method.toUpperCase());
  return methods.length > 0 ? methods : [otherwise];
}

/** `bp = Blueprint("auth", __name__, url_prefix="/auth")`, `router = APIRouter(prefix="/users")` */
const readPrefixes = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/(\w+)\s*=\s*(?:\w+\.)*(?:Blueprint|APIRouter)\(/g)].map((match) => {
      const inside = cutBalanced(text, match.index + match[0].length - 1)?.body ?? "";
      const prefix = /\b(?:url_)?prefix\s*=\s*["']([^"']*)["']/.exec(inside)?.[1] ?? "";
      return [match[1] ?? "", prefix];
    }),
  );

const called =
  /\.(add_url_rule|add_api_route|add_route|add_get|add_post|add_put|add_patch|add_delete|add_head|get|post|put|patch|delete)\(\s*(?:["'](GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|\*)["']\s*,\s*)?f?["'](\/[^"']*)["']\s*,/g;

function readCalls(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  return [...text.matchAll(called)].flatMap((match): Route[] => {
    const name = match[1] ?? "";
    const before = text.slice(Math.max(0, match.index - 30), match.index);
    const bare = !name.startsWith("add_");
    if (bare && !/\bweb$/.test(before)) return [];
    const inside = cutBalanced(text, match.index + match[0].indexOf("("))?.body ?? "";
    const fixed = match[2] ?? name.replace(/^add_/, "").toUpperCase();
    const known = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(fixed);
    const otherwise = name === "add_url_rule" || name === "add_api_route" ? "GET" : "ANY";
    const methods = known ? [fixed] : methodsOf(inside, otherwise);
    return methods.map((method) => ({ ...place(match.index), method, pattern: match[3] ?? "" }));
  });
}

/** `path("users/<int:id>/", view)` in a list of patterns; what Django includes elsewhere is not joined. */
function readPatterns(path: string, text: string): Route[] {
  if (!/\burlpatterns\b/.test(text)) return [];
  const place = openPlaces(path, text);
  return [...text.matchAll(/\b(?:re_)?(?:path|url)\(\s*r?["']([^"']*)["']\s*,(?!\s*include)/g)].map(
    (match): Route => ({
      ...place(match.index),
      method: "ANY",
      pattern: joinPattern((match[1] ?? "").replace(/^\^|\$$/g, "")),
    }),
  );
}
