import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { type Result, succeed } from "../shared/result.ts";
import { nextStep } from "../workflow/next-step.ts";
import type { LocalHouse } from "./open-local-house.ts";
import { openTerminal } from "./open-terminal.ts";
import { printStatus } from "./print-status.ts";
import { reportFailure } from "./report-failure.ts";
import { summarize } from "./summarize.ts";
import { exitCodes, type Terminal } from "./terminal.ts";
import { withHouse } from "./with-house.ts";

export type StatusOptions = { repo: string; issue?: number; json: boolean };

async function loadAll(local: LocalHouse, issue: number | undefined): Promise<Result<Feature[]>> {
  const numbers = issue === undefined ? await local.house.ledger.list() : succeed([issue]);
  if (!numbers.ok) return numbers;
  const features: Feature[] = [];
  for (const number of numbers.value) {
    const loaded = await loadFeature(local.house.ledger, number);
    if (!loaded.ok) return loaded;
    if (loaded.value.state.feature) features.push(loaded.value);
  }
  return succeed(features);
}

async function show(
  terminal: Terminal,
  local: LocalHouse,
  options: StatusOptions,
): Promise<number> {
  const features = await loadAll(local, options.issue);
  if (!features.ok) return reportFailure(terminal, features.failure);
  const { policy } = local.house;
  if (options.issue !== undefined && features.value.length === 0) {
    return reportFailure(terminal, { reason: "feature-not-found", issue: options.issue });
  }
  if (options.json) {
    const all = features.value.map((one) =>
      summarize(one, local.repository, nextStep(one.state, policy)),
    );
    terminal.out(JSON.stringify(options.issue === undefined ? all : all[0], null, 2));
    return exitCodes.success;
  }
  if (features.value.length === 0) {
    terminal.out("No feature has begun in this repository. `archwright run --issue …` begins one.");
  }
  for (const feature of features.value) printStatus(terminal, feature, policy);
  return exitCodes.success;
}

/** `archwright status`: reads only; needs neither key nor model. */
export async function runStatus(options: StatusOptions): Promise<number> {
  const terminal = openTerminal();
  if (Number.isNaN(options.issue)) {
    return reportFailure(terminal, {
      reason: "bad-usage",
      detail: "--issue takes the number of a feature.",
    });
  }
  return await withHouse(terminal, { repo: options.repo }, {}, false, (local) =>
    show(terminal, local, options),
  );
}
