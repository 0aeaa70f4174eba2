import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Design } from "../documents/schema-design.ts";
import { formatMicros } from "../shared/money.ts";
import type { Estimate, Plan } from "../workflow/phase.ts";
import { fold } from "./fold.ts";
import { inert, inertLine } from "./inert.ts";
import { withoutMark } from "./wrap-document.ts";

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
    : `**Decisions**: ${design.adrs.map((adr, index) => `${index + 1}. ${inertLine(adr.title)}`).join(" · ")}`;

const outOfScope = (design: Design): string =>
  design.outOfScope.length === 0
    ? ""
    : `**Out of scope**: ${design.outOfScope.map(inertLine).join(", ")}`;

function estimateLine(estimate: Estimate | null): string {
  if (estimate === null) return "";
  const { low, high } = estimate;
  const isUnknown = low === null && high === null;
  const span = isUnknown ? "an unknown sum" : `${formatMicros(low)} to ${formatMicros(high)}`;
  return `**The rest will cost** ${span} (${estimate.basis.split(";")[0]})`;
}

/** A diagram that GitHub draws: larger ones, and ones that would leave their fence, are left to the document. */
const LONGEST_DIAGRAM = 50_000;
function diagram(source: string): string {
  const drawn = source.trim();
  if (drawn === "" || drawn.length > LONGEST_DIAGRAM || /^\s*(?:`{3}|~{3})/m.test(drawn)) return "";
  return `\`\`\`mermaid\n${drawn}\n\`\`\``;
}

/** What an approver may want to know and few read: why it was decided so, what is assumed, what may go wrong. */
export function foldDesign(documents: Readonly<Record<string, string>>): string {
  const text = documents["design.md"] ?? "";
  const design = parseDesign(text);
  if (!design.ok) return "";
  const { adrs, risks, assumptions } = design.value;
  const held = [
    count(adrs.length, "decision record"),
    count(risks.length, "risk"),
    count(assumptions.length, "assumption"),
  ];
  return fold(`The whole design: ${held.join(", ")}`, inert(withoutMark(text)).trimEnd());
}

/** Title of a plan's comment, with the words that name the plan. */
export const planHead = (plan: Plan, title: string): string =>
  `### ${inertLine(title)} · revision ${plan.revision} · plan \`${plan.hash.slice(0, 7)}\``;

/** The plan as a comment: what will be true, the decisions, the work. Every spec has a comment of its own. */
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
  const said = design.ok
    ? [
        inert(design.value.summary),
        diagram(design.value.dataFlow),
        decisions(design.value),
        outOfScope(design.value),
        work(specs),
        risks(design.value),
        estimateLine(estimate),
      ]
    : [];
  return [planHead(plan, design.ok ? design.value.title : "Plan"), ...said.filter(Boolean)].join(
    "\n\n",
  );
}
