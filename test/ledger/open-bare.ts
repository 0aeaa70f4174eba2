import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { environment, type Repository } from "./git-repository.ts";

const execute = promisify(execFile);

/** A repository that is there already, for writing into it by hand in somebody's name. */
export function openBare(
  directory: string,
  name = "Somebody",
  email = "somebody@localhost",
): Repository {
  const person = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  const gitWithInput = async (input: string | Buffer, ...args: string[]): Promise<string> => {
    const options = { cwd: directory, env: { ...environment, ...person } };
    const running = execute("git", args, options);
    running.child.stdin?.on("error", () => {});
    running.child.stdin?.end(input);
    return (await running).stdout.trim();
  };
  return {
    directory,
    git: (...args) => gitWithInput("", ...args),
    gitWithInput,
    close: async () => {},
  };
}
