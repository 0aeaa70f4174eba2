import type { Assignments, ModelRole, ModelTier } from "../model/port.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

type Vendor = {
  provider: string;
  keyVariable: string;
  models: Readonly<Record<ModelRole, string>>;
};

/** What is used where the configuration names no model: data, in order of preference. */
const vendors: readonly Vendor[] = [
  {
    provider: "anthropic",
    keyVariable: "ANTHROPIC_API_KEY",
    models: {
      architect: "claude-opus-5-5",
      validator: "claude-haiku-5-5",
      builder: "claude-sonnet-5-5",
      reviewer: "claude-opus-5-5",
      coach: "claude-haiku-5-5",
    },
  },
  {
    provider: "openai",
    keyVariable: "OPENAI_API_KEY",
    models: {
      architect: "gpt-6.2-sol",
      validator: "gpt-6.1-terra",
      builder: "gpt-6.2-sol",
      reviewer: "gpt-6.2-sol",
      coach: "gpt-6.1-terra",
    },
  },
];

const order: readonly ModelRole[] = ["architect", "validator", "builder", "reviewer", "coach"];

/**
 * The model of each role, as `provider:model`: the one that is configured, else a default of a vendor whose key is in
 * the environment. With keys of two vendors the reviewer is not the builder's vendor, so that nobody judges their own
 * work. A coach that nobody named is the validator's model. Tiers of the validator that have a model of their own stand beside, as
 * `validator.<tier>`. Failure: `model-not-configured` with the first role that has none.
 */
export function chooseModels(
  configured: Readonly<Partial<Record<ModelRole, string | null>>>,
  environment: Readonly<Record<string, string | undefined>>,
  tiers: Readonly<Partial<Record<ModelTier, string | null>>> = {},
): Result<Assignments> {
  const usable = vendors.filter(({ keyVariable }) => environment[keyVariable]?.trim());
  const chosen: Partial<Record<ModelRole, string>> = {};
  for (const role of order) {
    const own = configured[role];
    const others = usable.filter(({ provider }) => !chosen.builder?.startsWith(`${provider}:`));
    const vendor = (role === "reviewer" ? others[0] : undefined) ?? usable[0];
    const named = own ?? (vendor ? `${vendor.provider}:${vendor.models[role]}` : null);
    // Who names the four roles that every request needs is not asked for a fifth that none of them uses.
    const model = named ?? (role === "coach" ? (chosen.validator ?? null) : null);
    if (model === null) return fail({ reason: "model-not-configured", role });
    chosen[role] = model;
  }
  const named = Object.entries(tiers).filter(([, model]) => model !== null);
  const own = Object.fromEntries(named.map(([tier, model]) => [`validator.${tier}`, model]));
  return succeed({ ...(chosen as Record<ModelRole, string>), ...own });
}
