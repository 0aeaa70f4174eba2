import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../config/read-environment.ts";
import { findProvider } from "../model/load-models.ts";
import { BUILT_IN_PROVIDERS, type ProviderSettings } from "../model/providers.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Terminal } from "./terminal.ts";

/** A key that the configuration of a commit wants sent to an address. */
export type Destination = { provider: string; variable: string; address: string };

/**
 * Keys of the environment that a configuration sends elsewhere than we would: any address or variable that it gives
 * itself, for providers that a role uses.
 */
export function findDestinations(
  providers: Readonly<Record<string, ProviderSettings>>,
  assignments: Readonly<Record<string, string>>,
  environment: Environment,
): Destination[] {
  const used = new Set(Object.values(assignments).map((each) => each.split(":")[0]?.trim() ?? ""));
  return [...used].flatMap((provider): Destination[] => {
    const settings = findProvider(provider, providers);
    const builtIn = Object.hasOwn(BUILT_IN_PROVIDERS, provider)
      ? BUILT_IN_PROVIDERS[provider]
      : undefined;
    const { keyVariable: variable, baseUrl } = settings ?? {};
    if (!variable || !baseUrl || !environment[variable]?.trim()) return [];
    if (builtIn?.keyVariable === variable && builtIn.baseUrl === baseUrl) return [];
    // The origin alone: what stands before an @ in an address is made to deceive.
    return [{ provider, variable, address: new URL(baseUrl).origin }];
  });
}

const lineOf = ({ variable, address }: Destination): string => `${variable} ${address}`;

/**
 * Lets a person say once whether their key may go where the repository's own configuration sends it: whoever wrote that may be
 * a stranger. What is in a file that they name with `--config` is their word already. Failure: `provider-undecided`.
 */
export async function decideProviders(
  destinations: readonly Destination[],
  storage: string,
  terminal: Terminal,
): Promise<Result<void>> {
  const file = join(storage, "providers");
  const known = (await readFile(file, "utf8").catch(() => "")).split("\n");
  for (const destination of destinations) {
    if (known.includes(lineOf(destination))) continue;
    const { variable, address } = destination;
    const question = `The repository's configuration sends your key ${variable} to ${address}. Send it there? [y/N] `;
    const answer = terminal.interactive ? await terminal.ask(question) : null;
    if (!/^y(es)?$/i.test(answer?.trim() ?? "")) {
      return fail({ reason: "provider-undecided", ...destination });
    }
    await mkdir(storage, { recursive: true });
    await appendFile(file, `${lineOf(destination)}\n`);
  }
  return succeed(undefined);
}
