import type { Failure } from "../shared/failure.ts";

/** What a step of the workflow does; `check` is for pull requests that touch designs and needs no other input. */
export const jobs = ["check", "route", "checks", "phase", "publish"] as const;
export type JobName = (typeof jobs)[number];

/** How a job that this one waited for ended, in GitHub's words; null where there was none. */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The inputs of the Action, checked for their form. What they say is checked by the job. */
export type Inputs = {
  job: JobName;
  /** Globs, one a line; for `check`. */
  files: readonly string[];
  githubToken: string;
  /** Whether that is the workflow's own token, and not one that was passed in its place. */
  isWorkflowToken: boolean;
  /** Pushes branches and opens pull requests; null is the same as `github-token`. */
  builderToken: string | null;
  /** Reviews; null is the same as `github-token`. */
  reviewerToken: string | null;
  /** JSON of ids and commits, as `route` or a dispatch gave it. */
  work: string | null;
  phaseResult: JobResult | null;
  checksResult: JobResult | null;
  /** Folder of the hand-over between `phase` and `publish`. */
  handOver: string;
  /** Folder of the outcomes between `checks` and `phase`. */
  outcomes: string;
  /** Folder of the checkout that phases work on. */
  checkout: string;
  /** Minutes after which a phase stops by itself and hands over what there is. */
  minutes: number;
  /** Secret of route and publish that signs the ledger; null leaves it unsigned. */
  ledgerKey: string | null;
  /** Who may have written the ledger, as e-mails of commits, where it is not the identity of `github-token`; null where it is. */
  ledgerAuthors: readonly string[] | null;
};

type InputFailure = Extract<Failure, { reason: "input-invalid" }>;
export type InputsRead = { ok: true; value: Inputs } | { ok: false; failure: InputFailure };

/** Stops the first wrong input; caught in `readInputs` and nowhere else. */
class Wrong extends Error {
  readonly failure: InputFailure;
  constructor(input: string, detail: string) {
    super(detail);
    this.failure = { reason: "input-invalid", input, detail };
  }
}

/** As the runner names it: upper case, blanks as underscores; hyphens stay. */
export const inputVariable = (name: string): string =>
  `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;

const LONGEST = 60_000;

function read(environment: Environment, name: string): string | null {
  const value = environment[inputVariable(name)]?.trim() ?? "";
  if (value.length > LONGEST) throw new Wrong(name, `it has more than ${LONGEST} characters`);
  return value === "" ? null : value;
}

function oneOf<T extends string>(
  name: string,
  value: string | null,
  known: readonly T[],
): T | null {
  if (value === null) return null;
  const found = known.find((each) => each === value);
  if (found === undefined) {
    throw new Wrong(name, `"${value.slice(0, 60)}" is none of ${known.join(", ")}`);
  }
  return found;
}

function token(environment: Environment, name: string): string | null {
  const value = read(environment, name);
  if (value !== null && !/^[\x21-\x7e]+$/.test(value)) {
    throw new Wrong(name, "a token has no blanks and no line ends; check the secret");
  }
  return value;
}

function readMinutes(environment: Environment): number {
  const value = read(environment, "minutes");
  if (value === null) return 50;
  const minutes = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (minutes < 1 || minutes > 350) throw new Wrong("minutes", "it must be a number from 1 to 350");
  return minutes;
}

const needsToken: ReadonlySet<JobName> = new Set(["route", "checks", "phase", "publish"]);
const needsWork: ReadonlySet<JobName> = new Set(["checks", "phase", "publish"]);
const results: readonly JobResult[] = ["success", "failure", "cancelled", "skipped"];

function readAll(environment: Environment): Inputs {
  const job = oneOf("job", read(environment, "job"), jobs) ?? "check";
  const githubToken = token(environment, "github-token");
  if (needsToken.has(job) && githubToken === null) {
    throw new Wrong("github-token", `the job ${job} needs one; \`\${{ github.token }}\` will do`);
  }
  const work = read(environment, "work");
  if (needsWork.has(job) && work === null) {
    throw new Wrong("work", `the job ${job} needs the output \`work\` of the job route`);
  }
  const temporary = environment.RUNNER_TEMP || "/tmp";
  return {
    job,
    files: (read(environment, "files") ?? "")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
    githubToken: githubToken ?? "",
    isWorkflowToken: githubToken !== null && token(environment, "workflow-token") === githubToken,
    builderToken: token(environment, "builder-token"),
    reviewerToken: token(environment, "reviewer-token"),
    work,
    phaseResult: oneOf("phase-result", read(environment, "phase-result"), results),
    checksResult: oneOf("checks-result", read(environment, "checks-result"), results),
    handOver: read(environment, "hand-over") ?? `${temporary}/archwright-hand-over`,
    outcomes: read(environment, "outcomes") ?? `${temporary}/archwright-outcomes`,
    checkout: read(environment, "checkout") ?? environment.GITHUB_WORKSPACE ?? ".",
    minutes: readMinutes(environment),
    ledgerKey: read(environment, "ledger-key"),
    ledgerAuthors:
      read(environment, "ledger-authors")
        ?.split(/[\s,]+/)
        .filter(Boolean) ?? null,
  };
}

/** Reads `INPUT_*` as the runner gives them. Failure: `input-invalid`, with the first wrong one and what is right. */
export function readInputs(environment: Environment): InputsRead {
  try {
    return { ok: true, value: readAll(environment) };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, failure: error.failure };
    throw error;
  }
}
