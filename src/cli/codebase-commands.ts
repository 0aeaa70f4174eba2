import { type Command, Option } from "commander";

const repoOption = () => new Option("--repo <folder>", "repository to look at").default(".");
const cacheOption = () =>
  new Option(
    "--cache <folder>",
    "where the index is kept (default: inside the repository's git folder)",
  );
const jsonFlag = () => new Option("--json", "print JSON").default(false);

function addContext(program: Command): void {
  program
    .command("context")
    .description(
      "the files that a request is about, best first, with reasons; needs no model and no key",
    )
    .addOption(repoOption())
    .option("--commit <revision>", "commit to look at (default: HEAD)")
    .option("--query <words>", "the request")
    .option("--query-file <file>", "a file with the request")
    .option("--seed-file <path>", "a file of the repository: what would have to change with it")
    .option("--top <number>", "files at most", Number, 20)
    .option(
      "--budget <tokens>",
      "also print the stretches worth reading, within so many tokens",
      Number,
    )
    .addOption(cacheOption())
    .addOption(jsonFlag())
    .addOption(
      new Option("--variants", "with --seed-file, also rank without the request").hideHelp(),
    )
    .action(async (options) => {
      const { runContext } = await import("./context.ts");
      process.exitCode = await runContext({ variants: false, ...options });
    });
}

function addBlast(program: Command): void {
  program
    .command("blast")
    .description(
      "what a change of a file or symbol reaches: importers, tests, what changes with it, public names, owners",
    )
    .argument("<targets...>", "path, path#symbol, or the name of a symbol")
    .addOption(repoOption())
    .option("--commit <revision>", "commit to look at (default: HEAD)")
    .option("--query-file <file>", "a file with the request that the change is for")
    .option("--top <number>", "files that may have to change too, at most", Number, 20)
    .option("--mermaid", "print a Mermaid drawing", false)
    .addOption(cacheOption())
    .addOption(jsonFlag())
    .action(async (targets, options) => {
      const { runBlast } = await import("./blast.ts");
      process.exitCode = await runBlast(targets, options);
    });
}

function addSurvey(program: Command): void {
  program
    .command("survey")
    .description(
      "the architecture as the code has it: components, directions of import, customs, hot spots",
    )
    .addOption(repoOption())
    .option("--commit <revision>", "commit to look at (default: HEAD)")
    .option("--mermaid", "print the drawing alone", false)
    .addOption(cacheOption())
    .addOption(jsonFlag())
    .action(async (options) => {
      const { runSurvey } = await import("./survey.ts");
      process.exitCode = await runSurvey(options);
    });
}

function addConstraints(program: Command): void {
  program
    .command("constraints")
    .description("what of the constraints document is vague, rotten or broken; lines to add to it")
    .argument(
      "[verb]",
      "lint, rot, check, propose, or grammar: what can be said so that it is checked (default: the first three)",
    )
    .addOption(repoOption())
    .option("--commit <revision>", "commit to look at (default: HEAD)")
    .option("--file <file>", "a constraints document on the disk instead of the committed one")
    .addOption(cacheOption())
    .addOption(jsonFlag())
    .action(async (verb, options) => {
      const { runConstraints } = await import("./constraints.ts");
      process.exitCode = await runConstraints(verb ?? null, options);
    });
}

/** Commands that tell what a checkout says without a model. */
export function addCodebaseCommands(program: Command): void {
  addContext(program);
  addBlast(program);
  addSurvey(program);
  addConstraints(program);
}
