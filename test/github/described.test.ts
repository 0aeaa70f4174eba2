import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkAnswer, checkRequest, findOperation, operations } from "./describe.ts";
import { routes } from "./routes/all.ts";

const find = (method: string, path: string) => {
  const match = findOperation(method, path);
  if (!match) throw new Error(`not described: ${method} ${path}`);
  return match;
};

const fill = (key: string) => {
  const [method = "", template = ""] = key.split(" ");
  return find(method, template.replace(/\{\w+\}/g, "1"));
};

test("the description is small enough to read in every test", () => {
  const bytes = readFileSync(join(import.meta.dirname, "openapi.json")).length;
  expect(bytes).toBeLessThan(1_500_000);
});

test("a path finds its own operation, also where templates overlap", () => {
  const repo = "/repos/acme/widgets";
  const keys = [
    ["GET", `${repo}/issues/7`],
    ["GET", `${repo}/issues/comments/7`],
    ["GET", `${repo}/git/ref/heads/a/b`],
    ["GET", `${repo}/git/ref/heads%2Fa%2Fb`],
    ["GET", `${repo}/commits/main/status`],
    ["GET", `${repo}/commits/archwright/1-x/check-runs`],
    ["GET", `${repo}/compare/main...archwright/1-x`],
    ["GET", `${repo}/branches/a/b/protection`],
  ].map(([method = "", path = ""]) => find(method, path));
  expect(
    keys.map(({ key, parameters }) => [key.split("{repo}")[1], Object.values(parameters).slice(2)]),
  ).toEqual([
    ["/issues/{issue_number}", ["7"]],
    ["/issues/comments/{comment_id}", ["7"]],
    ["/git/ref/{ref}", ["heads/a/b"]],
    ["/git/ref/{ref}", ["heads/a/b"]],
    ["/commits/{ref}/status", ["main"]],
    ["/commits/{ref}/check-runs", ["archwright/1-x"]],
    ["/compare/{base}...{head}", ["main", "archwright/1-x"]],
    ["/branches/{branch}/protection", ["a/b"]],
  ]);
});

test("every operation of the description is answered", () => {
  const unanswered = Object.keys(operations).filter((key) => !(key in routes));
  expect(unanswered).toEqual([]);
});

test("every route that is answered is described", () => {
  expect(Object.keys(routes).filter((key) => !(key in operations))).toEqual([]);
});

/** GitHub's own examples that do not keep to GitHub's own schemas. */
const wrongUpstream: readonly string[] = [
  "GET /app/installations",
  "GET /meta",
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
  "GET /repos/{owner}/{repo}/branches",
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
  "GET /repos/{owner}/{repo}/commits/{ref}",
  "GET /repos/{owner}/{repo}/issues/{issue_number}",
];

test("GitHub's own examples are valid answers", () => {
  const faults = Object.entries(operations).flatMap(([key, { responses }]) =>
    Object.entries(responses).flatMap(([status, { example }]) =>
      example === undefined ? [] : checkAnswer(fill(key), Number(status), example),
    ),
  );
  const keys = faults.map((fault) => fault.split(" ").slice(0, 2).join(" "));
  expect([...new Set(keys)]).toEqual(wrongUpstream);
});

const wrong: [string, string, string, unknown][] = [
  ["a key that is not known", "POST", "/issues/1/comments", { body: "x", bodyy: "y" }],
  ["a key that is missing", "POST", "/issues/1/comments", {}],
  ["a value of the wrong type", "POST", "/pulls", { title: 3, head: "a", base: "b" }],
  ["a value that is not in the list", "PATCH", "/issues/1", { state: "opened" }],
  [
    "an unknown key deeper down",
    "POST",
    "/pulls/1/reviews",
    { comments: [{ path: "a", body: "b", lin: 1 }] },
  ],
  [
    "a mode that git does not have",
    "POST",
    "/git/trees",
    { tree: [{ path: "a", mode: "100645" }] },
  ],
  [
    "eleven parts of a payload",
    "POST",
    "/dispatches",
    {
      event_type: "x",
      client_payload: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`k${at}`, at])),
    },
  ],
];

test.each(wrong)("%s is found in a request", (_what, method, path, body) => {
  const match = find(method, `/repos/acme/widgets${path}`);
  expect(checkRequest(match, new URLSearchParams(), body)).not.toEqual([]);
});

test("an answer with a status that GitHub never gives is found", () => {
  const match = find("POST", "/repos/acme/widgets/issues");
  expect(checkAnswer(match, 200, {})).toEqual([
    "POST /repos/{owner}/{repo}/issues never answers 200",
  ]);
});
