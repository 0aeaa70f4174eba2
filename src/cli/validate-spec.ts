import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { mergeCommands } from "../codebase/commands/detect-commands.ts";
import { loadConfig, parseConfig } from "../config/load-config.ts";
import type { Config } from "../config/schema.ts";
import { documentNames } from "../documents/name-document.ts";
import { renderBuildSpec } from "../documents/render-build-spec.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Design } from "../documents/schema-design.ts";
import type { ValidationReport } from "../documents/schema-validation-report.ts";
import { decideVerdict } from "../phases/validate/decide-verdict.ts";
import { inspectPlan } from "../phases/validate/inspect-plan.ts";
import { renderDifference } from "../phases/validate/render-difference.ts";
import { writeReport } from "../phases/validate/write-report.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { type OpenedCodebase, openCodebase } from "./open-codebase.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes } from "./terminal.ts";
import { listAnnotations, type NamedDocuments } from "./validate/list-annotations.ts";
import { printFaults, printReport } from "./validate/print-report.ts";
import {
  listFaults,
  type PlanFile,
  type PlanFiles,
  pathInRepository,
  readPlanFiles,
} from "./validate/read-plan-files.ts";

export type ValidateSpecOptions = {
  repo: string;
  spec: readonly string[];
  design?: string;
  config?: string;
  commit?: string;
  json: boolean;
  annotations: boolean;
};

type Sound = {
  design: (PlanFile<Design> & { value: Design }) | null;
  specs: readonly (PlanFile<BuildSpec> & { spec: BuildSpec })[];
};

/**
 * `archwright validate --spec FILE…`: holds specs against a checkout with no model, no key and no ledger. Prints faults of the documents
 * with line and column, or the report. Exit code 0 when the specs are ready, 1 when something is to be put right, 2 for a wrong call.
 */
export async function validateSpec(options: ValidateSpecOptions): Promise<number> {
  const terminal = openTerminal();
  const read = await readPlanFiles(options);
  if (!read.ok) return reportFailure(terminal, read.failure);
  const sound = takeSound(read.value);
  if (sound === null) {
    printFaults(terminal, listFaults(read.value), options);
    return exitCodes.negative;
  }
  const ids = sound.specs.map(({ spec }) => spec.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) {
    const detail = `Two specs are called ${twice}.`;
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  const opened = await openCodebase({ ...options, terminal });
  if (!opened.ok) return reportFailure(terminal, opened.failure);
  const report = await inspect(sound, opened.value, options);
  if (!report.ok) return reportFailure(terminal, report.failure);
  const remarks = listAnnotations(report.value, nameDocuments(sound, opened.value.root));
  printReport(terminal, report.value, remarks, options);
  return report.value.verdict === "ready" ? exitCodes.success : exitCodes.negative;
}

/** The documents as data, or null when one of them has faults. */
function takeSound({ design, specs }: PlanFiles): Sound | null {
  let sound: Sound["design"] = null;
  if (design) {
    if (!design.parsed.ok) return null;
    sound = { ...design, value: design.parsed.value };
  }
  const read: Sound["specs"][number][] = [];
  for (const each of specs) {
    if (!each.parsed.ok) return null;
    read.push({ ...each, spec: each.parsed.value });
  }
  return { design: sound, specs: read };
}

async function inspect(
  { design, specs }: Sound,
  { codebase, snapshot }: OpenedCodebase,
  options: ValidateSpecOptions,
): Promise<Result<ValidationReport>> {
  const config = await readConfig(options, snapshot);
  if (!config.ok) return config;
  const paths = codebase.files.map(({ path }) => path);
  const { commands } = await mergeCommands(config.value.commands, paths, (path) =>
    codebase.text(path),
  );
  const known = await inspectPlan(
    { design: design?.value ?? null, texts: specs, asIs: true },
    { codebase, commands, constraints: await readConstraints(codebase, config.value) },
  );
  const { ground, gaps, reach } = known;
  const found = {
    ...{ claims: ground.claims, gaps, reach, changes: ground.changes },
    ...{ findings: [], checks: [], mended: [], refused: [], refined: new Set<string>() },
  };
  const verdict = decideVerdict({ ...found, wrongDirection: false });
  const before = render(specs.map(({ spec }) => spec));
  const difference = renderDifference(before, render(ground.specs));
  const planHash = createHash("sha256").update(JSON.stringify(before)).digest("hex");
  return succeed(writeReport({ ...found, verdict, difference, planHash }));
}

async function readConstraints(
  codebase: OpenedCodebase["codebase"],
  { documents: { constraints: path } }: Config,
): Promise<{ path: string; text: string } | null> {
  const text = await codebase.text(path);
  return text === null ? null : { path, text };
}

const render = (specs: readonly BuildSpec[]): Record<string, string> =>
  Object.fromEntries(specs.map((spec) => [documentNames.spec(spec.id), renderBuildSpec(spec)]));

async function readConfig(
  { config }: ValidateSpecOptions,
  snapshot: OpenedCodebase["snapshot"],
): Promise<Result<Config>> {
  if (config === undefined) {
    const loaded = await loadConfig(snapshot);
    return loaded.ok ? succeed(loaded.value.config) : loaded;
  }
  const text = await readFile(config, "utf8").catch(() => null);
  if (text !== null) return parseConfig(text, config);
  return fail({ reason: "bad-usage", detail: `The configuration ${config} cannot be read.` });
}

function nameDocuments({ design, specs }: Sound, root: string): NamedDocuments {
  const named = specs.map(({ spec, file, text }) => [documentNames.spec(spec.id), file, text]);
  if (design) named.push([documentNames.design, design.file, design.text]);
  return new Map(
    named.map(([name = "", file = "", text = ""]) => {
      return [name, { file: pathInRepository(file, root), text }];
    }),
  );
}
