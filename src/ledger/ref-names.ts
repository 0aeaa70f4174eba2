/** Where ledgers are. Outside `refs/heads`, so that no workflow runs for them and no list of branches shows them. */
export const issuesFolder = "refs/archwright/issues/";
export const backupFolder = "refs/archwright/backup/";

export const issueRef = (issue: number): string => `${issuesFolder}${issue}`;
export const spendRef = (day: string): string => `refs/archwright/spend/${day}`;

/** The issue numbers of these refs, ascending. Whatever else somebody put there is left out. */
export function parseIssueRefs(names: readonly string[]): number[] {
  return names
    .filter((name) => name.startsWith(issuesFolder))
    .map((name) => name.slice(issuesFolder.length))
    .filter((name) => /^[1-9][0-9]{0,15}$/.test(name))
    .map(Number)
    .filter(Number.isSafeInteger)
    .sort((left, right) => left - right);
}
