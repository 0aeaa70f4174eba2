import type { Codebase } from "../codebase/codebase.ts";
import { mergeCommands } from "../codebase/commands/detect-commands.ts";
import type { Commands, RepositoryFacts } from "../codebase/repository-facts.ts";
import { surveyRepository } from "../codebase/survey-repository.ts";
import type { Parsed } from "../documents/fault.ts";
import { slugify } from "../documents/name-document.ts";
import { Stop } from "../shared/stop.ts";
import type { State } from "../workflow/state.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";

/** The request as the person wrote it, as one text. */
export const requestText = (feature: Feature): string =>
  `${feature.state.feature?.issue.title ?? ""}\n\n${feature.documents["request.md"] ?? ""}`.trim();

/** `12-add-export`: names the branch and the folder of the design documents. */
export function featureSlug(state: State): string {
  const title = state.feature?.issue.title ?? "";
  return slugify(title) || "change";
}

export const designFolder = (house: House, feature: Feature): string =>
  `${house.config.documents.designs}/${feature.issue}-${featureSlug(feature.state)}`;

/** One branch a spec, so that several specs may be built at once. */
export const branchName = (feature: Feature, spec: string): string =>
  `archwright/${feature.issue}-${featureSlug(feature.state)}-${spec.replace(/^BUILD_/, "").toLowerCase()}`;

/** Text of a file of the base commit, or null: rules come from there and never from a head that is under review. */
export async function readRule(house: House, base: string, path: string): Promise<string | null> {
  const content = await house.workspace.snapshot(base).read(path);
  return content?.kind === "text" ? content.text : null;
}

export async function survey(
  house: House,
  codebase: Codebase,
  query: string,
): Promise<RepositoryFacts> {
  return await surveyRepository(house.workspace.snapshot(codebase.commit), codebase, {
    query,
    budgetTokens: house.config.limits.contextTokens,
    configured: house.config.commands,
  });
}

/** Commands and set-up as the base commit and the configuration say. */
export async function commandsAt(
  house: House,
  base: string,
): Promise<{ commands: Commands; setup: string | null }> {
  const snapshot = house.workspace.snapshot(base);
  const files = (await snapshot.list()).map((file) => file.path);
  return await mergeCommands(house.config.commands, files, async (path) => {
    const content = await snapshot.read(path);
    return content?.kind === "text" ? content.text : null;
  });
}

/** A document of the ledger as data. One that no longer parses stops the phase with its first fault. */
export function readDocument<T>(
  documents: Readonly<Record<string, string>>,
  name: string,
  parse: (text: string) => Parsed<T>,
): T {
  const text = documents[name];
  const missing = { line: 1, column: 1, message: "the document is not in the ledger", example: "" };
  const parsed = text === undefined ? { ok: false as const, faults: [missing] } : parse(text);
  if (parsed.ok) return parsed.value;
  const fault = parsed.faults[0] ?? missing;
  const { line, column, message } = fault;
  throw new Stop({ reason: "document-invalid", document: name, line, column, detail: message });
}
