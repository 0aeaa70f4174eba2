import { parseArgs } from "node:util";
import type { Ground } from "../../src/claims/claim-rule.ts";
import { openGround } from "../../src/claims/open-ground.ts";
import { openCodebase } from "../../src/cli/open-codebase.ts";
import { detectCommands } from "../../src/codebase/commands/detect-commands.ts";
import type { Case, Miner } from "./case.ts";
import { openCheckout } from "./checkout.ts";
import { hideFiles } from "./hide-files.ts";
import { type Judged, judgeCase } from "./judge-case.ts";
import { mineBases } from "./mine/bases.ts";
import { mineDependencyTwins } from "./mine/dependency-twins.ts";
import { mineFiles, mineNewFiles, mineQuotes } from "./mine/files.ts";
import { mineCommands, mineDependencies } from "./mine/packages.ts";
import { mineRoutes } from "./mine/routes.ts";
import { mineEnvironment, mineKeys } from "./mine/settings.ts";
import { mineTables, mineTableTwins } from "./mine/stored.ts";
import { mineSignatures, mineSymbols } from "./mine/symbols.ts";
import { mineStrategies, mineTestPaths } from "./mine/tests.ts";
import { mineModuleTwins, mineNovelNames, mineSymbolTwins } from "./mine/twins.ts";
import { createRandom } from "./random.ts";
import { renderRows, scoreCases } from "./score-cases.ts";

// Claims that are true of a checkout and claims that are false of it, by a program that shares nothing with the checker; then the checker
// over each of them. Ends with 1 where an aim is missed.

const usage = `npm run bench:claims -- --repo DIR [--repo DIR …] [--seed N] [--per-kind N] [--kind NAME …] [--show] [--json]

  --repo      a clone; several make one table
  --seed      which claims are drawn (1)
  --per-kind  how many true ones of each kind, and as many false ones (40)
  --kind      only these kinds
  --show      every claim that was judged wrongly or not at all`;

const miners: readonly Miner[] = [
  mineFiles,
  mineNewFiles,
  mineQuotes,
  mineSymbols,
  mineSignatures,
  mineDependencies,
  mineCommands,
  mineBases,
  mineTables,
  mineRoutes,
  mineKeys,
  mineEnvironment,
  mineTestPaths,
  mineStrategies,
  mineSymbolTwins,
  mineNovelNames,
  mineTableTwins,
  mineModuleTwins,
  mineDependencyTwins,
];

const { values } = parseArgs({
  options: {
    repo: { type: "string", multiple: true, default: [] },
    seed: { type: "string", default: "1" },
    "per-kind": { type: "string", default: "40" },
    kind: { type: "string", multiple: true, default: [] },
    show: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function judgeRepository(repo: string): Promise<Judged[]> {
  const opened = await openCodebase({ repo });
  if (!opened.ok) throw new Error(`${repo}: ${JSON.stringify(opened.failure)}`);
  const { codebase, root } = opened.value;
  const paths = codebase.files.map(({ path }) => path);
  const { commands } = await detectCommands(paths, (path) => codebase.text(path));
  const ground = openGround(codebase, commands);
  const checkout = openCheckout(root);
  const judged: Judged[] = [];
  for (const [index, mine] of miners.entries()) {
    const random = createRandom(Number(values.seed) * 1000 + index);
    const cases = mine(checkout, random, Number(values["per-kind"]));
    for (const one of cases.filter(
      ({ kind }) => values.kind.length === 0 || values.kind.includes(kind),
    ))
      judged.push(await judgeCase(one, groundOf(one, ground)));
  }
  return judged;
}

const groundOf = (one: Case, ground: Ground): Ground =>
  one.hidden.length === 0
    ? ground
    : openGround(hideFiles(ground.codebase, one.hidden), ground.commands);

const isWrong = ({ one, outcome }: Judged): boolean => outcome !== (one.isTrue ? "true" : "false");

function show({ one, outcome, findings }: Judged): string {
  const said = findings
    .filter(({ kind, verdict }) => kind === one.kind || verdict === "false")
    .map(
      ({ kind, text, verdict, note }) =>
        `      ${kind} ${verdict}: ${text}${note === "" ? "" : ` — ${note}`}`,
    );
  const head = `  ${one.kind} (${one.isTrue ? "true" : "false"}, ${one.how}) → ${outcome}: ${one.about.join(", ")}`;
  return [head, ...said.slice(0, 6)].join("\n");
}

async function run(): Promise<void> {
  const judged: Judged[] = [];
  for (const repo of values.repo) judged.push(...(await judgeRepository(repo)));
  const rows = scoreCases(judged);
  if (values.json)
    console.log(
      JSON.stringify({ repositories: values.repo, seed: Number(values.seed), rows }, null, 2),
    );
  else console.log(renderRows(rows));
  if (values.show) console.log(judged.filter(isWrong).map(show).join("\n"));
  process.exitCode = rows.some(({ missed }) => missed.length > 0) ? 1 : 0;
}

if (values.help || values.repo.length === 0) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else await run();
