import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { expect } from "@jest/globals";
import type { Town } from "./open-town.ts";

type PicturedComment = {
  author: string;
  body: string;
  minimized: string | null;
  reactions: string[];
};
type PicturedThread = {
  number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  labels: string[];
  comments: PicturedComment[];
  pull: { head: string; base: string; draft: boolean; merged: boolean } | null;
  reviews: {
    author: string;
    state: string;
    body: string;
    comments: { path: string; line: number | null; body: string }[];
  }[];
};
type Picture = {
  threads: PicturedThread[];
  statuses: { context: string; state: string; description: string | null }[];
  branches: { name: string }[];
};

export const readPicture = ({ github }: Town): Picture => github.picture() as Picture;

/** An issue or a pull request as people see it. */
export function readThread(town: Town, number: number) {
  const thread = readPicture(town).threads.find((each) => each.number === number);
  if (!thread) throw new Error(`there is no thread ${number}`);
  const bodies = thread.comments.map(({ body }) => body);
  const lines = [...bodies.join("\n").matchAll(/^\/approve [0-9a-f]{7,64}/gm)];
  const own = thread.comments.filter(({ author }) => author.endsWith("[bot]"));
  return {
    ...thread,
    bodies,
    /** The newest comment of ours. */
    last: own.at(-1)?.body ?? "",
    status: own.find(({ body }) => /^<!-- archwright key=status /.test(body))?.body ?? "",
    /** The line to copy; empty when there is none. */
    approve: lines.at(0)?.[0] ?? "",
  };
}

/** The pull requests, newest last. */
export const listPulls = (town: Town): PicturedThread[] =>
  readPicture(town).threads.filter(({ pull }) => pull !== null);

export type Told = { type: string; [more: string]: unknown };

/** What the ledger of an issue says; empty when there is none. */
export function readLedger({ github }: Town, issue: number): Told[] {
  const name = `refs/archwright/issues/${issue}:events.jsonl`;
  const refs = execFileSync("git", [
    "-C",
    github.bare,
    "for-each-ref",
    `refs/archwright/issues/${issue}`,
  ]);
  if (refs.length === 0) return [];
  const text = execFileSync("git", ["-C", github.bare, "show", name], { encoding: "utf8" });
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const { event, ...more } = JSON.parse(line) as { event?: Told } & Told;
      return event ?? more;
    });
}

export const typesOf = (events: readonly Told[]): string[] => events.map(({ type }) => type);

/** How each job of each run ended, oldest first: `route started`. */
export const outcomesOf = ({ runner }: Town): string[] =>
  [...runner.runs].flatMap(({ jobs }) =>
    jobs.flatMap(
      ({ log }) =>
        /^(route|checks|phase|publish): ([a-z-]+)\./m.exec(log)?.slice(1, 3).join(" ") ?? [],
    ),
  );

/** Every job that ran and was not killed has said how it ended, and nothing differed from GitHub's own description. */
export function expectNamedEnds(town: Town): void {
  const silent = town.runner.runs.flatMap(({ id, jobs, conclusion }) =>
    jobs
      .filter(({ log, conclusion: end }) => {
        const ended = /^(route|checks|phase|publish|inputs): [a-z-]+\./m.test(log);
        return !ended && end !== "skipped" && end !== "cancelled" && !/exit code null/.test(log);
      })
      .map(({ name, log }) => `run ${id} (${conclusion}): ${name}\n${log}`),
  );
  expect(silent).toEqual([]);
  expect(town.github.offSpec).toEqual([]);
}

/** For whoever looks for a fault: everything that was seen, written into the file that TOWN_LOG names. */
export function logTown(town: Town, name: string): void {
  const file = process.env.TOWN_LOG;
  if (!file) return;
  const { threads, ...rest } = readPicture(town);
  const told = threads.map((thread) => [
    `#### ${thread.number} ${thread.state} ${thread.labels}: ${thread.title}\n${thread.body}`,
    ...thread.comments.map(({ author, body, reactions }) => `== ${author} ${reactions}\n${body}`),
    ...thread.reviews.map((review) => JSON.stringify(review, null, 1)),
    ...readLedger(town, thread.number).map((event) => JSON.stringify(event).slice(0, 400)),
  ]);
  const runs = town.runner.runs.map(({ id, event, title, conclusion, errors, jobs }) =>
    [
      `#### run ${id} ${event} ${title} ${conclusion} ${errors}`,
      ...jobs.map(({ name, conclusion: end, log }) => `## ${name} ${end}\n${log}`),
    ].join("\n"),
  );
  const all = [`######## ${name}`, told.flat(), JSON.stringify(rest), runs];
  appendFileSync(file, `${all.flat().join("\n")}\n`);
}

/** Comments as the API lists them, with the ids by which they are edited and deleted. */
export async function listComments(
  { github }: Town,
  issue: number,
): Promise<{ id: number; body: string; user: { login: string } }[]> {
  const { url, owner, repo } = github;
  const authorization = `Bearer ${github.userToken("mary")}`;
  const path = `/repos/${owner}/${repo}/issues/${issue}/comments?per_page=100`;
  const answer = await fetch(url + path, { headers: { authorization } });
  return (await answer.json()) as { id: number; body: string; user: { login: string } }[];
}
