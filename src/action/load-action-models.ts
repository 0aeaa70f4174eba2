import { chooseModels } from "../config/default-models.ts";
import type { Config } from "../config/schema.ts";
import { loadModels } from "../model/load-models.ts";
import type { Models } from "../model/port.ts";
import { createPrice, type Price } from "../model/price-usage.ts";
import { BUILT_IN_PROVIDERS } from "../model/providers.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { JobContext } from "./job-context.ts";

/** Variables that hold model keys: those of the vendors, and those that the default branch's configuration names. */
export function listKeyVariables(config: Config | null): string[] {
  const settings = [
    ...Object.values(BUILT_IN_PROVIDERS),
    ...Object.values(config?.providers ?? {}),
  ];
  return [...new Set(settings.flatMap(({ keyVariable }) => (keyVariable ? [keyVariable] : [])))];
}

/** Hides the keys in the log and takes them out of the environment: the SDK clients alone have them from here on. */
export function takeKeys({ environment, runner, forget }: JobContext, config: Config): void {
  for (const variable of listKeyVariables(config)) {
    const key = environment[variable]?.trim();
    if (key) runner.mask(key);
    forget(variable);
  }
}

/** The models of the roles and what they cost. Failures name the role or the key that is missing. */
export async function loadActionModels(
  context: JobContext,
  config: Config,
): Promise<Result<{ models: Models; price: Price }>> {
  const { environment } = context;
  const assignments = chooseModels(config.models, environment, config.validation.tiers);
  if (!assignments.ok) return assignments;
  const { providers } = config;
  const models = await loadModels({ assignments: assignments.value, providers, environment });
  if (!models.ok) return models;
  return succeed({ models: models.value, price: await createPrice(config.prices) });
}
