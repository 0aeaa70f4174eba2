import { distance } from "fastest-levenshtein";
import type { Setting } from "../codebase/found.ts";
import { suggestWord } from "../documents/suggest-word.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue, softenUnless } from "./finding.ts";
import { isOfTheSystem, mayBeOfTheSystem } from "./known-environment.ts";
import { isSaid } from "./read-statements/is-said.ts";
import { toneOf, wordsAfter, wordsBefore } from "./read-statements/judge-tone.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import { readPlanProse, type SaidSentence } from "./read-statements/list-texts.ts";
import { searchDocuments, searchWord } from "./search-word.ts";

type Said = Statement & { isSure: boolean; name: string };

/** "The token is read from the environment variable `API_TOKEN`": the code reads it, or its files set it. */
export const environmentRule: ClaimRule<Said> = {
  kind: "environment",
  find: (plan) => {
    const { sentences } = readPlanProse(plan);
    const coming = namesToCome(plan);
    return sentences.flatMap((sentence) =>
      sentence.spans.flatMap((span, index): Said[] => {
        const name = readVariable(span, sentence, index);
        if (name === null || coming.has(name) || !isSaid(sentence, index)) return [];
        const text = `The environment variable \`${name}\` is there`;
        return [
          { source: sentence.source, isSure: toneOf(sentence, index) === "present", text, name },
        ];
      }),
    );
  },
  check: async ({ name, isSure }, ground) => softenUnless(isSure, await judge(name, ground)),
};

const access =
  /^(?:process\.env|import\.meta\.env|os\.environ|ENV|\$_ENV|Deno\.env|Bun\.env)(?:\.|\[["']|\.get\(["'])(\w+)/;
const call =
  /^(?:os\.getenv|os\.Getenv|os\.LookupEnv|System\.getenv|getenv|env::var|env!|std::env::var)\(["'](\w+)["']/;
const plain = /^\$?\{?([A-Z][A-Z0-9_]{2,})\}?$/;
const titled = /\benv(?:ironment)?[- ]?var/i;
const spoken = /\benv(?:ironment)?\b|\benv[- ]?vars?\b/i;

/** A name in capitals is a variable where the words beside it, or those of its row and heading, say so. */
export function readVariable(span: string, sentence: SaidSentence, index: number): string | null {
  const direct = access.exec(span) ?? call.exec(span);
  if (direct !== null) return direct[1] ?? null;
  const name = plain.exec(span)?.[1];
  if (name === undefined) return null;
  const beside = `${wordsBefore(sentence, index).slice(-80)} ${wordsAfter(sentence, index).slice(0, 60)}`;
  return spoken.test(beside) || titled.test(sentence.header ?? sentence.heading) ? name : null;
}

/** Variables that the plan itself brings. */
function namesToCome(plan: PlanDocuments): ReadonlySet<string> {
  const names = new Set(listIntroduced(plan).names);
  for (const sentence of readPlanProse(plan).sentences)
    sentence.spans.forEach((span, index) => {
      const name = readVariable(span, sentence, index);
      if (name !== null && toneOf(sentence, index) === "future") names.add(name);
    });
  return names;
}

async function judge(name: string, ground: Ground): Promise<Judgement> {
  const variables = (await ground.settings()).filter(({ kind }) => kind === "environment");
  const found = variables.find((setting) => setting.name === name);
  if (found !== undefined) return isTrue(evidenceAt(found));
  const elsewhere = await searchWord(ground.codebase, name);
  if (elsewhere !== null)
    return isOpen(
      `${placeOf(elsewhere)} names it, but not as a variable that is read`,
      evidenceAt(elsewhere),
    );
  if (isOfTheSystem(name) || (mayBeOfTheSystem(name) && !isSlip(name, variables)))
    return isOpen("set by the system or the CI; nothing here names it");
  const told = await searchDocuments(ground.codebase, name);
  if (told !== null)
    return isOpen(`only ${placeOf(told)} tells of it; no code names it`, evidenceAt(told));
  return isFalse(`nothing reads \`${name}\`${nearest(name, variables)}`, null);
}

const isSlip = (name: string, known: readonly Setting[]): boolean =>
  known.some((one) => one.name !== name && distance(one.name, name) < 3);

export function nearest(name: string, known: readonly Setting[]): string {
  const near = suggestWord(name, [...new Set(known.map((one) => one.name))]);
  const place = known.find((one) => one.name === near);
  return place === undefined ? "" : `; nearest is \`${near}\` at ${placeOf(place)}`;
}
