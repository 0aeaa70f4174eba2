import { documentNames } from "../../documents/name-document.ts";
import type { PlanDocuments } from "../claim-rule.ts";
import { toneOf, wordsAfter, wordsBefore } from "../read-statements/judge-tone.ts";
import { isOfToday } from "../read-statements/list-introduced.ts";
import { readPlanProse, type SaidSentence } from "../read-statements/list-texts.ts";
import { type Declaration, readDeclarations, readParameters } from "./read-declarations.ts";

/** A type or function that a plan would bring. */
export type Proposal = Declaration & {
  source: string;
  /** Whether words say that it is new; code alone may show a change of what is there. */
  saidNew: boolean;
};

const known = new WeakMap<PlanDocuments, readonly Proposal[]>();

/** What a plan declares in its code or says to be new, each name once, with the fullest of its declarations. */
export function listProposals(plan: PlanDocuments): readonly Proposal[] {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const merged = new Map<string, Proposal>();
  for (const each of [...fromCode(plan), ...fromWords(plan)]) {
    const key = `${each.kind} ${each.name}`;
    const first = merged.get(key);
    merged.set(key, first === undefined ? each : merge(first, each));
  }
  const proposals = [...merged.values()].filter(({ name }) => name.length > 2);
  known.set(plan, proposals);
  return proposals;
}

const merge = (first: Proposal, other: Proposal): Proposal => ({
  ...first,
  bases: [...new Set([...first.bases, ...other.bases])],
  members: [...new Set([...first.members, ...other.members])],
  isAbstract: first.isAbstract || other.isAbstract,
  parameters: first.parameters ?? other.parameters,
  saidNew: first.saidNew || other.saidNew,
});

function fromCode(plan: PlanDocuments): Proposal[] {
  const { fences } = readPlanProse(plan);
  const design = (plan.design?.interfaces ?? []).flatMap(({ name, signature }) =>
    readSignature(name, signature).map((one) => ({
      ...one,
      source: documentNames.design,
      saidNew: false,
    })),
  );
  const shown = fences
    .filter(
      (fence) =>
        !isOfToday(fence) &&
        !/^(?:sql|json|ya?ml|toml|ba?sh|shell|console|mermaid|diff|text)$/.test(fence.language),
    )
    .flatMap(({ source, text }) =>
      readDeclarations(text).map((one) => ({ ...one, source, saidNew: false })),
    );
  const edited = plan.specs.flatMap((spec) =>
    spec.files.flatMap(({ edits }) =>
      edits.flatMap(({ before, after }) => {
        const there = new Set(readDeclarations(before).map(({ name }) => name));
        const source = documentNames.spec(spec.id);
        return readDeclarations(after)
          .filter(({ name }) => !there.has(name))
          .map((one) => ({ ...one, source, saidNew: false }));
      }),
    ),
  );
  return [...design, ...shown, ...edited];
}

/** The signature of an interface is a declaration, or `name(parameters): type` without its word. */
function readSignature(name: string, signature: string): Declaration[] {
  const declared = readDeclarations(signature);
  if (declared.length > 0) return declared;
  const match = /^\s*(?:async\s+)?(\w+)\s*(?:<[^(]*>)?\(([\s\S]*?)\)\s*(?:->|:|=>|$)/.exec(
    signature,
  );
  if (match === null || match[1] !== name) return [];
  const parameters = readParameters(match[2] ?? "");
  return [{ name, kind: "function", bases: [], isAbstract: false, members: [], parameters }];
}

const typeWord =
  /\b(?:class|interface|type|struct|enum|record|trait|protocol|component|service|model|entity|exception|base class|abstract class|ABC)\b/i;
const functionWord = /\b(?:function|helper|method|hook|utility|routine)\b/i;
const extending =
  /\b(?:extend(?:s|ing)?|subclass(?:es)? of|inherit(?:s|ing)? from|implement(?:s|ing)?|derived from)\s+(?:the\s+)?(?:existing\s+)?(?:abstract\s+|base\s+)?(?:class\s+|interface\s+)?⟦(\d+)⟧/i;

function fromWords(plan: PlanDocuments): Proposal[] {
  return readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((span, index): Proposal[] => {
      const match = /^([A-Za-z_]\w*)(\(.*\))?$/s.exec(span);
      if (match === null || toneOf(sentence, index) !== "future") return [];
      const kind = kindOf(sentence, index);
      if (kind === null) return [];
      const inside = match[2] ?? "";
      const parameters = /\w/.test(inside) ? readParameters(inside.slice(1, -1)) : null;
      return [
        {
          name: match[1] ?? "",
          kind,
          bases: kind === "type" ? basesSaid(sentence, index) : [],
          isAbstract: /\babstract\b|\bbase class\b|\binterface\b|\btrait\b|\bABC\b/i.test(
            wordsBefore(sentence, index).slice(-50),
          ),
          members: [],
          parameters,
          source: sentence.source,
          saidNew: true,
        },
      ];
    }),
  );
}

/** The word right before or after the name says what it is. */
function kindOf(sentence: SaidSentence, index: number): Declaration["kind"] | null {
  const before = wordsBefore(sentence, index).split("⟧").at(-1)?.slice(-40) ?? "";
  const after = wordsAfter(sentence, index).split("⟦")[0]?.slice(0, 30) ?? "";
  const near = `${before.split(/[,.;:(]/).at(-1)} ${/^\s*(?:\w+\s+){0,2}\w+/.exec(after)?.[0] ?? ""}`;
  if (
    !/\bnew\b|\badd|\bcreat|\bintroduc|\bdefin|\bpropos|\bimplement/i.test(
      wordsBefore(sentence, index),
    )
  )
    return null;
  if (functionWord.test(near)) return "function";
  return typeWord.test(near) ? "type" : null;
}

function basesSaid(sentence: SaidSentence, index: number): string[] {
  const match = extending.exec(wordsAfter(sentence, index));
  const base = match === null ? undefined : sentence.spans[Number(match[1])];
  return base === undefined || !/^[\w.]+$/.test(base) ? [] : [base.split(".").at(-1) ?? base];
}
