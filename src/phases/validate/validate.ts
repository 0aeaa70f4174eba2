import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import { type Check, type Claim, checkNames } from "../../documents/schema-validation-report.ts";
import { Stop } from "../../shared/stop.ts";
import type { PhaseResult, PhaseTools } from "../phase.ts";
import { createQuoter, type SourceQuoter } from "../quote-source.ts";
import { isHopeless } from "./check-completeness.ts";
import { type CheckResult, runChecks } from "./checks/run-checks.ts";
import { decideVerdict, type JudgedFinding } from "./decide-verdict.ts";
import type { ValidateFacts } from "./facts.ts";
import { gatherExcerpts } from "./gather-excerpts.ts";
import { gatherFindings } from "./gather-findings.ts";
import { type Grounded, groundByCode, listMended, type PlanGround } from "./ground-by-code.ts";
import { inspectPlan, type Known } from "./inspect-plan.ts";
import { renderMaterial } from "./prompt.ts";
import { readPlan } from "./read-plan.ts";
import { refine, unrefined } from "./refine.ts";
import { needsRefinement, renderTask } from "./refine-prompt.ts";
import { applyRefined } from "./refine-specs.ts";
import { writeResult } from "./write-result.ts";

type Designed = Known & { design: Design };

/**
 * Holds a plan against the code of its base commit. First what a program can say: whether the specs are complete, whether their claims
 * are true, what the change reaches. Then four checks by models at once, each in a cascade, whose evidence is read again; then, where
 * something is to be put right, a refined revision, which is held against the code in its turn.
 */
export async function validate(facts: ValidateFacts, tools: PhaseTools): Promise<PhaseResult> {
  const { design, specs } = readPlan(facts);
  const texts = specs.map((spec) => ({ spec, text: facts.specs[spec.id] ?? "" }));
  const known = await inspectPlan({ design, texts }, groundOf(facts));
  const designed = { ...known, design };
  return isHopeless(known.gaps) ? leaveOut(facts, designed) : await ask(facts, designed, tools);
}

const groundOf = ({
  codebase,
  repository,
  constraints: text,
  constraintsPath: path,
}: ValidateFacts): PlanGround => ({
  codebase,
  commands: repository.commands,
  constraints: text === null ? null : { path, text },
});

const incomplete = "a spec is not complete enough to be worth asking a model";

/** A spec that nobody could build goes back before it costs anything. */
function leaveOut(facts: ValidateFacts, { design, ground, gaps, reach }: Designed): PhaseResult {
  const { claims, specs, changes } = ground;
  const checks = checkNames.map((name): Check => ({ ...unrefined(incomplete), name }));
  const found = { claims, gaps, checks, findings: [], refined: new Set<string>() };
  const verdict = decideVerdict({ ...found, wrongDirection: false });
  return writeResult(facts, {
    ...{ ...found, design, specs, changes, reach, verdict },
    ...{ results: [], refused: [], mended: ground.mended },
  });
}

async function ask(facts: ValidateFacts, known: Designed, tools: PhaseTools): Promise<PhaseResult> {
  const quoter = createQuoter();
  const user = await renderUser(facts, known, quoter);
  for (const text of quoter.removed()) tools.progress({ kind: "note", text });
  const { claims } = known.ground;
  const { validation: config, attempt, codebase: files } = facts;
  const results = await runChecks({ user, files, claims, config, attempt }, tools);
  stopWhereNoneAnswered(results);
  const findings = gatherFindings(results);
  const wrongDirection = results.some(({ reply }) => reply?.wrongDirection);
  const { ground, refined, check, ...rest } = await putRight(
    { facts, known, results, findings, user, quoter, wrongDirection },
    tools,
  );
  const checks: Check[] = [...results.map((result) => result.check), check];
  const found = {
    claims: ground.claims,
    gaps: known.gaps,
    checks,
    findings: rest.findings,
    refined,
  };
  const verdict = decideVerdict({ ...found, wrongDirection });
  return writeResult(facts, {
    ...{ ...found, verdict, results, design: known.design, specs: ground.specs },
    ...{ changes: rest.changes, refused: rest.refused, mended: rest.mended, reach: known.reach },
  });
}

async function renderUser(
  facts: ValidateFacts,
  { ground, gaps, reach }: Designed,
  quoter: SourceQuoter,
): Promise<string> {
  const { specs, claims } = ground;
  const { codebase, repository } = facts;
  const sources = { specs, claims, codebase, selected: repository.excerpts };
  const excerpts = await gatherExcerpts(sources, quoter);
  return renderMaterial(facts, { specs, claims, gaps, reach, excerpts }, quoter);
}

/** Where no check has an answer, the phase has none: it ends as what kept it from one. */
function stopWhereNoneAnswered(results: readonly CheckResult[]): void {
  const failures = results.flatMap(({ reply, failure }) =>
    reply === null && failure ? failure : [],
  );
  const [first] = failures;
  if (first === undefined || failures.length < results.length) return;
  throw new Stop(failures.find(({ reason }) => reason === "over-budget") ?? first);
}

type Found = {
  facts: ValidateFacts;
  known: Designed;
  results: readonly CheckResult[];
  findings: JudgedFinding[];
  user: string;
  quoter: SourceQuoter;
  wrongDirection: boolean;
};

type PutRight = {
  ground: Grounded;
  findings: JudgedFinding[];
  refined: ReadonlySet<string>;
  changes: readonly string[];
  refused: readonly string[];
  mended: readonly Claim[];
  check: Check;
};

/** Asks for refined specs where something is wrong that a spec can put right, and holds them against the code again. */
async function putRight(found: Found, tools: PhaseTools): Promise<PutRight> {
  const { facts, known, findings } = found;
  const { ground, design } = known;
  const left = {
    ground,
    findings,
    refined: new Set<string>(),
    changes: ground.changes,
    refused: [],
    mended: ground.mended,
  };
  if (
    found.wrongDirection &&
    findings.some(({ aboutDirection, proven }) => aboutDirection && proven)
  )
    return { ...left, check: unrefined("no edit of the specs would help") };
  if (!needsRefinement(ground.claims, findings))
    return { ...left, check: unrefined("nothing is to be put right") };
  const { validation: config, attempt } = facts;
  const task = renderTask(ground.claims, findings, found.results, found.quoter);
  const user = `${found.user}\n\n${task}`;
  const request = { user, specs: ground.specs, config, attempt, quoter: found.quoter };
  const { check, reply } = await refine(request, tools);
  const { specs, refused } = applyRefined(reply, ground.specs);
  const refined = listChanged(specs, ground.specs);
  if (refined.size === 0) return { ...left, refused, check };
  const again = await groundByCode(design, specs, groundOf(facts));
  const answers = new Map(reply.resolved.map(({ finding, spec }) => [finding.trim(), spec.trim()]));
  return {
    ...{ ground: again, refined, refused, check },
    findings: findings.map((one) => ({ ...one, resolvedBy: answers.get(one.id) ?? null })),
    changes: [...ground.changes, ...reply.changes, ...again.changes],
    mended: [...ground.mended, ...listMended(ground.claims, again.claims), ...again.mended],
  };
}

const listChanged = (
  specs: readonly BuildSpec[],
  former: readonly BuildSpec[],
): ReadonlySet<string> =>
  new Set(specs.filter((spec, index) => spec !== former[index]).map(({ id }) => id));
