import { codebaseAt } from "../engine/codebase-at.ts";
import { commandsAt, survey } from "../engine/gather-common.ts";
import type { ModelRole } from "../model/port.ts";
import { formatMicros } from "../shared/money.ts";
import { phases } from "../workflow/phase.ts";
import type { Found } from "./find-feature.ts";
import type { LocalHouse } from "./open-local-house.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

/** A run answers no question. */
const runs = phases.filter((phase) => phase !== "ask");
const roleOf: Record<(typeof runs)[number], ModelRole> = {
  design: "architect",
  validate: "validator",
  build: "builder",
  review: "reviewer",
};

const SHOWN = 8;

/** Shows what a run would do. Calls no model and writes nothing. */
export async function dryRun(terminal: Terminal, local: LocalHouse, found: Found): Promise<number> {
  const { house } = local;
  const { commands, setup } = await commandsAt(house, local.base);
  const facts = await survey(
    house,
    await codebaseAt(house, local.base),
    `${found.issue.title}\n${found.issue.body}`,
  );
  terminal.out(`Would carry on feature ${found.issue.number}: ${found.issue.title}`);
  terminal.out(`  repository     ${local.repository} at ${local.base.slice(0, 10)}`);
  terminal.out(
    `  configuration  ${local.configPath ?? "defaults (no .github/archwright.yml at that commit)"}`,
  );
  for (const phase of runs) {
    const { micros } = house.policy.allowance[phase];
    terminal.out(
      `  ${phase.padEnd(14)} ${house.models(roleOf[phase]).id}, at most ${formatMicros(micros)}`,
    );
  }
  terminal.out(`  budget         ${formatMicros(house.policy.cap.micros)} for the issue`);
  if (setup) terminal.out(`  set-up         ${setup}`);
  for (const [name, command] of Object.entries(commands))
    terminal.out(`  ${name.padEnd(14)} ${command}`);
  if (Object.keys(commands).length === 0) {
    terminal.out("  checkpoints    none was found: name `commands:` in the configuration");
  }
  if (facts.ranked.length > 0) terminal.out("  would read first:");
  for (const file of facts.ranked.slice(0, SHOWN)) {
    terminal.out(`    ${file.path}  (${file.reasons.slice(0, 2).join("; ")})`);
  }
  return exitCodes.success;
}
