import { chooseModels } from "../config/default-models.ts";
import type { Environment } from "../config/read-environment.ts";
import type { Config } from "../config/schema.ts";
import { findProvider, loadModels } from "../model/load-models.ts";
import type { Models } from "../model/port.ts";
import { createPrice, type Price } from "../model/price-usage.ts";
import { BUILT_IN_PROVIDERS } from "../model/providers.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** Variables of ours that no configuration of a repository may name as a model's key. */
const own = /^(PRIVATE_KEY|REVIEWER_|WEBHOOK_|DATABASE_URL|APP_ID|GITHUB_|GHE_|GH_)/;

const refuse = (path: string | null, detail: string): Result<never> =>
  fail({ reason: "config-invalid", path: path ?? "", line: 1, column: 1, detail });

/**
 * Whose configuration it is, is not who runs the App: a repository may send the operator's keys and requests only to the vendors' own
 * addresses, or to those that the operator has listed, and read no files of this machine.
 */
function findOffence(
  providers: Config["providers"],
  assignments: Readonly<Record<string, string>>,
  addresses: readonly string[],
): string | null {
  for (const name of new Set(Object.values(assignments).map((each) => each.split(":")[0] ?? ""))) {
    const settings = findProvider(name, providers);
    if (settings?.kind === "scripted")
      return `\`providers.${name}\` reads files, which the App does not allow`;
    const builtIn = Object.hasOwn(BUILT_IN_PROVIDERS, name) ? BUILT_IN_PROVIDERS[name] : undefined;
    const { baseUrl, keyVariable } = settings ?? {};
    const usual = builtIn?.baseUrl === baseUrl && builtIn?.keyVariable === keyVariable;
    if (!baseUrl || usual) continue;
    const { origin } = new URL(baseUrl);
    if (keyVariable && own.test(keyVariable)) {
      return `\`providers.${name}.keyVariable\` names a variable of the App itself`;
    }
    if (!addresses.includes(origin)) {
      return `\`providers.${name}\` sends to ${origin}, which whoever runs the App has not listed in MODEL_ADDRESSES`;
    }
  }
  return null;
}

/** The models of a phase in the worker, by the repository's configuration within what the operator allows, and their prices. */
export async function chooseWorkerModels(
  { config, configPath }: { config: Config; configPath: string | null },
  { environment, modelAddresses }: { environment: Environment; modelAddresses: readonly string[] },
): Promise<Result<{ models: Models; price: Price }>> {
  const assignments = chooseModels(config.models, environment, config.validation.tiers);
  if (!assignments.ok) return assignments;
  const offence = findOffence(config.providers, assignments.value, modelAddresses);
  if (offence) return refuse(configPath, offence);
  const keys = Object.entries(environment).filter(([name]) => !own.test(name));
  const models = await loadModels({
    assignments: assignments.value,
    providers: config.providers,
    environment: Object.fromEntries(keys),
  });
  if (!models.ok) return models;
  return succeed({ models: models.value, price: await createPrice(config.prices) });
}
