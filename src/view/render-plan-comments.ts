import { documentsOf, nameReplaced } from "../documents/name-in-ledger.ts";
import { LONGEST_COMMENT } from "../forge/port.ts";
import type { EventOf } from "../workflow/event.ts";
import type { Plan } from "../workflow/phase.ts";
import { escapeHtml } from "./fold.ts";
import { inertLine } from "./inert.ts";
import type { Told, ViewFacts } from "./render-comments.ts";
import { foldDesign, planHead, renderPlan } from "./render-plan.ts";
import { wrapDocument } from "./wrap-document.ts";

type Posted = EventOf<"PlanPosted">;
type PlannedSpec = Plan["specs"][number];

const invitation =
  "Edit this comment to change the spec: what you save becomes the next revision of the plan, and approvals of this one end.";

const tooLong =
  "This spec is too long for one comment, so it stands in parts, and editing them changes nothing. To change it: `/refine <what should change>`.";

/** For the words above a document. */
const ROOM = 1_000;

function specComment(event: Posted, spec: PlannedSpec, text: string, editable: boolean): Told {
  const { exploration, plan } = event;
  const summary = `${spec.id}: ${escapeHtml(inertLine(spec.title))}, the whole spec`;
  const wrapped = wrapDocument(spec.document, summary, text);
  const isLong = wrapped.length > LONGEST_COMMENT - ROOM;
  const inForce = isLong ? tooLong : invitation;
  const first = editable ? inForce : `A spec of the exploration \`${exploration}\`.`;
  return {
    key: `spec-${exploration}-${plan.revision}-${spec.id}`,
    markdown: [first, wrapped].join("\n\n"),
    document: editable ? spec.document : null,
  };
}

/** What is left to say of a replaced revision whose documents were not kept: ledgers of earlier versions have none. */
function replacedComments({ exploration, plan, origin }: Posted): Told[] {
  const title = origin === "validator" ? "Corrected plan" : "Plan";
  const specs = plan.specs.map((spec) => `- ${spec.id}: ${inertLine(spec.title)}`);
  const said = "Superseded by a later revision. Its specs:";
  const head = {
    key: `${origin === "validator" ? "corrected" : "plan"}-${exploration}-${plan.revision}`,
    markdown: [planHead(plan, title), said, specs.join("\n")].join("\n\n"),
  };
  const rest = plan.specs.map((spec) => ({
    key: `spec-${exploration}-${plan.revision}-${spec.id}`,
    markdown: `${spec.id}: ${inertLine(spec.title)}, as of revision ${plan.revision}. Superseded by a later revision.`,
  }));
  return [head, ...rest];
}

/** A revision by the validator carries its corrections only; what they are stands in the validation. */
function headComment({ exploration, plan, estimate, origin }: Posted, own: Documents): Told {
  const whole = [renderPlan(plan, estimate, own), foldDesign(own)].filter(Boolean).join("\n\n");
  if (origin !== "validator") {
    return {
      key: `plan-${exploration}-${plan.revision}`,
      markdown: renderPlan(plan, estimate, own),
      hosted: whole,
    };
  }
  const said = "The corrections of the validation are made; it lists them below.";
  const head = `### Revision ${plan.revision} · plan \`${plan.hash.slice(0, 7)}\``;
  return {
    key: `corrected-${exploration}-${plan.revision}`,
    markdown: `${head}\n\n${said}`,
    // Where the earlier revision is hidden, this one has to stand for itself.
    hosted: `${whole}\n\n${said}`,
  };
}

type Documents = Readonly<Record<string, string>>;

/** The documents of a revision: those at the head, or those that were kept when it was replaced. */
function documentsFor(
  { exploration, plan }: Posted,
  facts: ViewFacts,
  current: boolean,
): Documents {
  if (current) return documentsOf(facts.documents, exploration);
  const names = ["design.md", ...plan.specs.map(({ document }) => document)];
  const kept = names.map((name) => [
    name,
    facts.documents[nameReplaced(exploration, plan.revision, name)],
  ]);
  return Object.fromEntries(kept.filter(([, text]) => text !== undefined));
}

/**
 * A revision of a plan: one comment for the design, then one for each spec, which holds the whole document. One that was replaced
 * says what it said, and no edit of it counts.
 */
export function renderPlanComments(event: Posted, facts: ViewFacts): Told[] {
  const { exploration, plan } = event;
  const newest = facts.state.explorations[exploration]?.revision ?? plan.revision;
  const current = newest === plan.revision;
  const own = documentsFor(event, facts, current);
  const editable = exploration === facts.state.selected;
  const specs = plan.specs.flatMap((spec) => {
    const text = own[spec.document];
    return text === undefined ? [] : [specComment(event, spec, text, editable)];
  });
  const told = [headComment(event, own), ...specs];
  if (current) return told;
  const shown = Object.keys(own).length > 0 ? told : replacedComments(event);
  return shown.map((each) => ({ ...each, superseded: true, document: null }));
}
