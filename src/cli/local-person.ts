import { userInfo } from "node:os";
import { execa } from "execa";
import type { Actor } from "../workflow/role.ts";

/** `user.name` and `user.email` in one call; of several values git means the last. */
async function gitIdentity(directory: string): Promise<{ name?: string; email?: string }> {
  const question = ["config", "--null", "--get-regexp", "^user\\.(name|email)$"];
  const answer = await execa("git", question, { cwd: directory, reject: false });
  const found: { name?: string; email?: string } = {};
  for (const entry of answer.exitCode === 0 ? answer.stdout.split("\0") : []) {
    const end = entry.indexOf("\n");
    const value = entry.slice(end + 1).trim();
    if (entry.startsWith("user.name\n")) found.name = value;
    if (entry.startsWith("user.email\n")) found.email = value;
  }
  return found;
}

/**
 * The person at the terminal. On their own machine nobody grants or refuses them anything: they are the
 * administrator. The name is for the audit trail.
 */
export async function findLocalPerson(directory: string): Promise<Actor> {
  const { name, email } = await gitIdentity(directory);
  const account = userInfo().username || "local";
  return { id: `local:${email || account}`, login: name || account, role: "admin", kind: "person" };
}
