import { explainForgeRule } from "./explain-forge-rule.ts";
import type { Failure, FailureData, FailureReason } from "./failure.ts";
import { formatMicros } from "./money.ts";

/** A failure in words: what happened, and what the reader can do about it. */
export type Explanation = { what: string; remedy: string };

type Words = { [R in FailureReason]: (data: FailureData[R]) => Explanation };

const say = (what: string, remedy: string): Explanation => ({ what, remedy });

const amount = (value: number, unit: "usd" | "tokens"): string =>
  unit === "usd" ? formatMicros(value) : `${value.toLocaleString("en-US")} tokens`;

const words: Words = {
  "bad-usage": ({ detail }) =>
    say(detail, "`archwright --help` and `archwright <command> --help` show what is possible."),
  "issue-not-found": ({ path }) =>
    say(
      `There is no issue file ${path}.`,
      "Give the path of a text file, or the request itself in quotes of more than one word.",
    ),
  "issue-too-large": ({ path, bytes, limit }) =>
    say(
      `${path} has ${bytes.toLocaleString("en-US")} bytes; a request may have ${limit.toLocaleString("en-US")}.`,
      "Shorten it to what should change and why; put long material into the repository and name its path.",
    ),
  "issue-empty": () =>
    say("The request is empty.", "Write what should change and why, in a file or in quotes."),
  "not-text": ({ path }) =>
    say(`${path} is not text in UTF-8.`, "Save it as UTF-8 text, without NUL bytes."),
  "feature-not-found": ({ issue }) =>
    say(
      `There is no feature ${issue} in this repository.`,
      "`archwright status` lists those there are; `archwright run --issue …` begins one.",
    ),
  "issue-mismatch": ({ issue, title }) =>
    say(
      `Feature ${issue} is another request: ${title}.`,
      "Run the same command again: it gets a number of its own.",
    ),
  interrupted: () =>
    say(
      "The work was interrupted.",
      "`/retry` goes on from the last step that was kept; in a terminal, the same command does.",
    ),
  unexpected: ({ detail }) =>
    say(
      `Archwright itself failed: ${detail}`,
      "This is a fault of the program. The log has the details; `/retry` tries the phase again.",
    ),
  "config-invalid": ({ path, line, column, detail }) =>
    say(
      `${path}:${line}:${column} ${detail}`,
      "Correct the configuration; docs/configuration.md lists every key.",
    ),
  "unknown-provider": ({ provider, known }) =>
    say(
      `No model provider is called "${provider}".`,
      `Known are ${known.join(", ")}; others are added under \`providers:\` in the configuration.`,
    ),
  "model-not-configured": ({ role }) =>
    say(
      `No model is configured for the ${role}.`,
      "Set ANTHROPIC_API_KEY or OPENAI_API_KEY, or name `models:` in .github/archwright.yml, or give `--model ollama:<name>`. `archwright demo` needs none.",
    ),
  "missing-key": ({ provider, variable }) =>
    say(
      `The provider ${provider} needs a key, and ${variable} is not set.`,
      `Set the environment variable ${variable}. Keys are read from the environment only.`,
    ),
  "not-a-repository": ({ path }) =>
    say(
      `${path} is not inside a git repository.`,
      "Go into one, name one with --repo, or begin one with `git init`.",
    ),
  "no-commits": ({ path }) =>
    say(
      `The repository ${path} has no commit yet.`,
      "Commit something first: a plan is approved for a base commit.",
    ),
  "bare-repository": ({ path }) =>
    say(`${path} is a bare repository.`, "Name a repository with a work tree."),
  "git-missing": () =>
    say("git was not found.", "Install git 2.38 or newer and put it on the PATH."),
  "git-failed": ({ command, detail }) =>
    say(
      `git ${command} failed: ${detail}`,
      "Mend what git says, then run the same command again; nothing was lost.",
    ),
  "branch-moved": ({ branch, expected, actual }) =>
    say(
      `The branch ${branch} was expected at ${expected ?? "no commit"} and stands at ${actual ?? "no commit"}.`,
      "Somebody changed it: keep or remove their work, then run the same command again.",
    ),
  "branch-checked-out": ({ branch, path }) =>
    say(
      `The branch ${branch} is checked out in ${path}.`,
      "Switch that work tree to another branch, then run the same command again.",
    ),
  "secret-in-change": ({ path, line }) =>
    say(
      `${path}:${line} has the shape of a secret; it was not committed.`,
      "Read it from the environment instead, or change the text so that it does not look like a key.",
    ),
  "disk-full": ({ path }) =>
    say(
      `The disk is full at ${path}.`,
      "Free some space and run the same command again; finished steps are kept.",
    ),
  "not-writable": ({ path, code }) =>
    say(
      `${path} cannot be written: ${code}.`,
      "Give yourself the right to write there, or name a copy of the repository with --repo.",
    ),
  "path-refused": ({ path, rule }) =>
    say(
      `The path ${path} may not be changed: ${rule}.`,
      "If it must, add it to `paths:` in the configuration of the default branch.",
    ),
  "command-missing": ({ command }) =>
    say(`No command is known for "${command}".`, "Name it under `commands:` in the configuration."),
  "provider-undecided": ({ provider, variable, address }) =>
    say(
      `The repository's configuration sends the key in ${variable} to ${address} (provider ${provider}), and nobody has said that it may.`,
      "Answer when asked at a terminal, or give `providers:` in a file of your own with --config FILE.",
    ),
  "isolation-unavailable": ({ detail }) =>
    say(
      `Commands of the repository cannot be isolated here: ${detail}`,
      "Say `--isolation none` to run them as yourself, once you trust the repository and the builder.",
    ),
  "isolation-undecided": () =>
    say(
      "Nobody has decided whether commands of the repository may run without isolation.",
      "Say `--isolation namespaces` or `--isolation none`.",
    ),
  "setup-failed": ({ command, detail }) =>
    say(
      `Setting up the checkout with \`${command}\` failed: ${detail}`,
      "Correct `commands.setup` in the configuration, or the repository.",
    ),
  "ledger-conflict": ({ issue }) =>
    say(`Others kept writing to the ledger of issue ${issue}.`, "Run the same command again."),
  "ledger-corrupt": ({ issue, line, detail }) =>
    say(
      `The ledger of issue ${issue} is broken at line ${line}: ${detail}`,
      `\`archwright ledger verify --issue ${issue}\` shows it, \`archwright ledger repair --issue ${issue}\` keeps the sound part.`,
    ),
  "ledger-unavailable": ({ detail }) =>
    say(
      `The ledger could not be reached: ${detail}`,
      "Mend what it says and run the same command again; nothing was lost.",
    ),
  "plan-altered": ({ issue, hash }) =>
    say(
      `The design or a spec in the ledger is not what the plan ${hash.slice(0, 7)} was when it was posted: somebody changed it by hand.`,
      `\`git log -p refs/archwright/issues/${issue}\` shows who; \`/design\` makes a new plan, to be approved anew.`,
    ),
  "document-invalid": ({ document, line, column, detail }) =>
    say(
      `${document}:${line}:${column} ${detail}`,
      `\`archwright spec check\` shows every fault with an example of right.`,
    ),
  "document-too-large": ({ document, bytes, limit }) =>
    say(
      `${document} has ${bytes.toLocaleString("en-US")} bytes; the limit is ${limit.toLocaleString("en-US")}.`,
      "Split it into several specs.",
    ),
  "model-refused": ({ role, detail }) =>
    say(
      `The ${role}'s model refused: ${detail}`,
      "Reword the request, or give the role another model; then `/retry`.",
    ),
  "model-truncated": ({ role, detail }) =>
    say(
      `The ${role}'s model was cut off twice (${detail}).`,
      "Split the work into smaller specs, or give the role a model with longer output; then `/retry`.",
    ),
  "model-invalid": ({ role, detail }) =>
    say(
      `The ${role}'s model gave an unusable reply, also after one repair: ${detail}`,
      "`/retry` asks again; a stronger model for the role helps more.",
    ),
  "model-turns": ({ role, turns }) =>
    say(
      `The ${role}'s model did not finish within ${turns} turns.`,
      "Make the step smaller, or raise `limits.turns`; then `/retry`.",
    ),
  "model-unavailable": ({ role, detail }) =>
    say(
      `The ${role}'s model could not be reached: ${detail}`,
      "Check the network, the base URL and the key; then `/retry`.",
    ),
  "model-timeout": ({ role, seconds }) =>
    say(
      `The ${role}'s model did not answer within ${seconds} s.`,
      "`/retry`, or raise `limits.modelSeconds`.",
    ),
  "script-missing": ({ path }) =>
    say(`The scripted model has no reply at ${path}.`, "Add the file, or configure a real model."),
  "over-budget": ({ phase, spent, allowance, unit }) =>
    say(
      `The next call of the ${phase} phase would pass its allowance: ${amount(spent, unit)} of ${amount(allowance, unit)} are used. It was not made.`,
      "Raise `budget:` in the configuration, then `/continue`. What was done is kept.",
    ),
  "checkpoint-failed": ({ step, checkpoint, detail }) =>
    say(
      `Step ${step}: the checkpoint ${checkpoint} is red. ${detail}`,
      "The work is kept. `/retry` goes on from there; `/refine` changes the plan.",
    ),
  "edit-not-applicable": ({ step, path, detail }) =>
    say(
      `Step ${step}: the edit of ${path} does not fit: ${detail}`,
      "Correct the spec's before/after excerpts with `/refine`, then approve again.",
    ),
  "nothing-built": ({ spec }) =>
    say(
      `${spec} was carried out and changed nothing.`,
      "Check whether the request is done already; else `/refine` the plan.",
    ),
  "dependencies-diverged": ({ spec, needs }) =>
    say(
      `${spec} needs ${needs}, whose accepted branches do not contain one another.`,
      "Merge them into the default branch, then `/design` again from there.",
    ),
  "evidence-missing": ({ detail }) => say(detail, "`/retry`."),
  "approval-lost": ({ have, needs }) =>
    say(
      `The plan has ${have} of ${needs} approvals that stand now: a comment was changed or deleted, or its author lost the role.`,
      "Approve the plan again; nothing was built.",
    ),
  "forge-refused": ({ rule, detail, link }) => explainForgeRule(rule, detail, link),
  "forge-unavailable": ({ status, detail }) =>
    say(
      `GitHub did not answer as it should (${status || "no answer"}): ${detail}`,
      "Nothing is lost. githubstatus.com tells of incidents; `/retry` goes on.",
    ),
  "event-invalid": ({ event, detail }) =>
    say(
      `The ${event} event is not what GitHub documents: ${detail}`,
      "Nothing was done. Send it again from the page of deliveries, or run the workflow again.",
    ),
  "input-invalid": ({ input, detail }) =>
    say(
      `The input \`${input}\` is wrong: ${detail}`,
      "Correct it in the workflow file; docs/install.md lists every input.",
    ),
  "run-lost": ({ result, link }) =>
    say(
      `The run ended without a result: ${result}.${link ? ` Its log: ${link}` : ""}`,
      "`/retry` starts it again; what it had reserved counts as spent.",
    ),
  "hand-over-refused": ({ detail, path }) =>
    say(
      `What the phase handed over was refused${path ? ` at \`${path}\`` : ""}: ${detail}`,
      "Nothing of it was published. `/retry` runs the phase again; `/refine` changes the plan.",
    ),
  "dispatch-failed": ({ workflow, detail }) =>
    say(
      `The workflow ${workflow} could not be started: ${detail}`,
      "`archwright doctor` names the missing right or file; then `/retry`.",
    ),
  "queue-unavailable": ({ detail }) =>
    say(
      `The queue cannot be reached: ${detail}`,
      "Check the disk or DATABASE_URL. GitHub keeps the deliveries; they are asked for again.",
    ),
};

/** Data that a ledger of another version lacks reads as a question mark, instead of breaking what is shown. */
const withBlanks = (data: object): object =>
  new Proxy(data, { get: (target, name) => Reflect.get(target, name) ?? "?" });

/** The one place that turns a failure into words. A reason of a later version is shown as it stands. */
export function explainFailure(
  failure: Failure | { reason: string; [key: string]: unknown },
): Explanation {
  const later = say(
    `It failed: ${failure.reason}.`,
    "A newer version of Archwright can explain it.",
  );
  if (!Object.hasOwn(words, failure.reason)) return later;
  const explain = words[failure.reason as FailureReason] as (data: object) => Explanation;
  try {
    return explain(withBlanks(failure));
  } catch {
    return later;
  }
}
