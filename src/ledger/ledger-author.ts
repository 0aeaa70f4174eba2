const emailOf = (person: string): string => /<([^<>]*)>$/.exec(person)?.[1] ?? person;

/**
 * Whether a person of a commit (`Name <email>`) is one of the authors, each written in full or as the e-mail alone. GitHub's names can be
 * changed by their owners; the e-mail holds the account's id.
 */
export function isLedgerAuthor(person: string, authors: readonly string[]): boolean {
  return authors.some((author) =>
    author.includes("<") ? author === person : author === emailOf(person),
  );
}
