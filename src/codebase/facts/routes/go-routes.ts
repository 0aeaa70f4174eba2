import type { Route } from "../../found.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";

const call =
  /\b[\w.()]+\.(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any|Get|Post|Put|Patch|Delete|Head|Options|Handle|HandleFunc|Match|Add|Method|MethodFunc)\(\s*(?:(?:http\.Method(\w+)|"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)")\s*,\s*)?"(?:(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) )?(\/[^"\n]*)"\s*,([^\n]*)/g;

/** Gin, Echo, Chi, Gorilla and `net/http`. */
export const goRoutes: Reader<Route> = {
  sign: "\\.(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any|Get|Post|Put|Patch|Delete|Head|Options|Handle|HandleFunc|Match|Add|Method|MethodFunc)\\(",
  paths: /\.go$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const groups = readGroups(text);
    return [...text.matchAll(call)].flatMap((match): Route[] => {
      const [, verb = "", byName, byText, inPattern, pattern = "", rest = ""] = match;
      const receiver = match[0].split(".")[0] ?? "";
      if (/^(?:http|client|resty|req|\w*[cC]lient)$/.test(receiver) && /^[A-Z][a-z]+$/.test(verb))
        if (!verb.startsWith("Handle")) return [];
      const chained = /\.Methods\(([^)]*)\)/.exec(rest)?.[1];
      const given = byName ?? byText ?? inPattern ?? chained?.match(/[A-Za-z]+"?$/)?.[0] ?? verb;
      const method = given
        .replace(/^.*Method/, "")
        .replace(/"/g, "")
        .toUpperCase();
      const known = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(method);
      const whole = `${groups.get(receiver) ?? ""}${pattern}`;
      return [{ ...place(match.index), method: known ? method : "ANY", pattern: whole }];
    });
  },
};

/** `v1 := r.Group("/v1")` */
function readGroups(text: string): Map<string, string> {
  const groups = new Map<string, string>();
  for (const match of text.matchAll(/(\w+)\s*:?=\s*(\w+)\.Group\(\s*"([^"]*)"/g))
    groups.set(match[1] ?? "", `${groups.get(match[2] ?? "") ?? ""}${match[3] ?? ""}`);
  return groups;
}
