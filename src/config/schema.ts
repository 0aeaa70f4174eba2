import { z } from "zod";
import { roles } from "../workflow/role.ts";
import { defaultProtectedPaths } from "../workspace/check-path.ts";
import { defaultPrices } from "./default-prices.ts";
import { limitsSchema } from "./schema-limits.ts";
import { modelId } from "./schema-model-id.ts";
import { validationSchema } from "./schema-validation.ts";

// Every `describe` is written for people: it stands in docs/configuration.md and in the message of a wrong value.

const model = (task: string) =>
  modelId
    .nullable()
    .default(null)
    .describe(`PROVIDER:MODEL that ${task}; null chooses one by the keys in the environment`);

const dollars = (usd: number, what: string) =>
  z.number().min(0).max(100_000).default(usd).describe(`${what}, in US dollars`);

const switched = (on: boolean, what: string) => z.boolean().default(on).describe(what);

const glob = z.string().min(1).max(500);
const path = z
  .string()
  .min(1)
  .max(500)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\\0]+$/, {
    error: "must be a path inside the repository",
  });

const modelsSchema = z.strictObject({
  architect: model("designs"),
  validator: model("checks a design against the code"),
  builder: model("writes the code"),
  reviewer: model("judges what was built"),
  coach: model("draws lessons"),
});

const providerSchema = z.strictObject({
  kind: z
    .enum(["anthropic", "openai", "compatible", "scripted"])
    .describe(
      "How it is spoken to: a vendor's own interface, an OpenAI-compatible server, or answers from files",
    ),
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" })
    .exactOptional()
    .describe("Address of the server"),
  keyVariable: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/i, {
      error: "must be the NAME of an environment variable, never the key itself",
    })
    .exactOptional()
    .describe("Environment variable that holds its key"),
  directory: z
    .string()
    .min(1)
    .exactOptional()
    .describe("Folder with the answers of a scripted provider"),
});

const rate = (what: string) =>
  z.number().min(0).describe(`${what}, in US dollars per million tokens`);

const priceSchema = z.strictObject({
  input: rate("Input"),
  output: rate("Output"),
  cacheRead: rate("Input that was read from the cache").exactOptional(),
  cacheWrite: rate("Input that was written to the cache").exactOptional(),
});

const budgetSchema = z.strictObject({
  issue: dollars(5, "Most that one issue may cost"),
  day: dollars(25, "Most that all issues of a repository may cost in one day"),
  tokens: z
    .int()
    .min(0)
    .max(10_000_000_000)
    .default(3_000_000)
    .describe("Most tokens that one issue may use of models whose price is unknown"),
  phases: z
    .strictObject({
      design: dollars(1, "Most that one start of the design may cost"),
      validate: dollars(
        1,
        "Most that one validation may cost: four checks at once, each of which reads the plan",
      ),
      build: dollars(2, "Most that one build or fix round may cost"),
      review: dollars(0.75, "Most that one review may cost"),
      ask: dollars(0.25, "Most that the answer to one question (`/ask`) may cost"),
    })
    .prefault({})
    .describe("Most that one start of each phase may cost"),
});

const approvalSchema = z.strictObject({
  roles: z
    .array(z.enum(roles).exclude(["none"]))
    .min(1)
    .default(["admin", "maintain", "write"])
    .describe("Roles whose approval counts"),
  quorum: z.int().min(1).max(20).default(1).describe("Distinct people who must approve"),
  requesterMayApprove: switched(
    true,
    "Whether the person who asked for the feature may approve its plan",
  ),
  requireValidation: switched(
    true,
    "Whether a plan needs a verdict of the validation before it can be approved",
  ),
});

const points = (value: number, what: string) =>
  z.number().min(0).max(100).default(value).describe(`Points for ${what}`);

const reviewSchema = z.strictObject({
  threshold: z.int().min(0).max(100).default(90).describe("Score from which a build is accepted"),
  maxRounds: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe("Fix rounds after a review below the threshold"),
  weights: z
    .strictObject({
      acceptance: points(60, "the acceptance criteria"),
      architecture: points(15, "fitting the architecture"),
      style: points(10, "code style"),
      testing: points(10, "tests"),
      performance: points(5, "performance"),
    })
    .prefault({})
    .refine((weights) => Math.abs(sum(Object.values(weights)) - 100) < 1e-9, {
      error: ({ input }) =>
        `the weights must sum to 100, they sum to ${sum(Object.values(input ?? {}))}`,
    })
    .describe("How the 100 points are divided"),
});

