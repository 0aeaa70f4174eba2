import { emptyProjectContext } from "../../documents/empty-project-context.ts";
import type { Parsed } from "../../documents/fault.ts";
import { documentNames } from "../../documents/name-document.ts";
import { parseBuildSpec } from "../../documents/parse-build-spec.ts";
import { parseDesign } from "../../documents/parse-design.ts";
import { parseProjectContext } from "../../documents/parse-project-context.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { ProjectContext } from "../../documents/schema-project-context.ts";
import { Stop } from "../../shared/stop.ts";
import type { ValidateFacts } from "./facts.ts";

/** The plan as data, specs in the plan's order. A document that does not parse stops the phase with its first fault. */
export function readPlan(facts: ValidateFacts): { design: Design; specs: BuildSpec[] } {
  const design = need(documentNames.design, parseDesign(facts.designText));
  const specs = facts.plan.specs.map(({ id }) => {
    const parsed = parseBuildSpec(facts.specs[id] ?? "");
    return need(documentNames.spec(id), parsed);
  });
  return { design, specs };
}

function need<T>(document: string, parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  const { line, column, message } = parsed.faults[0] ?? {
    line: 1,
    column: 1,
    message: "it cannot be read",
  };
  throw new Stop({ reason: "document-invalid", document, line, column, detail: message });
}

/** The context as it stands; one that is missing or broken begins anew, because nothing depends on it. */
export function readContext(text: string | null): ProjectContext {
  const parsed = text === null ? null : parseProjectContext(text);
  if (parsed?.ok) return parsed.value;
  return emptyProjectContext();
}
