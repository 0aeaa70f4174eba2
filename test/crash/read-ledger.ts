import { execFileSync } from "node:child_process";
import { parseSpend } from "../../src/ledger/spend.ts";
import type { Event } from "../../src/workflow/event.ts";
import { foldEvents } from "../../src/workflow/fold-events.ts";
import type { State } from "../../src/workflow/state.ts";

export type LedgerRead = { events: Event[]; state: State; spend: ReadonlyMap<string, number> };

export const git = (bare: string, ...parameters: string[]): string =>
  execFileSync("git", ["-C", bare, ...parameters], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64_000_000,
  });

export type Ref = { name: string; tree: string };

export const listRefs = (bare: string): Ref[] =>
  git(bare, "for-each-ref", "--format=%(refname) %(tree)", "refs/heads", "refs/archwright")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [name = "", tree = ""] = line.split(" ");
      return { name, tree };
    });

/** The ledger of issue 1 as git has it, and what the days say of its money. */
export function readLedger(bare: string, refs: readonly Ref[]): LedgerRead {
  const has = refs.some(({ name }) => name === "refs/archwright/issues/1");
  const text = has ? git(bare, "show", "refs/archwright/issues/1:events.jsonl") : "";
  const events = text
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { event: Event }).event);
  const days = refs.filter(({ name }) => name.startsWith("refs/archwright/spend/"));
  const spend = days.flatMap(({ name }) => [
    ...(parseSpend(git(bare, "show", `${name}:spend.json`)) ?? []),
  ]);
  return { events, state: foldEvents(events), spend: new Map(spend) };
}
