/** What the status comment remembers in a line that nobody sees: what we did, and a person may have undone since. */
export type StatusMemory = {
  labels: readonly string[];
  /** Keys of comments beside the view's that were posted. */
  notices: readonly string[];
  /** Keys of superseded comments that were hidden. */
  hidden: readonly string[];
  /** What the commit statuses say: beginning of the head, and of a hash over the words. */
  checks: readonly string[];
};

const line =
  /\n<!-- archwright labels=(\S*) notices=([\w.,-]*) hidden=([\w.,-]*)(?: checks=([\w.,-]*))? -->\s*$/;

export const noMemory: StatusMemory = { labels: [], notices: [], hidden: [], checks: [] };

const join = (list: readonly string[]): string => [...new Set(list)].sort().join(",");

export function writeMemory(
  status: string,
  { labels, notices, hidden, checks }: StatusMemory,
): string {
  const names = join(labels.map(encodeURIComponent));
  const rest = `hidden=${join(hidden)} checks=${join(checks)}`;
  return `${status.trimEnd()}\n\n<!-- archwright labels=${names} notices=${join(notices)} ${rest} -->`;
}

/** Nothing is remembered where a person has taken the line out. */
export function readMemory(body: string): StatusMemory {
  const [, labels = "", notices = "", hidden = "", checks = ""] = line.exec(body) ?? [];
  const split = (list: string): string[] => list.split(",").filter(Boolean);
  return {
    labels: split(labels).map(decode),
    notices: split(notices),
    hidden: split(hidden),
    checks: split(checks),
  };
}

const decode = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const MOST_CHECKS = 40;
const headOf = (check: string): string => check.slice(0, 12);

/** What is remembered of statuses: the newest of each head, also of heads that were not looked at this time. */
export function mergeChecks(before: readonly string[], after: readonly string[]): string[] {
  const heads = new Set(after.map(headOf));
  return [...after, ...before.filter((each) => !heads.has(headOf(each)))].slice(0, MOST_CHECKS);
}
