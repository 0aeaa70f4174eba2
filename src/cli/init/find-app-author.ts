import { readEnvironment } from "../../config/read-environment.ts";
import { openGitHubApi } from "../../forge/github/open-api.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { addressOfApi } from "./address-of-api.ts";
import type { Remote } from "./find-remote.ts";

const refuse = (detail: string) => fail({ reason: "bad-usage" as const, detail });

const example = /12345\+your-app\[bot\]@users\.noreply\.github\.com/;
const line = /^\s*ledger-authors:\s*["']?([^\s"'#]+)/m;

/** The e-mail that GitHub gives the commits of an App's bot: its id is asked with the token of the environment. */
export async function findAppAuthor(
  slug: string,
  remote: Remote | null,
  environment = readEnvironment(),
): Promise<Result<string>> {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/i.test(slug)) {
    return refuse("--app-slug is the App's name as in its address, github.com/apps/<name>");
  }
  if (!remote) return refuse("--app-slug needs a remote `origin` on GitHub");
  const token = environment.GH_TOKEN || environment.GITHUB_TOKEN;
  if (!token) return refuse("--app-slug asks GitHub who the App is: set GH_TOKEN");
  const { host, owner, name } = remote;
  const baseUrl = addressOfApi(host, environment.GITHUB_API_URL);
  const api = openGitHubApi({ baseUrl, auth: { token }, repository: { owner, name } });
  const account = await api.request("GET /users/{username}", { username: `${slug}[bot]` });
  if (!account.ok && account.status === 404) return refuse(`there is no App ${slug} on ${host}`);
  if (!account.ok) return fail(account.failure);
  return succeed(`${account.data.id}+${account.data.login}@users.noreply.${host}`);
}

/**
 * Puts the App's bot where the example of the workflow has another one: as it was asked for, or as a workflow that is there already says.
 */
export function fillAuthor(workflow: string, asked: string | null, present: string | undefined) {
  const author = asked ?? line.exec(present ?? "")?.[1] ?? null;
  return author === null ? workflow : workflow.replace(example, () => author);
}
