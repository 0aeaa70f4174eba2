import { chooseCheckChannel } from "./choose-check-channel.ts";
import type { Desk } from "./reconcile-desk.ts";

type Linked = Pick<Desk, "pulls" | "links" | "identities">;

/** Page of the log of a run; of all runs where it is not known which. */
const runPage = (web: string, run: string | null): string => {
  const id = /^actions:(\d{1,20}):/.exec(run ?? "")?.[1];
  return id ? `${web}/actions/runs/${id}` : `${web}/actions`;
};

/** What only the forge knows of a status: the numbers of pull requests, where logs are, and how verdicts are said here. */
export function linkStatus(status: string, run: string | null, desk: Linked): string {
  let text = status;
  // Branches of ours stand in code spans; the first one is that of the list.
  for (const { number, branch } of desk.pulls.values())
    text = text.replace(`\`${branch}\``, () => `#${number} (\`${branch}\`)`);
  const { brief } = chooseCheckChannel(desk.identities);
  const foot = `[run log](${runPage(desk.links.web, run)}) · verdict ${brief}`;
  const end = text.lastIndexOf("</sub>");
  return end < 0
    ? `${text}\n\n<sub>${foot}</sub>`
    : `${text.slice(0, end)} · ${foot}${text.slice(end)}`;
}
