import { chooseCheckpoint } from "../codebase/commands/choose-checkpoint.ts";
import type { Commands } from "../codebase/repository-facts.ts";
import { documentNames } from "../documents/name-document.ts";
import type { Checkpoint } from "../documents/schema-build-spec.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { nearestName } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { judgeSaidCommand } from "./judge-said-command.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import { type Tone, toneOf } from "./read-statements/judge-tone.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { listSpans, span } from "./write-text.ts";

type CommandStatement = Statement &
  (
    | { by: "verify"; name: string }
    | { by: "checkpoint"; checkpoint: Checkpoint }
    | { by: "prose"; words: readonly string[]; tone: Tone }
  );

/** Commands that criteria and steps rely on, and those that prose names. */
export const commandRule: OpenRule<CommandStatement> = {
  kind: "command",
  find: (plan) => [...listVerify(plan), ...listCheckpoints(plan), ...listSaid(plan)],
  check: async (statement, ground, plan) => {
    if (statement.by === "verify") return judgeVerify(statement.name, ground.commands);
    if (statement.by === "checkpoint")
      return judgeCheckpoint(statement.checkpoint, ground.commands);
    return await judgeSaidCommand(statement, ground, plan);
  },
};

const listVerify = ({ specs }: PlanDocuments): CommandStatement[] =>
  specs.flatMap((spec) =>
    spec.acceptance.flatMap(({ id, verify }) =>
      verify === null
        ? []
        : [
            {
              by: "verify" as const,
              source: documentNames.spec(spec.id),
              text: `${span(verify)} is a command that decides ${id}`,
              name: verify,
            },
          ],
    ),
  );

function judgeVerify(name: string, commands: Commands): Judgement {
  const command = commands[name];
  if (command !== undefined) return isTrue(null, `runs ${span(command)}`);
  const known = Object.keys(commands);
  const near = nearestName(name, known);
  const nearest = near === null ? "" : `; ${span(near)} is nearest`;
  return isFalse(
    `there is no command of that name; there are: ${known.join(", ") || "none"}${nearest}`,
  );
}

const listCheckpoints = ({ specs }: PlanDocuments): CommandStatement[] =>
  specs.flatMap((spec) =>
    [...new Set(spec.steps.map((step) => step.checkpoint))]
      .filter((checkpoint) => checkpoint !== "none")
      .map((checkpoint) => ({
        by: "checkpoint" as const,
        source: documentNames.spec(spec.id),
        text: `there is a command for the checkpoint ${span(checkpoint)}`,
        checkpoint,
      })),
  );

function judgeCheckpoint(checkpoint: Checkpoint, commands: Commands): Judgement {
  const chosen = chooseCheckpoint(checkpoint, commands).commands.map(({ command }) => command);
  if (chosen.length > 0) return isTrue(null, `runs ${listSpans(chosen)}`);
  return isOpen("none is configured or detected: nothing will be run there");
}

const listSaid = (plan: PlanDocuments): CommandStatement[] =>
  readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((content, index) => {
      const found = classifySpan(content);
      if (found.kind !== "command") return [];
      const text = `${span(content)} can be run`;
      const tone = toneOf(sentence, index);
      return [{ by: "prose" as const, source: sentence.source, text, words: found.words, tone }];
    }),
  );
