import type { Route } from "../../found.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { joinPattern } from "./join-pattern.ts";

const resources: readonly (readonly [string, string])[] = [
  ["GET", ""],
  ["POST", ""],
  ["GET", "new"],
  ["GET", ":id"],
  ["GET", ":id/edit"],
  ["PATCH", ":id"],
  ["PUT", ":id"],
  ["DELETE", ":id"],
];

/** `config/routes.rb` of Rails and the routes of Sinatra; `resources` stand for their eight. */
export const rubyRoutes: Reader<Route> = {
  sign: "^[ \t]*(get|post|put|patch|delete|resources|resource|namespace|scope)[ (]+[:'\"]",
  paths: /\.r[bu]$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const open: { indent: number; part: string }[] = [];
    return [
      ...text.matchAll(
        /^([ \t]*)(get|post|put|patch|delete|resources|namespace|scope|end)\b[ (]*(?:[:'"]([\w/:.*-]*))?([^\n]*)/gm,
      ),
    ].flatMap((match): Route[] => {
      const [, space = "", word = "", name = "", rest = ""] = match;
      while ((open.at(-1)?.indent ?? -1) >= space.length) open.pop();
      if (word === "end" || name === "") return [];
      const base = open.map(({ part }) => part);
      const holds = /\bdo\b/.test(rest);
      const at = place(match.index);
      if (holds)
        open.push({ indent: space.length, part: word === "resources" ? `${name}/:id` : name });
      if (word === "namespace" || word === "scope") return [];
      if (word !== "resources")
        return [{ ...at, method: word.toUpperCase(), pattern: joinPattern(...base, name) }];
      return resources.map(([method, part]) => ({
        ...at,
        method,
        pattern: joinPattern(...base, name, part),
      }));
    });
  },
};

/** Laravel, and the attributes of Symfony. */
export const phpRoutes: Reader<Route> = {
  sign: "Route::(get|post|put|patch|delete|any|match)|#\\[Route\\(|@Route\\(|->(get|post|put|patch|delete)\\(",
  paths: /\.php$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const calls = [
      ...text.matchAll(
        /(?:Route::|\$(?:app|router|group|r)->)(get|post|put|patch|delete|options|any)\(\s*["']([^"']*)["']/g,
      ),
    ].map(
      (match): Route => ({
        ...place(match.index),
        method: (match[1] ?? "").toUpperCase(),
        pattern: joinPattern(match[2] ?? ""),
      }),
    );
    const attributes = [
      ...text.matchAll(/[#@]\[?(?:\w+\\)*Route\(\s*(?:path:\s*)?["']([^"']*)["']([^\n]*)/g),
    ].flatMap((match): Route[] => {
      const list = /methods[:=]\s*[[{]([^\]}]*)/.exec(match[2] ?? "")?.[1] ?? "";
      const methods = [...list.matchAll(/\w+/g)].map(([method]) => method.toUpperCase());
      return (methods.length > 0 ? methods : ["ANY"]).map((method) => ({
        ...place(match.index),
        method,
        pattern: joinPattern(match[1] ?? ""),
      }));
    });
    return [...calls, ...attributes];
  },
};

/** Minimal APIs and controllers of ASP.NET. */
export const sharpRoutes: Reader<Route> = {
  sign: "\\.Map(Get|Post|Put|Patch|Delete)\\(|\\[Http(Get|Post|Put|Patch|Delete)",
  paths: /\.cs$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const calls = [...text.matchAll(/\.Map(Get|Post|Put|Patch|Delete)\(\s*"([^"]*)"/g)].map(
      (match): Route => ({
        ...place(match.index),
        method: (match[1] ?? "").toUpperCase(),
        pattern: joinPattern(match[2] ?? ""),
      }),
    );
    const base = /\[Route\("([^"]*)"\)\][\s\S]*?class\s+(\w+)/.exec(text);
    const folder = (base?.[1] ?? "").replace(
      "[controller]",
      (base?.[2] ?? "").replace(/Controller$/, ""),
    );
    const attributes = [
      ...text.matchAll(/\[Http(Get|Post|Put|Patch|Delete)(?:\(\s*"([^"]*)")?/g),
    ].map(
      (match): Route => ({
        ...place(match.index),
        method: (match[1] ?? "").toUpperCase(),
        pattern: joinPattern(folder, match[2] ?? ""),
      }),
    );
    return [...calls, ...attributes];
  },
};
