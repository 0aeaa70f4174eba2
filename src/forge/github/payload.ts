import { z } from "zod";

/** The little of GitHub's payloads that is read, with bounds. Everything else in them is dropped. */

const id = z.int().min(0).transform(String);
const time = z.iso.datetime({ offset: true });
const login = z.string().min(1).max(100);
const sha = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const text = z
  .string()
  .max(300_000)
  .nullish()
  .transform((value) => value ?? "");

const account = z.object({ id, login, type: z.string() });

const repository = z.object({ id, full_name: z.string().min(3).max(300) });

const issue = z.object({
  id,
  number: z.int().min(1),
  title: z.string().max(2_000),
  body: text,
  user: account.nullable(),
  updated_at: time,
  pull_request: z.unknown().optional(),
});

const comment = z.object({
  id,
  body: text,
  user: account.nullable(),
  created_at: time,
  updated_at: time,
});

const head = z.object({
  ref: z.string().max(300),
  sha,
  /** null when the fork was deleted. */
  repo: z.object({ id }).nullable(),
});

const pull = z.object({
  number: z.int().min(1),
  user: account.nullable(),
  head,
  base: head,
  merged: z.boolean().nullish(),
  closed_at: time.nullish(),
});

const review = z.object({
  id,
  body: text,
  state: z.string(),
  commit_id: sha.nullable(),
  submitted_at: time.nullish(),
});

const base = { repository, sender: account };

export const issuesPayload = z.object({
  ...base,
  action: z.string(),
  issue,
  label: z.object({ name: z.string().max(200) }).optional(),
});

export const commentPayload = z.object({ ...base, action: z.string(), issue, comment });

export const reviewPayload = z.object({ ...base, action: z.string(), review, pull_request: pull });

export const pullPayload = z.object({
  ...base,
  action: z.string(),
  pull_request: pull,
  before: z.string().optional(),
  after: z.string().optional(),
  changes: z
    .object({ base: z.object({ ref: z.object({ from: z.string() }) }).optional() })
    .optional(),
});

export const runPayload = z.object({
  ...base,
  action: z.string(),
  workflow_run: z.object({
    id,
    run_attempt: z.int().min(1),
    conclusion: z.string().nullable(),
  }),
});

/** A schedule's payload has neither a sender nor always a repository. */
export const sweepPayload = z.object({
  repository: repository.optional(),
  sender: account.optional(),
});

export type Account = z.infer<typeof account>;
export type IssueInPayload = z.infer<typeof issue>;
export type PullInPayload = z.infer<typeof pull>;
export type Repository = z.infer<typeof repository>;
