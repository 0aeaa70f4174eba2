export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process, as a copy. Beside the doors this is the only place that reads it. */
export const readEnvironment = (): Environment => ({ ...process.env });

const usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The little of an environment that git and the commands of a repository are given: no key, no token. */
export const pickWorkspaceEnvironment = (environment: Environment) => ({
  PATH: environment.PATH ?? usualPath,
  HOME: environment.HOME,
  XDG_CONFIG_HOME: environment.XDG_CONFIG_HOME,
  GIT_CONFIG_GLOBAL: environment.GIT_CONFIG_GLOBAL,
  GIT_CONFIG_NOSYSTEM: environment.GIT_CONFIG_NOSYSTEM,
});
