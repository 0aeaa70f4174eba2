import { expect, test } from "@jest/globals";
import { chooseWorkerModels } from "../../src/app/choose-worker-models.ts";
import { configSchema } from "../../src/config/schema.ts";

const environment = {
  ANTHROPIC_API_KEY: "the operator's key",
  WEBHOOK_SECRET: "the operator's secret",
  PRIVATE_KEY: "the operator's App",
};
const roles = ["architect", "validator", "builder", "reviewer", "coach"];

/** What comes of a repository's configuration, when the operator allows these addresses. */
async function choose(provider: object, name = "mine", addresses: string[] = []): Promise<string> {
  const models = Object.fromEntries(roles.map((role) => [role, `${name}:some-model`]));
  const config = configSchema.parse({ models, providers: { [name]: provider } });
  const options = { environment, modelAddresses: addresses };
  const chosen = await chooseWorkerModels(
    { config, configPath: ".github/archwright.yml" },
    options,
  );
  if (chosen.ok) return "chosen";
  return chosen.failure.reason === "config-invalid" ? chosen.failure.detail : chosen.failure.reason;
}

const elsewhere = { kind: "compatible", baseUrl: "https://elsewhere.example/v1" };

test("a repository cannot send the operator's key, or a request, to an address of its own", async () => {
  expect(await choose({ ...elsewhere, keyVariable: "ANTHROPIC_API_KEY" })).toContain(
    "MODEL_ADDRESSES",
  );
  expect(await choose(elsewhere)).toContain("https://elsewhere.example");
  const inside = { kind: "compatible", baseUrl: "http://169.254.169.254/latest" };
  expect(await choose(inside)).toContain("MODEL_ADDRESSES");
  const vendor = { kind: "anthropic", baseUrl: "https://elsewhere.example" };
  expect(await choose(vendor, "anthropic")).toContain("MODEL_ADDRESSES");
});

test("a repository cannot name a secret of the App as a key, or read files of the machine", async () => {
  const allowed = ["https://elsewhere.example"];
  for (const keyVariable of [
    "WEBHOOK_SECRET",
    "PRIVATE_KEY",
    "DATABASE_URL",
    "REVIEWER_PRIVATE_KEY",
  ]) {
    const said = await choose({ ...elsewhere, keyVariable }, "mine", allowed);
    expect(said).toContain("a variable of the App itself");
  }
  expect(await choose({ kind: "scripted", directory: "/etc" })).toContain("reads files");
});

test("vendors as they are, and addresses that the operator listed, are taken", async () => {
  expect(await choose({ kind: "anthropic" }, "anthropic")).toBe("chosen");
  expect(await choose(elsewhere, "mine", ["https://elsewhere.example"])).toBe("chosen");
  const keyed = { ...elsewhere, keyVariable: "MINE_API_KEY" };
  expect(await choose(keyed, "mine", ["https://elsewhere.example"])).toBe("missing-key");
});
