import { runLedger } from "./ledger.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";

const verbs = ["verify", "export", "repair", "purge"] as const;
type Verb = (typeof verbs)[number];
type Options = {
  repo: string;
  issue?: number;
  json: boolean;
  yes: boolean;
  to?: string;
  author?: string[];
};

export async function ledgerCommand(verb: string, options: Options): Promise<number> {
  const terminal = openTerminal();
  if (!verbs.includes(verb as Verb) || Number.isNaN(options.issue)) {
    const detail = Number.isNaN(options.issue)
      ? "--issue takes the number of a feature."
      : `ledger knows ${verbs.join(", ")}, not "${verb}".`;
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  const { repo: directory, json, yes } = options;
  const { issue = null, to = null, author: authors = [] } = options;
  const call = { directory, json, yes, issue, to, authors };
  return await runLedger(verb as Verb, call, terminal);
}
