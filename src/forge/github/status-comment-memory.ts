/** What the status comment remembers in a line that nobody sees: what we did, and a person may have undone since. */
export type StatusMemory = {
  labels: readonly string[];
  /** Keys of comments beside the view's that were posted. */
  notices: readonly string[];
  /** Keys of superseded comments that were hidden. */
  hidden: readonly string[];
};

const line = /\n<!-- archwright labels=(\S*) notices=([\w.,-]*) hidden=([\w.,-]*) -->\s*$/;

export const noMemory: StatusMemory = { labels: [], notices: [], hidden: [] };

const join = (list: readonly string[]): string => [...new Set(list)].sort().join(",");

export function writeMemory(status: string, { labels, notices, hidden }: StatusMemory): string {
  const names = join(labels.map(encodeURIComponent));
  return `${status.trimEnd()}\n\n<!-- archwright labels=${names} notices=${join(notices)} hidden=${join(hidden)} -->`;
}

/** Nothing is remembered where a person has taken the line out. */
export function readMemory(body: string): StatusMemory {
  const [, labels = "", notices = "", hidden = ""] = line.exec(body) ?? [];
  const split = (list: string): string[] => list.split(",").filter(Boolean);
  return { labels: split(labels).map(decode), notices: split(notices), hidden: split(hidden) };
}

const decode = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};
