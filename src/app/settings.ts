/** An App of GitHub's that we speak as. */
export type AppIdentity = { id: number; privateKey: string };

/** What the App is told by its environment, checked. */
export type AppSettings = {
  builder: AppIdentity;
  /** A second App that reviews, so that it may request changes of what the first one opened. */
  reviewer: AppIdentity | null;
  webhookSecret: string;
  webhookPath: string;
  /** Where webhooks are fetched from while developing (smee.io); null elsewhere. */
  webhookProxy: string | null;
  host: string;
  port: number;
  /** Root of the REST API. */
  apiUrl: string;
  /** Root of git and of web pages. */
  serverUrl: string;
  /** SQLite file, or address of PostgreSQL. */
  queue: string;
  /** Folder of ours: queue and clones. */
  storage: string;
  /** Jobs that run side by side. */
  workers: number;
  sweepMinutes: number;
  /** Time that running jobs are given when the process is told to stop. */
  stopSeconds: number;
  /** Origins beside the vendors' own that a repository's configuration may have a model key sent to. */
  modelAddresses: readonly string[];
  logLevel: string;
  /** Values that no log line may have. */
  secrets: readonly string[];
};
