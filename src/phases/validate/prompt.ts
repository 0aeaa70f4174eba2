import { documentNames } from "../../documents/name-document.ts";
import { renderBuildSpec } from "../../documents/render-build-spec.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Claim, Gap } from "../../documents/schema-validation-report.ts";
import type { SourceQuoter } from "../quote-source.ts";
import type { ValidateFacts } from "./facts.ts";

const documentLimit = 120_000;
const mostClaims = 200;

export type PromptParts = {
  specs: readonly BuildSpec[];
  claims: readonly Claim[];
  gaps: readonly Gap[];
  reach: string;
  excerpts: string;
};

/** The part of the prompt that is of this plan and this repository: the same for every check. */
export function renderMaterial(
  facts: ValidateFacts,
  parts: PromptParts,
  quoter: SourceQuoter,
): string {
  return [
    "# The request",
    quoter.quote("the request", facts.requestText, { limit: 60_000 }),
    "# The plan",
    quoter.quote(documentNames.design, facts.designText, { limit: documentLimit }),
    ...parts.specs.map((spec) =>
      quoter.quote(documentNames.spec(spec.id), renderBuildSpec(spec), { limit: documentLimit }),
    ),
    "# What a program found",
    quoter.quote("claims", describeClaims(parts.claims)),
    ...(parts.gaps.length > 0
      ? [quoter.quote("gaps of the specs", parts.gaps.map(describeGap).join("\n"))]
      : []),
    quoter.quote("blast radius of the files that change", parts.reach || "nothing found"),
    ...describeRepository(facts, quoter),
    parts.excerpts,
    ...describeRules(facts, quoter),
  ].join("\n\n");
}

function describeRepository({ repository }: ValidateFacts, quoter: SourceQuoter): string[] {
  const commands = Object.entries(repository.commands).map(
    ([name, command]) => `- ${name}: ${JSON.stringify(command)}`,
  );
  const omitted = repository.omitted > 0 ? [`[${repository.omitted} more]`] : [];
  return [
    "# The repository",
    `Commit ${repository.commit}. Commands that the harness can run:\n${commands.join("\n") || "none"}`,
    quoter.quote("file tree", [...repository.tree, ...omitted].join("\n")),
    quoter.quote("conventions found by a program", repository.conventions.join("\n")),
  ];
}

function describeRules({ constraints, coaching }: ValidateFacts, quoter: SourceQuoter): string[] {
  return [
    ...(constraints
      ? [
          "# Constraints of this repository: they hold without exception",
          quoter.quote("the constraints", constraints),
        ]
      : []),
    ...(coaching
      ? ["# What earlier reviews taught", quoter.quote("the coaching notes", coaching)]
      : []),
  ];
}

/** What is false or open comes first and in full; of what is true the first hundreds are named, so that they can be disputed. */
function describeClaims(claims: readonly Claim[]): string {
  const confirmed = claims.filter((claim) => claim.verdict === "true");
  const rest = claims.filter((claim) => claim.verdict !== "true");
  const lines = rest.map(
    ({ id, verdict, text, source, note }) => `- ${id} ${verdict}: ${text} (${source}): ${note}`,
  );
  const known = confirmed.slice(0, mostClaims).map(({ id, text }) => `- ${id} true: ${text}`);
  const head = `${confirmed.length} of ${claims.length} claims are confirmed.`;
  return [head, ...lines, ...known].join("\n");
}

const describeGap = ({ severity, source, line, text }: Gap): string =>
  `- ${severity}: ${source}:${line}: ${text}`;
