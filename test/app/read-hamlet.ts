import { execFileSync } from "node:child_process";
import type { Hamlet } from "./open-hamlet.ts";

type Thread = {
  number: number;
  title: string;
  author: string;
  body: string;
  labels: string[];
  comments: { author: string; body: string }[];
  pull: { head: string; merged: boolean } | null;
  reviews: { author: string; state: string; body: string }[];
};
type Scene = Pick<Hamlet, "github">;

export const readThreads = ({ github }: Scene): Thread[] =>
  (github.picture() as { threads: Thread[] }).threads;

/** A thread as people see it: what we said in it, and the status comment. */
export function readThread(scene: Scene, number: number) {
  const thread = readThreads(scene).find((each) => each.number === number);
  if (!thread) throw new Error(`there is no thread ${number}`);
  const own = thread.comments.filter(({ author }) => author.endsWith("[bot]"));
  const status = own.find(({ body }) => body.startsWith("<!-- archwright key=status "));
  return { ...thread, own: own.map(({ body }) => body), status: status?.body ?? "" };
}

export type Told = { type: string; [more: string]: unknown };

/** What the ledger of an issue says; empty when there is none. */
export function readLedger({ github }: Scene, issue: number): Told[] {
  const ref = `refs/archwright/issues/${issue}`;
  if (execFileSync("git", ["-C", github.bare, "for-each-ref", ref]).length === 0) return [];
  const text = execFileSync("git", ["-C", github.bare, "show", `${ref}:events.jsonl`], {
    encoding: "utf8",
  });
  const lines = text.trim().split("\n");
  return lines.map((line) => {
    const { event, ...more } = JSON.parse(line) as { event?: Told } & Told;
    return event ?? more;
  });
}

export const countOf = (events: readonly Told[], type: string): number =>
  events.filter((event) => event.type === type).length;

/**
 * Where requests or answers differ from GitHub's description. It wants the account of an installation to be a user and an enterprise at
 * once, which nobody is.
 */
export const offSpecIn = ({ github }: Scene): string[] =>
  github.offSpec.filter((fault) => !/^GET \/app\/installations 200\/\d+\/account /.test(fault));
