import { z } from "zod";
import { mergeCommands } from "../../codebase/commands/detect-commands.ts";
import type { Model, ModelRole } from "../../model/port.ts";
import { redact } from "../../shared/redact.ts";
import { type Check, type Finding, ok, type Patient, unknown, weak, wrong } from "./finding.ts";

/** Each model once, with the roles that use it. */
function distinct({ models }: Patient): { model: Model; roles: ModelRole[] }[] {
  const byId = new Map<string, { model: Model; roles: ModelRole[] }>();
  for (const role of models?.roles ?? []) {
    const model = models?.open(role);
    if (!model) continue;
    const known = byId.get(model.id);
    if (known) known.roles.push(role);
    else byId.set(model.id, { model, roles: [role] });
  }
  return [...byId.values()];
}

const word = z.object({ word: z.string() });

/** One word from a model, to see that the key is good and the model is there. */
async function ask(model: Model, role: ModelRole, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await model.generate(
      {
        purpose: { role, phase: "doctor", spec: null, attempt: 1, step: null },
        system: "You answer with one JSON object.",
        user: 'Answer with {"word":"ready"}.',
        effort: "low",
        maxOutput: 2_000,
        signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
        onUsage: () => {},
        beforeRequest: () => {},
      },
      "word",
      word,
    );
    return answer.ok ? null : `it answered, but not as asked (${answer.why})`;
  } catch (error) {
    return redact((error as Error).message).slice(0, 300);
  }
}

/** Whether every role's model answers with the key that is here. */
export const checkModels: Check = async (patient) => {
  const about = "model";
  if (!patient.models || !patient.mayCallModels) {
    return [
      unknown(
        about,
        "No model is asked here: this place has no key.",
        "Run `archwright doctor` where the key is.",
      ),
    ];
  }
  return await Promise.all(
    distinct(patient).map(async ({ model, roles }): Promise<Finding> => {
      const fault = await ask(model, roles[0] ?? "architect", patient.signal);
      const who = `${model.id} (${roles.join(", ")})`;
      if (fault === null) return ok(about, `${who} answers.`);
      return wrong(
        about,
        `${who} does not answer: ${fault}`,
        "Check the key, the model's name under `models:`, and the vendor's status page.",
      );
    }),
  );
};

const UNIT = { input: 1_000, cacheRead: 0, cacheWrite: 0, output: 100, reasoning: 0, requests: 1 };

/** Whether the price of every model is known: an unknown one is held by the cap on tokens only. */
export const checkPrices: Check = async (patient) => {
  const about = "price";
  if (!patient.models) return [];
  const { price } = patient.models;
  return distinct(patient).map(({ model }) =>
    price(model.id, UNIT) === null
      ? weak(
          about,
          `The price of ${model.id} is unknown; only \`budget.tokens\` holds it.`,
          `Add \`prices: { "${model.id}": { input: …, output: … } }\` to the configuration.`,
        )
      : ok(about, `The price of ${model.id} is known.`),
  );
};

/** Whether there is a command that tells right from wrong: without one a build is only read, never tried. */
export const checkCheckpoints: Check = async ({ snapshot, config }) => {
  const about = "checkpoints";
  if (!snapshot) return [unknown(about, "The files of the default branch cannot be read here.")];
  const files = (await snapshot.list()).map(({ path }) => path);
  const { commands } = await mergeCommands(config.commands, files, async (path) => {
    const content = await snapshot.read(path);
    return content?.kind === "text" ? content.text : null;
  });
  const named = Object.entries(commands).map(([name, command]) => `${name}: \`${command}\``);
  if (named.length > 0) return [ok(about, named.join(", "))];
  return [
    weak(
      about,
      "No command that compiles or tests was found.",
      "Name one under `commands:` in the configuration, such as `unit: make test`.",
    ),
  ];
};

/** Whether commands that a model wrote can be run apart from the key. Where they cannot, they are not run. */
export const checkIsolation: Check = async ({ isolation, config }) => {
  const about = "isolation";
  if (config.isolation === "none") {
    return [
      weak(
        about,
        "The configuration says `isolation: none`: commands run beside the key.",
        "Take the line out.",
      ),
    ];
  }
  if (!isolation) return [];
  const { available, detail } = await isolation();
  if (available) return [ok(about, `Commands can be isolated on this machine (${detail}).`)];
  return [
    weak(
      about,
      `Commands cannot be isolated on this machine: ${detail}`,
      "This concerns builds that run here; hosted Linux runners can. docs/security.md, section Isolation.",
    ),
  ];
};
