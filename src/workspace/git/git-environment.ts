import type { CallerEnvironment } from "../caller-environment.ts";

const common = {
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "/bin/false",
  SSH_ASKPASS: "/bin/false",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_NO_LAZY_FETCH: "1",
  GIT_LITERAL_PATHSPECS: "1",
};

/** Environment of the harness's own git: no settings of the user or the machine, and its own name on commits. */
export const harnessEnvironment = (
  caller: CallerEnvironment,
  identity: { name: string; email: string },
): Record<string, string> => ({
  ...common,
  PATH: caller.PATH,
  HOME: "/nonexistent",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: identity.name,
  GIT_AUTHOR_EMAIL: identity.email,
  GIT_COMMITTER_NAME: identity.name,
  GIT_COMMITTER_EMAIL: identity.email,
});

/** Environment of git in the user's repository: their settings count (such as `safe.directory`), no other variable does. */
export function userEnvironment(
  caller: CallerEnvironment,
  identity: { name: string; email: string },
): Record<string, string> {
  const names = ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"] as const;
  const own = names.flatMap((name) => {
    const value = caller[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...common,
    PATH: caller.PATH,
    ...Object.fromEntries(own),
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: identity.email,
  };
}
