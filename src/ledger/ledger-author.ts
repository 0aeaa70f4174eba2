const emailOf = (person: string): string => /<([^<>]*)>$/.exec(person)?.[1] ?? person;

/** GitHub is the committer of what it writes, and signs, for others. */
export const githubCommitter = "GitHub <noreply@github.com>";

/** The address that GitHub gives to the commits of an account: its number and login, which its owner cannot choose freely. */
export const noreplyOf = (id: string, login: string): string =>
  `${id}+${login}@users.noreply.github.com`;

/**
 * Whether a person of a commit (`Name <email>`) is one of the authors. Each is written in full, or as the e-mail alone, or as the login of
 * an account of GitHub (`github-actions[bot]`).
 */
export function isLedgerAuthor(person: string, authors: readonly string[]): boolean {
  const email = emailOf(person);
  return authors.some((author) => {
    if (author.includes("<")) return author === person;
    if (author.includes("@")) return author === email;
    const [, id = ""] = /^(\d+)\+/.exec(email) ?? [];
    return email === noreplyOf(id, author);
  });
}
