import { userInfo } from "node:os";
import { execa } from "execa";
import type { Actor } from "../workflow/role.ts";

const gitSetting = async (directory: string, key: string): Promise<string> => {
  const answer = await execa("git", ["config", "--get", key], { cwd: directory, reject: false });
  return answer.exitCode === 0 ? answer.stdout.trim() : "";
};

/**
 * The person at the terminal. On their own machine nobody grants or refuses them anything: they are the
 * administrator. The name is for the audit trail.
 */
export async function findLocalPerson(directory: string): Promise<Actor> {
  const email = await gitSetting(directory, "user.email");
  const name = await gitSetting(directory, "user.name");
  const account = userInfo().username || "local";
  return { id: `local:${email || account}`, login: name || account, role: "admin", kind: "person" };
}
