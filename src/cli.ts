#!/usr/bin/env node
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import { explainOldNode } from "./cli/check-node.ts";
import { addCodebaseCommands } from "./cli/codebase-commands.ts";
import { exitCodes } from "./cli/terminal.ts";

// The door is a table: what a command does is loaded when it is called, so that `--version` costs nothing.

const issueOption = () =>
  new Option("--issue <what>", "a file, the request in quotes, or the number of a feature");
const repoOption = () => new Option("--repo <folder>", "repository to work in").default(".");
const jsonFlag = () => new Option("--json", "print JSON").default(false);

/** Options of every command that may run a phase. */
const withPhases = (command: Command): Command =>
  command
    .addOption(repoOption())
    .option("--config <file>", "configuration to use instead of the committed one")
    .option(
      "--model <role=provider:model...>",
      "model of a role, or of all roles when no role is named",
    )
    .addOption(
      new Option("--isolation <mode>", "how commands of the repository run").choices([
        "namespaces",
        "none",
      ]),
    );

const number = (text: string): number => {
  const value = Number(text.replace(/^#/, ""));
  return Number.isSafeInteger(value) && value > 0 ? value : Number.NaN;
};

function addRun(program: Command): void {
  withPhases(program.command("run"))
    .description(
      "carry a request through design, validation, approval, build and review; resumes what was begun",
    )
    .addOption(issueOption().makeOptionMandatory())
    .option("--yes", "approve the validated plan and take the defaults of questions", false)
    .option("--dry-run", "show what would be done; no model is called and nothing changes", false)
    .option("--json <file>", "write a summary as JSON")
    .action(async (options) => {
      const { runCommand } = await import("./cli/run.ts");
      process.exitCode = await runCommand(options);
    });
}

const steps: readonly (readonly [string, string])[] = [
  ["design", "post a design and its BUILD specs for a request"],
  ["build", "implement an approved spec on its branch"],
  ["review", "score what was built against the acceptance criteria"],
];

function addValidate(program: Command): void {
  withPhases(program.command("validate"))
    .description(
      "check the plan of a feature against the codebase (--issue), or specs alone in any repository (--spec): no key, no ledger",
    )
    .addOption(issueOption())
    .option("--spec <file...>", "BUILD specs to check alone; - is standard input")
    .option("--design <file>", "with --spec: the design that the specs are of")
    .option("--commit <revision>", "with --spec: hold them against that commit; HEAD unless said")
    .option("--no-model", "with --spec: says in words what holds there anyway, no model is asked")
    .option("--json", "with --spec: print the report as JSON", false)
    .option(
      "--annotations",
      "with --spec: remarks on lines, as commands for GitHub's runners (beside JSON on standard error)",
      false,
    )
    .addHelpText(
      "after",
      "\nWith --spec: exit code 0 ready · 1 something is to be put right, or a document has faults · 2 wrong call.\nModels check the plan of a feature only, within its budget; there `/validate` in the thread does the same.",
    )
    .action(async (options) => {
      const { runValidate } = await import("./cli/run-validate.ts");
      process.exitCode = await runValidate(options);
    });
}

function addSteps(program: Command): void {
  for (const [name, description] of steps) {
    const command = withPhases(program.command(name)).description(description);
    command.addOption(issueOption().makeOptionMandatory());
    if (name === "build" || name === "review")
      command.argument("[spec]", "BUILD spec, e.g. BUILD_01");
    command.action(async (...call) => {
      const { runStep } = await import("./cli/run-step.ts");
      const spec = typeof call[0] === "string" ? [call[0]] : [];
      process.exitCode = await runStep(`/${[name, ...spec].join(" ")}`, command.opts());
    });
  }
  withPhases(program.command("approve <hash>"))
    .description("approve the plan of this hash; nothing runs yet")
    .addOption(issueOption().makeOptionMandatory())
    .option("--unvalidated", "approve without a verdict; recorded", false)
    .action(async (hash, options) => {
      const { runStep } = await import("./cli/run-step.ts");
      const flag = options.unvalidated ? " --unvalidated" : "";
      process.exitCode = await runStep(`/approve ${hash}${flag}`, options);
    });
  withPhases(program.command("say <command>"))
    .description('answer in the thread, e.g. say "/refine keep the old format" --issue 3')
    .addOption(issueOption().makeOptionMandatory())
    .action(async (words, options) => {
      const { runStep } = await import("./cli/run-step.ts");
      process.exitCode = await runStep(words, { ...options, onward: true });
    });
}

function addStatus(program: Command): void {
  program
    .command("status")
    .description("show features of this repository, their cost and what each waits for")
    .addOption(repoOption())
    .option("--issue <number>", "one feature in full", number)
    .addOption(jsonFlag())
    .action(async (options) => {
      const { runStatus } = await import("./cli/status.ts");
      process.exitCode = await runStatus(options);
    });
}

function addSpec(program: Command): void {
  program
    .command("spec")
    .description("check, hash or format BUILD specs and designs")
    .argument("<verb>", "check, hash or format")
    .argument("<files...>", "Markdown files")
    .option("--write", "format: rewrite the files", false)
    .addOption(jsonFlag())
    .action(async (verb, files, options) => {
      const { specCommand } = await import("./cli/spec-command.ts");
      process.exitCode = await specCommand(verb, files, options);
    });
}

function addLedger(program: Command): void {
  program
    .command("ledger")
    .description("verify, export, repair or purge the audit trail")
    .argument("<verb>", "verify, export, repair or purge")
    .addOption(repoOption())
    .option("--issue <number>", "one feature", number)
    .option("--to <folder>", "export: write the documents there")
    .option("--yes", "purge, repair: really do it", false)
    .option(
      "--author <who...>",
      "verify: accounts or e-mails that may have written it, e.g. 'github-actions[bot]'",
    )
    .addOption(jsonFlag())
    .action(async (verb, options) => {
      const { ledgerCommand } = await import("./cli/ledger-command.ts");
      process.exitCode = await ledgerCommand(verb, options);
    });
}

function addDemo(program: Command): void {
  program
    .command("demo")
    .description(
      "carry the sample request through the whole loop, offline, with scripted model replies",
    )
    .option("--json <file>", "write a summary as JSON")
    .option("--keep <folder>", "copy the sample there instead of to a temporary folder")
    .action(async (options) => {
      const { runDemo } = await import("./cli/demo.ts");
      process.exitCode = await runDemo(options);
    });
}

function addInit(program: Command): void {
  program
    .command("init")
    .description(
      "make this repository ready for GitHub: workflow, issue form, labels; shows the changes first",
    )
    .addOption(repoOption())
    .option("--app", "the read-only form of the workflow, beside an App", false)
    .option(
      "--app-slug <name>",
      "the App's name: puts its bot into that form; asks GitHub by GH_TOKEN",
    )
    .option("--with-config", "also write a configuration with every key and its meaning", false)
    .option("--yes", "write without asking, also over what is there", false)
    .option("--dry-run", "show the changes only", false)
    .action(async (options) => {
      const { initCommand } = await import("./cli/init.ts");
      process.exitCode = await initCommand(options);
    });
}

function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "check everything that the workflow needs on GitHub and here, one line each, with the exact fix",
    )
    .addOption(repoOption())
    .option("--offline", "ask no model; asking one word of each costs a fraction of a cent", false)
    .addOption(jsonFlag())
    .action(async (options) => {
      const { doctorCommand } = await import("./cli/doctor.ts");
      process.exitCode = await doctorCommand(options);
    });
}

