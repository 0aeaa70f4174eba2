import type { Route } from "../../found.ts";
import { cutBalanced } from "../cut-balanced.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";
import { joinPattern } from "./join-pattern.ts";

/** Actix, Axum and Rocket. */
export const rustRoutes: Reader<Route> = {
  sign: "#\\[(get|post|put|patch|delete|head)\\(|\\.route\\(|resource\\(",
  paths: /\.rs$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const attributes = [...text.matchAll(/#\[(get|post|put|patch|delete|head)\(\s*"([^"]*)"/g)].map(
      (match): Route => ({
        ...place(match.index),
        method: (match[1] ?? "").toUpperCase(),
        pattern: joinPattern(match[2] ?? ""),
      }),
    );
    const calls = [...text.matchAll(/(?:\.route|\bresource)\(\s*"(\/[^"]*)"/g)].flatMap((match) => {
      const open = match.index + match[0].indexOf("(");
      const end = cutBalanced(text, open)?.end ?? open;
      // A resource of Actix names its methods after it, a route of Axum inside.
      const after = match[0].startsWith("resource") ? text.slice(end, end + 200) : "";
      const chain = text.slice(open, end) + (after.split(/;|\bresource\(/)[0] ?? "");
      const verbs = [...chain.matchAll(/\b(get|post|put|patch|delete|head)\(/g)].map((verb) =>
        (verb[1] ?? "").toUpperCase(),
      );
      return [...new Set(verbs.length > 0 ? verbs : ["ANY"])].map((method) => ({
        ...place(match.index),
        method,
        pattern: match[1] ?? "",
      }));
    });
    return [...attributes, ...calls];
  },
};

const spring = /@(Get|Post|Put|Patch|Delete|Request)Mapping\b(?:\(((?:[^()"]|"[^"]*")*)\))?/g;
const classAhead = /^(?:\s|@\w+(?:\((?:[^()"]|"[^"]*")*\))?|public|final|abstract|open)*class\b/;

/** Spring and JAX-RS. */
export const javaRoutes: Reader<Route> = {
  sign: "@(Get|Post|Put|Patch|Delete|Request)Mapping|@Path\\(",
  paths: /\.(?:java|kt)$/,
  read: (path, text) => [...readSpring(path, text), ...readJaxRs(path, text)],
};

function readSpring(path: string, text: string): Route[] {
  const place = openPlaces(path, text);
  let base = "";
  return [...text.matchAll(spring)].flatMap((match): Route[] => {
    const inside = match[2] ?? "";
    const given =
      /"([^"]*)"/.exec(
        inside.replace(
          /\b(?:produces|consumes|params|headers|name)\s*=\s*(?:"[^"]*"|\{[^}]*\})/g,
          "",
        ),
      )?.[1] ?? "";
    if (classAhead.test(text.slice(match.index + match[0].length, match.index + 600))) {
      base = given;
      return [];
    }
    const verb =
      match[1] === "Request"
        ? (/RequestMethod\.(\w+)/.exec(inside)?.[1] ?? "ANY")
        : (match[1] ?? "");
    return [
      { ...place(match.index), method: verb.toUpperCase(), pattern: joinPattern(base, given) },
    ];
  });
}

const jax = /@(?:Path\(\s*"([^"]*)"\s*\)|(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b)/g;

function readJaxRs(path: string, text: string): Route[] {
  if (!/@Path\(/.test(text)) return [];
  const place = openPlaces(path, text);
  const marks = [...text.matchAll(jax)];
  const based = marks.filter(
    ({ 0: all, 1: given, index }) =>
      given !== undefined && classAhead.test(text.slice(index + all.length, index + 600)),
  );
  return marks.flatMap((match): Route[] => {
    if (match[2] === undefined) return [];
    const base = based.findLast(({ index }) => index < match.index);
    const near = marks.find(
      (other) =>
        other[1] !== undefined &&
        !based.includes(other) &&
        !/[;{}]/.test(between(text, other.index + other[0].length, match.index)),
    );
    const pattern = joinPattern(base?.[1] ?? "", near?.[1] ?? "");
    return [{ ...place(match.index), method: match[2], pattern }];
  });
}

const between = (text: string, left: number, right: number): string =>
  text.slice(Math.min(left, right), Math.max(left, right)).replace(/"[^"]*"/g, "");
