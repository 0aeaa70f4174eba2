import { editDocument } from "../engine/edit-document.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { nameInLedger } from "../engine/name-in-ledger.ts";
import type { Delivery } from "../forge/github/delivery.ts";
import { type Result, succeed } from "../shared/result.ts";
import { Stop } from "../shared/stop.ts";
import { inertLine } from "../view/inert.ts";
import type { Actor } from "../workflow/role.ts";
import { findDocument } from "./find-document.ts";
import { ignore, type ResolveContext, type Resolved } from "./resolve-context.ts";

type CommentDelivery = Extract<Delivery, { kind: "comment" }>;

/** Faults that are told at once; the rest shows when these are mended. */
const MOST_FAULTS = 5;

const refused = ({ thread, source }: CommentDelivery, markdown: string): Result<Resolved> =>
  succeed({ kind: "refused", thread, comment: null, key: source, markdown });

const listFaults = (
  name: string,
  faults: readonly { line: number; column: number; message: string; example: string }[],
): string => {
  const lines = faults
    .slice(0, MOST_FAULTS)
    .map(({ line, column, message }) => `- line ${line}, column ${column}: ${inertLine(message)}`);
  const more = faults.length > MOST_FAULTS ? [`- and ${faults.length - MOST_FAULTS} more`] : [];
  return [
    `The edit of ${name} cannot be read, so the plan is what it was:`,
    "",
    ...lines,
    ...more,
    "",
    "Edit the comment again; docs/build-spec.md describes the format.",
  ].join("\n");
};

function toEdited(
  feature: Feature,
  found: { name: string; text: string },
  context: ResolveContext,
): Result<ReturnType<typeof editDocument>> {
  try {
    return succeed(editDocument(feature, found.name, found.text, context.policy.version));
  } catch (error) {
    if (error instanceof Stop) return { ok: false, failure: error.failure };
    throw error;
  }
}

/** A person edited a comment of ours: where it holds a document of the plan in force, that is a new revision. */
export async function resolveDocumentEdit(
  delivery: CommentDelivery,
  actor: () => Promise<Actor>,
  context: ResolveContext,
): Promise<Result<Resolved>> {
  const { thread, comment, source } = delivery;
  const found = findDocument(comment.body);
  if (!found) return succeed(ignore("the edited comment holds no document"));
  const loaded = await loadFeature(context.ledger, thread);
  if (!loaded.ok) return loaded;
  const { plan, selected } = loaded.value.state;
  if (!plan || found.exploration !== selected || found.revision !== plan.revision) {
    return refused(
      delivery,
      `That comment holds ${found.name} of an earlier revision, which is no longer in force. Edit the newest one.`,
    );
  }
  const result = toEdited(loaded.value, found, context);
  if (!result.ok) return result;
  const edited = result.value;
  if (edited.kind === "unknown") return succeed(ignore(`the plan has no ${found.name}`));
  if (edited.kind === "faulty") return refused(delivery, listFaults(found.name, edited.faults));
  const documents = Object.entries(edited.documents).map(
    ([name, text]) => [nameInLedger(selected, name), text] as const,
  );
  return succeed({
    kind: "trigger",
    issue: thread,
    thread,
    comment: null,
    documents: Object.fromEntries(documents),
    trigger: {
      kind: "document-edited",
      source,
      at: context.now().toISOString(),
      runId: context.runId,
      actor: await actor(),
      document: found.name,
      plan: edited.plan,
    },
  });
}
