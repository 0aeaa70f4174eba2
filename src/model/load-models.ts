import { fail, type Result, succeed } from "../shared/result.ts";
import type { VendorOptions } from "./call-vendor.ts";
import type { Assignments, Model, Models } from "./port.ts";
import { BUILT_IN_PROVIDERS, type ProviderKind, type ProviderSettings } from "./providers.ts";

export type LoadModelsOptions = {
  /** Only the first colon separates, so models may hold more of them and slashes. */
  assignments: Assignments;
  /** Added to the built-in providers; one of the same name overrides the fields it gives. */
  providers: Readonly<Record<string, ProviderSettings>>;
  /** The only source of keys. */
  environment: Readonly<Record<string, string | undefined>>;
};

type Provider = ProviderSettings & { keyOptional?: boolean };

/** Imported when a role uses them: each SDK takes a tenth of a second to load. */
const ADAPTERS: Record<
  Exclude<ProviderKind, "scripted">,
  () => Promise<(options: VendorOptions) => Model>
> = {
  anthropic: async () => (await import("./anthropic.ts")).anthropicModel,
  openai: async () => (await import("./openai.ts")).openaiModel,
  compatible: async () => (await import("./compatible.ts")).compatibleModel,
};

/** Sent to servers that want no key, because the SDKs insist on one and would look for it in the environment. */
const NO_KEY = "none";

/**
 * The model of each role. Checks only what the roles use: `model-not-configured`, `unknown-provider` with those known,
 * `missing-key` with the variable, `config-invalid` for a provider that lacks its address or directory. Roles with the
 * same assignment share a model, and so what it has learned about its server. A tier without a model of its own is the role's
 * model, and the large one the architect's.
 */
export async function loadModels(options: LoadModelsOptions): Promise<Result<Models>> {
  const byAssignment = new Map<string, Model>();
  const byRole = new Map<string, Model>();
  for (const [role, assignment] of Object.entries(options.assignments)) {
    const known = byAssignment.get(assignment);
    const loaded = known ? succeed(known) : await loadModel(role, assignment, options);
    if (!loaded.ok) return loaded;
    byAssignment.set(assignment, loaded.value);
    byRole.set(role, loaded.value);
  }
  return succeed((role, tier) => {
    const own = tier && byRole.get(`${role}.${tier}`);
    // The thorough tier of a role that names none is whoever designs: that is the best model there is.
    const model = own ?? (tier === "large" ? byRole.get("architect") : null) ?? byRole.get(role);
    if (!model) throw new Error(`no model was loaded for the role ${role}`);
    return model;
  });
}

async function loadModel(
  role: string,
  assignment: string,
  { providers, environment }: LoadModelsOptions,
): Promise<Result<Model>> {
  const colon = assignment.indexOf(":");
  const provider = assignment.slice(0, Math.max(colon, 0)).trim();
  const name = assignment.slice(colon + 1).trim();
  if (provider === "" || name === "") return fail({ reason: "model-not-configured", role });
  const settings = findProvider(provider, providers);
  if (!settings) {
    const known = [...new Set([...Object.keys(BUILT_IN_PROVIDERS), ...Object.keys(providers)])];
    return fail({ reason: "unknown-provider", provider, known: known.sort() });
  }
  if (settings.kind === "scripted") return loadScripted(provider, name, settings);
  if (!settings.baseUrl) return lacks(provider, "baseUrl");
  const key = readKey(settings, environment);
  if (key === null) {
    return fail({ reason: "missing-key", provider, variable: settings.keyVariable ?? "" });
  }
  const adapter = await ADAPTERS[settings.kind]();
  return succeed(adapter({ name, provider, apiKey: key, baseUrl: settings.baseUrl }));
}

async function loadScripted(
  provider: string,
  name: string,
  { directory }: Provider,
): Promise<Result<Model>> {
  if (!directory) return lacks(provider, "directory");
  const { scriptedModel } = await import("./scripted.ts");
  return succeed(scriptedModel({ directory, name, provider }));
}

/** The configured fields over the built-in ones of the same name, or over the address of the vendor of that kind. */
export function findProvider(
  name: string,
  providers: Readonly<Record<string, ProviderSettings>>,
): Provider | undefined {
  const builtIn = Object.hasOwn(BUILT_IN_PROVIDERS, name) ? BUILT_IN_PROVIDERS[name] : undefined;
  const configured = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (!configured) return builtIn;
  const given = Object.fromEntries(
    Object.entries(configured).filter(([, value]) => value !== undefined),
  );
  return { ...builtIn, ...given, kind: configured.kind };
}

const lacks = (provider: string, key: string): Result<Model> =>
  fail({
    reason: "config-invalid",
    path: `providers.${provider}`,
    line: 1,
    column: 1,
    detail: `\`${key}\` is missing`,
  });

/** The key, a stand-in where none is wanted, or null where it is missing. */
function readKey(
  { keyVariable, keyOptional }: Provider,
  environment: LoadModelsOptions["environment"],
): string | null {
  if (!keyVariable) return NO_KEY;
  const value = environment[keyVariable]?.trim();
  if (value) return value;
  return keyOptional ? NO_KEY : null;
}
