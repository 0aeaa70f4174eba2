import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import type { GitHubApi } from "../../src/forge/github/api.ts";
import { openGitHubApi } from "../../src/forge/github/open-api.ts";
import { openPeople } from "../../src/forge/github/open-people.ts";

// A server that is not the GitHub that it should be: hostile, broken, or in the middle.

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
const token = "ghs_secret.token-of-the_run";

/** On `localhost`: another host than 127.0.0.1 for whoever follows a redirect. */
async function serve(answer: Answer, name = "127.0.0.1"): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, name, resolve));
  return `http://${name}:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const open = (baseUrl: string): GitHubApi =>
  openGitHubApi({
    ...{ baseUrl, auth: { token }, repository: { owner: "acme", name: "shop" }, pace: "none" },
    ...{ timeoutMilliseconds: 2_000, patienceMilliseconds: 3_000 },
  });
const json = (response: ServerResponse, data: unknown, headers: object = {}): void =>
  void response
    .writeHead(200, { "content-type": "application/json", ...headers })
    .end(JSON.stringify(data));

test("pages without end and without items come to an end", async () => {
  let calls = 0;
  const url = await serve((_, response) => {
    calls += 1;
    json(response, calls > 500 ? {} : [], { link: `<${url}/x?page=${calls + 1}>; rel="next"` });
  });
  const answer = await open(url).list(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { issue_number: 1 },
    2_500,
  );
  expect(answer).toMatchObject({ ok: true, data: { items: [], complete: false } });
  expect(calls).toBeLessThan(60);
});

test.each([301, 302, 307, 308])(
  "a redirect (%s) to another host does not get the token",
  async (status) => {
    const seen: (string | undefined)[] = [];
    const elsewhere = await serve((request, response) => {
      seen.push(request.headers.authorization);
      json(response, { id: 1, full_name: "evil/shop" });
    }, "localhost");
    const url = await serve((_, response) =>
      response.writeHead(status, { location: `${elsewhere}/repositories/1` }).end(),
    );
    await open(url).request("GET /repos/{owner}/{repo}", {});
    expect(seen.filter(Boolean)).toEqual([]);
  },
);

test.each<[string, Answer]>([
  ["a page of HTML", (_, response) => response.writeHead(502).end(`<h1>no</h1> ${token}`)],
  [
    "HTML that says it is well",
    (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>hi</h1>"),
  ],
  ["a list in place of an object", (_, response) => json(response, [])],
  ["null", (_, response) => json(response, null)],
  ["a role that is a number", (_, response) => json(response, { role_name: 7, user: { id: 1 } })],
  ["nobody", (_, response) => json(response, { role_name: "admin", user: null })],
  [
    "somebody else who has the login now",
    (_, response) => json(response, { role_name: "admin", user: { id: 99, login: "mary" } }),
  ],
])("for %s in answer to a role there is none", async (_, answer) => {
  const url = await serve(answer);
  expect(await openPeople(open(url)).roleOf("mary", "7")).toBe("none");
});

test("the right account has its role", async () => {
  const url = await serve((_, response) =>
    json(response, { role_name: "admin", user: { id: 7, login: "mary" } }),
  );
  expect(await openPeople(open(url)).roleOf("mary", "7")).toBe("admin");
});

test("an error of the server that repeats the token does not bring it out", async () => {
  const url = await serve((_, response) =>
    response
      .writeHead(403, { "content-type": "application/json" })
      .end(JSON.stringify({ message: `bad ${token}`, errors: [{ message: token }] })),
  );
  const answer = await open(url).request("GET /repos/{owner}/{repo}", {});
  expect(answer.ok).toBe(false);
  expect(JSON.stringify(answer)).not.toContain(token);
});