function sum(values: readonly unknown[]): number {
  return values.reduce<number>(
    (total, value) => total + (typeof value === "number" ? value : 0),
    0,
  );
}

const commandName = z.string().regex(/^[a-z][\w:.-]{0,63}$/i, {
  error: "a command's name is a letter, then letters, digits, and any of _ : . -",
});
const command = z.string().trim().min(1).max(4_000);

const documentsSchema = z.strictObject({
  constraints: path.default("CONSTRAINTS.md").describe("Rules that every plan and build must keep"),
  coaching: path
    .default(".archwright/COACHING.md")
    .describe("Lessons of earlier work, for the builder"),
  designs: path
    .default("docs/designs")
    .describe("Folder on the branch that gets the design documents"),
});

/** The configuration of a repository, with every default. Unknown keys are errors. */
export const configSchema = z.strictObject({
  models: modelsSchema.prefault({}).describe("Model of each role"),
  providers: z
    .record(
      z.string().regex(/^[a-z][\w.-]*$/i, { error: "a provider's name begins with a letter" }),
      providerSchema,
    )
    .default({})
    .describe(
      "Servers beside the built-in anthropic, openai, ollama, vllm and openrouter; or settings of these, by name",
    ),
  prices: z
    .record(modelId, priceSchema)
    .default({})
    .transform((prices) => ({ ...defaultPrices, ...prices }))
    .describe(
      "Prices by PROVIDER:MODEL, where the built-in list has none or a wrong one. An unknown price is unknown, never 0",
    ),
  budget: budgetSchema.prefault({}).describe("Limits of cost"),
  approval: approvalSchema.prefault({}).describe("Who approves a plan"),
  commandRoles: z
    .record(
      z.string().regex(/^[a-z][\w-]*$/, { error: "is not the name of a slash command" }),
      z.enum(roles),
    )
    .default({})
    .describe(
      "Least role of a slash command, by its name without the slash, where it is not the usual one",
    ),
  validation: validationSchema
    .prefault({})
    .describe("How a plan is checked: which models, and when a larger one is asked"),
  review: reviewSchema.prefault({}).describe("How a build is scored"),
  commands: z
    .record(commandName, command)
    .default({})
    .describe(
      "Commands of the repository by name: setup, compile, unit, integration, all, and any other that a plan may name. Those left out are detected",
    ),
  paths: z
    .strictObject({
      protected: z
        .array(glob)
        .default([...defaultProtectedPaths])
        .describe("Globs that the builder may not change; a list of yours replaces the default"),
      extra: z
        .array(glob)
        .default([])
        .describe("Further globs that the builder may not change, beside `protected`"),
    })
    .prefault({})
    .describe("What the builder may not touch. Git's own data is never open"),
  isolation: z
    .enum(["ask", "namespaces", "none"])
    .default("ask")
    .describe(
      "How commands of the repository run: in namespaces of their own, as you, or as you answer when asked",
    ),
  documents: documentsSchema.prefault({}).describe("Where documents lie"),
  limits: limitsSchema.prefault({}).describe("Limits of time and size"),
  automatic: z
    .strictObject({
      design: switched(true, "Whether the label starts the design"),
      validate: switched(true, "Whether a new plan is validated at once"),
      build: switched(true, "Whether an approved plan is built at once"),
      review: switched(true, "Whether a finished build is reviewed at once"),
    })
    .prefault({})
    .describe("Phases that start by themselves"),
  bots: z
    .array(z.string().trim().min(1).max(100))
    .default([])
    .describe(
      "Logins of bots (with `[bot]`) whose commands are heard, as far as their own role allows; all others are ignored",
    ),
  workflow: z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, {
      error: "must be the file name of a workflow, such as archwright.yml",
    })
    .default("archwright.yml")
    .describe("File in .github/workflows that the App dispatches"),
  label: z
    .string()
    .trim()
    .min(1)
    .max(50)
    .default("archwright")
    .describe("Label that asks for a design"),
});

export type Config = z.infer<typeof configSchema>;
