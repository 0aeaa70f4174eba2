import type { RepositoryFacts } from "../../codebase/repository-facts.ts";
import type { Snapshot } from "../../workspace/port.ts";

/** Everything that an answer may know. Nothing in it can be written to. */
export type AskFacts = {
  /** The person's words. */
  question: string;
  /** Number of the question in its ledger, from 1: names the answer. */
  number: number;
  attempt: number;
  /** What the issue asks for, where anything is requested. */
  request: string;
  repository: RepositoryFacts;
  /** The commit that the answer is about: its files are read again to confirm what is cited. */
  snapshot: Snapshot;
  /** Documents of the plan by their names; empty where there is none. */
  documents: Readonly<Record<string, string>>;
};
