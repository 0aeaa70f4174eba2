import { execa } from "execa";

/** A repository on GitHub, or on a server of GitHub Enterprise. */
export type Remote = { host: string; owner: string; name: string };

const ADDRESS =
  /^(?:https?:\/\/(?:[^@/]+@)?|(?:ssh:\/\/)?(?:[^@/]+@))([\w.-]+)(?::\d+)?[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

/** Reads a git remote's address, in any of the ways they are written. null where it names no host, owner and repository. */
export function parseRemote(address: string): Remote | null {
  const [, host, owner, name] = ADDRESS.exec(address.trim()) ?? [];
  return host && owner && name ? { host, owner, name } : null;
}

/** The repository that `origin` of a checkout names, or null. */
export async function findRemote(repository: string): Promise<Remote | null> {
  const asked = await execa("git", ["config", "--get", "remote.origin.url"], {
    cwd: repository,
    reject: false,
  });
  return asked.exitCode === 0 ? parseRemote(asked.stdout) : null;
}
