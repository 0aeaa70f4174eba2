import { documentsOf } from "../documents/name-in-ledger.ts";
import type { EventOf } from "../workflow/event.ts";
import type { Plan } from "../workflow/phase.ts";
import { escapeHtml } from "./fold.ts";
import { inertLine } from "./inert.ts";
import type { Told, ViewFacts } from "./render-comments.ts";
import { planHead, renderPlan } from "./render-plan.ts";
import { wrapDocument } from "./wrap-document.ts";

type Posted = EventOf<"PlanPosted">;
type PlannedSpec = Plan["specs"][number];

const invitation =
  "Edit this comment to change the spec: what you save becomes the next revision of the plan, and approvals of this one end.";

function specComment(event: Posted, spec: PlannedSpec, text: string, editable: boolean): Told {
  const { exploration, plan } = event;
  const summary = `${spec.id}: ${escapeHtml(inertLine(spec.title))}, the whole spec`;
  const first = editable ? invitation : `A spec of the exploration \`${exploration}\`.`;
  return {
    key: `spec-${exploration}-${plan.revision}-${spec.id}`,
    markdown: [first, wrapDocument(spec.document, summary, text)].join("\n\n"),
    document: editable ? spec.document : null,
  };
}

/**
 * What a replaced revision still says. Its documents are in the ledger's history and no longer at its head, so that what a forge
 * shows of it already is more than this: it is hidden, and not written again.
 */
function replacedComments({ exploration, plan, origin }: Posted): Told[] {
  const title = origin === "validator" ? "Corrected plan" : "Plan";
  const said = `${planHead(plan, title)}\n\nSuperseded by a later revision. Its specs:`;
  const specs = plan.specs.map((spec) => `- ${spec.id}: ${inertLine(spec.title)}`);
  const head = {
    key: `${origin === "validator" ? "corrected" : "plan"}-${exploration}-${plan.revision}`,
    markdown: [said, specs.join("\n")].join("\n\n"),
    superseded: true,
  };
  const rest = plan.specs.map((spec) => ({
    key: `spec-${exploration}-${plan.revision}-${spec.id}`,
    markdown: `${spec.id}: ${inertLine(spec.title)}, as of revision ${plan.revision}. Superseded by a later revision.`,
    superseded: true,
  }));
  return [head, ...rest];
}

/** A revision by the validator carries its corrections only; what they are stands in the validation. */
function headComment({ exploration, plan, estimate, origin }: Posted, own: Documents): Told {
  if (origin !== "validator") {
    return {
      key: `plan-${exploration}-${plan.revision}`,
      markdown: renderPlan(plan, estimate, own),
    };
  }
  const said = "The corrections of the validation are made; it lists them below.";
  const head = `### Revision ${plan.revision} · plan \`${plan.hash.slice(0, 7)}\``;
  return { key: `corrected-${exploration}-${plan.revision}`, markdown: `${head}\n\n${said}` };
}

type Documents = Readonly<Record<string, string>>;

/** A revision of a plan: one comment for the design, then one for each spec, which holds the whole document. */
export function renderPlanComments(event: Posted, facts: ViewFacts): Told[] {
  const { exploration, plan } = event;
  const current = facts.state.explorations[exploration]?.revision ?? plan.revision;
  if (current !== plan.revision) return replacedComments(event);
  const own = documentsOf(facts.documents, exploration);
  const editable = exploration === facts.state.selected;
  const specs = plan.specs.flatMap((spec) => {
    const text = own[spec.document];
    return text === undefined ? [] : [specComment(event, spec, text, editable)];
  });
  return [headComment(event, own), ...specs];
}