/** The command line. Exit codes: docs/cli.md. */
export function createProgram(): Command {
  const program = new Command("archwright")
    .description(manifest.description)
    .version(manifest.version)
    .showHelpAfterError("`archwright --help` shows every command.")
    .showSuggestionAfterError()
    .exitOverride();
  program.hook("preAction", () => {
    const old = explainOldNode(process.versions.node);
    if (old) {
      process.stderr.write(old);
      process.exit(exitCodes.usage);
    }
  });
  for (const add of [
    addInit,
    addDoctor,
    addRun,
    addValidate,
    addSteps,
    addStatus,
    addSpec,
    addLedger,
    addDemo,
  ])
    add(program);
  addCodebaseCommands(program);
  program.addHelpText(
    "after",
    "\nExit codes: 0 done · 1 the answer is no · 2 wrong call · 3 waits for you · 130 interrupted",
  );
  return program;
}

/** Who reads may leave early (`| head`): the work goes on and its exit code stays true, there is only nobody to tell. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

/** Runs the command line. Commander's own endings (help, version, wrong call) become exit codes. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv], { from: "user" });
  } catch (error) {
    const { code, exitCode } = error as { code?: string; exitCode?: number };
    if (!code?.startsWith("commander.")) {
      const { reportCrash } = await import("./cli/report-crash.ts");
      process.exitCode = reportCrash(error);
      return;
    }
    process.exitCode = exitCode === 0 ? exitCodes.success : exitCodes.usage;
  }
}

// `import.meta.main` is not there before Node 24.2; npm's link in .bin is resolved to the file it means.
const called = process.argv[1];
const isMain = called !== undefined && realpathSync(called) === fileURLToPath(import.meta.url);
if (isMain) {
  outliveReaders();
  await main(process.argv.slice(2));
}
