/** What the caller lets git know of its environment: where programs lie, and where the user's own git settings are. */
export type CallerEnvironment = {
  PATH: string;
  HOME?: string | undefined;
  XDG_CONFIG_HOME?: string | undefined;
  GIT_CONFIG_GLOBAL?: string | undefined;
  GIT_CONFIG_NOSYSTEM?: string | undefined;
};
