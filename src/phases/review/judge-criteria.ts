import type { Criterion } from "../../documents/schema-build-spec.ts";
import type { CriterionVerdict, Proof } from "../../documents/schema-review-report.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import type { PhaseTools } from "../phase.ts";
import { askAgain, type Doubt, type Material } from "./ask-reviewer.ts";
import { confirmProof, type Ground } from "./confirm-proofs.ts";
import {
  decideByCommand,
  decideByProofs,
  isInDoubt,
  mayGuard,
  whyNot,
} from "./decide-criterion.ts";
import type { ReviewFacts } from "./facts.ts";
import { proveOnBase } from "./prove-on-base.ts";
import type { ClaimedVerdict } from "./review-reply.ts";

/** Proofs that are held against the ground, of one criterion. A reviewer may give many; these are plenty. */
const MOST_PROOFS = 20;

/**
 * The verdict of every criterion: by its command where it has one, else by proofs that hold. What does not hold is asked about
 * once more, all criteria in one call.
 */
export async function judgeCriteria(
  facts: ReviewFacts,
  tools: PhaseTools,
  material: Material,
  claimed: readonly ClaimedVerdict[],
): Promise<CriterionVerdict[]> {
  const results = new Map(material.results.map((outcome) => [outcome.name, outcome]));
  const ground: Ground = {
    snapshot: facts.workspace.snapshot(facts.head),
    designFolder: facts.designFolder,
    results,
    onBase: await tryOnBase(facts, tools, material, claimed),
  };
  const first = await confirmAll(facts.spec.acceptance, claimed, ground);
  const doubts = first.flatMap(({ criterion, claim, proofs }) =>
    criterion.verify === null && isInDoubt(criterion, claim, proofs)
      ? [toDoubt(criterion, proofs)]
      : [],
  );
  if (doubts.length === 0) return first.map((each) => decide(each, ground));
  const again = await askAgain(facts, tools, material, doubts);
  const inDoubt = facts.spec.acceptance.filter(({ id }) => doubts.some((doubt) => doubt.id === id));
  const second = await confirmAll(inDoubt, again, ground);
  return first.map((each) => {
    const answer = second.find(({ criterion }) => criterion.id === each.criterion.id);
    // Silence is no answer: the first one stands, with proofs that do not hold.
    return decide(answer?.claim === undefined ? each : answer, ground);
  });
}

type Judged = { criterion: Criterion; claim: ClaimedVerdict | undefined; proofs: Proof[] };

async function confirmAll(
  criteria: readonly Criterion[],
  claimed: readonly ClaimedVerdict[],
  ground: Ground,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const criterion of criteria) {
    const claim = claimed.find(({ id }) => id === criterion.id);
    const proofs: Proof[] = [];
    for (const proof of (claim?.proofs ?? []).slice(0, MOST_PROOFS)) {
      proofs.push(await confirmProof(proof, ground));
    }
    judged.push({ criterion, claim, proofs });
  }
  return judged;
}

const decide = ({ criterion, claim, proofs }: Judged, ground: Ground): CriterionVerdict =>
  criterion.verify === null
    ? decideByProofs(criterion, claim, proofs)
    : decideByCommand(criterion, ground.results, ground.onBase, claim?.note ?? "");

const toDoubt = ({ id, text }: Criterion, proofs: readonly Proof[]): Doubt => ({
  id,
  text,
  paths: proofs.map(({ path }) => path),
  notes: notesOf(proofs),
});

function notesOf(proofs: readonly Proof[]): string[] {
  const failed = proofs.filter(({ confirmed }) => !confirmed);
  return failed.length > 0 ? failed.map(({ kind, note }) => `${kind}: ${note}`) : [whyNot(proofs)];
}

/** Tries on the base what decides a criterion or is cited for one, as far as it passed at the head. */
async function tryOnBase(
  facts: ReviewFacts,
  tools: PhaseTools,
  { results, all }: Material,
  claimed: readonly ClaimedVerdict[],
): Promise<Ground["onBase"]> {
  const namesOf = (criteria: readonly Criterion[]) =>
    criteria.flatMap(({ verify }) => verify ?? []);
  const deciding = namesOf(facts.spec.acceptance);
  const guarding = new Set(namesOf(facts.spec.acceptance.filter(mayGuard)));
  const undecided = claimed.filter(
    ({ id }) => facts.spec.acceptance.find((each) => each.id === id)?.verify === null,
  );
  const cited = undecided.flatMap(({ proofs }) =>
    proofs.filter(({ kind }) => kind === "command").map(({ text }) => text.trim()),
  );
  const names = new Set([...deciding, ...cited]);
  const wanted = results.filter(
    (outcome: CommandOutcome) => passed(outcome) && names.has(outcome.name),
  );
  const commands = wanted.map(({ name, command }) => ({ name, command }));
  return await proveOnBase(commands, guarding, all, facts, tools);
}
