import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Design } from "../documents/schema-design.ts";
import { formatMicros } from "../shared/money.ts";
import type { Estimate, Plan } from "../workflow/phase.ts";

const fold = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

const count = (many: number, word: string): string => `${many} ${word}${many === 1 ? "" : "s"}`;

function work(specs: readonly BuildSpec[]): string {
  const parts = specs.map((spec) => {
    const after = spec.dependsOn.length > 0 ? ` after ${spec.dependsOn.join(", ")}` : "";
    return `${spec.id} (${count(spec.files.length, "file")}, ${count(spec.steps.length, "step")}${after})`;
  });
  return `**Work**: ${parts.join(" · ")}`;
}

function risks(design: Design): string {
  const levels = ["critical", "high", "medium", "low"] as const;
  const counted = levels.flatMap((level) => {
    const many = design.risks.filter((risk) => risk.impact === level).length;
    return many > 0 ? [`${many} ${level}`] : [];
  });
  return counted.length > 0 ? `**Risks**: ${counted.join(" · ")}` : "";
}

const decisions = (design: Design): string =>
  design.adrs.length === 0
    ? ""
    : `**Decisions**: ${design.adrs.map((adr, index) => `${index + 1}. ${adr.title}`).join(" · ")}`;

const outOfScope = (design: Design): string =>
  design.outOfScope.length === 0 ? "" : `**Out of scope**: ${design.outOfScope.join(", ")}`;

function estimateLine(estimate: Estimate | null): string {
  if (estimate === null) return "";
  const { low, high } = estimate;
  const isUnknown = low === null && high === null;
  const span = isUnknown ? "an unknown sum" : `${formatMicros(low)} to ${formatMicros(high)}`;
  return `**The rest will cost** ${span} (${estimate.basis.split(";")[0]})`;
}

/** Every spec of a plan in full, folded. */
export const foldSpecs = (plan: Plan, documents: Readonly<Record<string, string>>): string[] =>
  plan.specs.map((spec) =>
    fold(`${spec.id}: ${spec.title}, the whole spec`, documents[spec.document] ?? ""),
  );

/** The plan as a comment: what will be true, the decisions, the work, and every document folded below. */
export function renderPlan(
  plan: Plan,
  estimate: Estimate | null,
  documents: Readonly<Record<string, string>>,
): string {
  const design = parseDesign(documents["design.md"] ?? "");
  const specs = plan.specs.flatMap((spec) => {
    const parsed = parseBuildSpec(documents[spec.document] ?? "");
    return parsed.ok ? [parsed.value] : [];
  });
  const head = `### ${design.ok ? design.value.title : "Plan"} · revision ${plan.revision} · plan \`${plan.hash.slice(0, 7)}\``;
  const said = design.ok
    ? [
        design.value.summary,
        design.value.dataFlow ? `\`\`\`mermaid\n${design.value.dataFlow}\n\`\`\`` : "",
        decisions(design.value),
        outOfScope(design.value),
        work(specs),
        risks(design.value),
        estimateLine(estimate),
      ]
    : [];
  return [head, ...said.filter(Boolean), ...foldSpecs(plan, documents)].join("\n\n");
}
