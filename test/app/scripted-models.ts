import { loadModels } from "../../src/model/load-models.ts";

export const roles = ["architect", "validator", "builder", "reviewer", "coach"] as const;
export const model = "scripted:greeting";

/** Models that answer from a folder, priced so that sums are known. */
export async function scriptedModels(directory: string) {
  const assignments = Object.fromEntries(roles.map((role) => [role, model])) as Record<
    (typeof roles)[number],
    string
  >;
  const providers = { scripted: { kind: "scripted" as const, directory } };
  const loaded = await loadModels({ assignments, providers, environment: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  return { models: loaded.value, price: () => 1_000 };
}
