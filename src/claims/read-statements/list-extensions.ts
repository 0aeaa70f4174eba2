import type { PlanDocuments } from "../claim-rule.ts";
import { listProposals } from "../twins/list-proposals.ts";
import { readPlanProse, type SaidSentence } from "./list-texts.ts";

/** That a class extends another; `name` is null where only the base is named. */
export type Extension = {
  source: string;
  name: string | null;
  base: string;
  inCode: boolean;
  /** The class is written as functions and values mostly are: it is meant only where the code knows it as a type. */
  isPlain: boolean;
};

const extending =
  /\b(?:extend(?:s|ed|ing)?|subclass(?:es|ed|ing)?(?: of)?|inherit(?:s|ed|ing)?(?: from)?|implement(?:s|ed|ing)?|derive[sd]?(?: from)?|built on|on top of|base class(?: is)?)\s+(?:(?:the|our|its|existing|present|abstract|base|common|shared|class|interface|trait|type|from|of)\s+){0,4}$/i;
const typeName = /^_*[A-Z]\w*(?:[.:]+[A-Z]\w*)*$/;
const plainName = /^_*[a-z]\w*$/;
/** After these even a name in lower case is a class. */
const deriving =
  /\b(?:extends|subclass\w*|inherit\w*|derive\w*)(?: (?:from|of|the|existing|abstract|base|class|interface))*\s*$/i;
const negated = /\b(?:not|never|no|instead of|rather than|without)\b[^⟦]{0,30}$/i;

/** Who extends whom, by the code and the sentences of a plan; each once. */
export function listExtensions(plan: PlanDocuments): Extension[] {
  const fromCode = listProposals(plan).flatMap(({ source, name, bases, saidNew }) =>
    bases.map((base) => ({ source, name, base, inCode: !saidNew, isPlain: false })),
  );
  const fromWords = readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((span, index) => readExtension(sentence, span, index)),
  );
  const all = [...fromCode, ...fromWords].filter(({ base }) => /^[A-Za-z_]\w*$/.test(base));
  const key = ({ name, base }: Extension): string => `${name} ${base}`;
  return [...new Map(all.toReversed().map((one) => [key(one), one])).values()].reverse();
}

function readExtension(sentence: SaidSentence, span: string, index: number): Extension[] {
  const inSpan =
    /^(?:class\s+)?(\w+)\s+(?:extends|implements)\s+([A-Z][\w.]*)$/.exec(span) ??
    /^class\s+(\w+)\(([A-Z][\w.]*)\):?$/.exec(span);
  const { source } = sentence;
  const said = (name: string | null, base: string, isPlain = false): Extension[] => [
    { source, name: name === null ? null : last(name), base: last(base), inCode: false, isPlain },
  ];
  if (inSpan !== null) return said(inSpan[1] ?? "", inSpan[2] ?? "");
  const before = sentence.words.split(`⟦${index}⟧`, 1)[0] ?? "";
  const lead = before.split("⟧").at(-1) ?? "";
  if (!extending.test(lead) || negated.test(lead.replace(extending, ""))) return [];
  const subject = sentence.spans.slice(0, index).findLast((one) => typeName.test(one)) ?? null;
  const isDerived = plainName.test(span) && deriving.test(lead);
  if (subject !== null) return typeName.test(span) || isDerived ? said(subject, span) : [];
  const plain = sentence.spans.slice(0, index).findLast((one) => plainName.test(one));
  if (plain !== undefined && deriving.test(lead)) return said(plain, span, true);
  return typeName.test(span) ? said(null, span) : [];
}

const last = (name: string): string => name.split(/\.|::/).at(-1) ?? name;
