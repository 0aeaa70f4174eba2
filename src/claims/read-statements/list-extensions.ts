import type { PlanDocuments } from "../claim-rule.ts";
import { listProposals } from "../twins/list-proposals.ts";
import { readPlanProse, type SaidSentence } from "./list-texts.ts";

/** That a class extends another; `name` is null where only the base is named. */
export type Extension = { source: string; name: string | null; base: string; inCode: boolean };

const extending =
  /\b(?:extend(?:s|ed|ing)?|subclass(?:es|ed|ing)?(?: of)?|inherit(?:s|ed|ing)?(?: from)?|implement(?:s|ed|ing)?|derive[sd]?(?: from)?|built on|on top of|base class(?: is)?)\s+(?:(?:the|our|its|existing|present|abstract|base|common|shared|class|interface|trait|type|from|of)\s+){0,4}$/i;
const typeName = /^_*[A-Z]\w*(?:[.:]+[A-Z]\w*)*$/;
/** After these even a name in lower case is a class. */
const deriving =
  /\b(?:extends|subclass\w*|inherit\w*|derive\w*)(?: (?:from|of|the|existing))*\s*$/i;
const negated = /\b(?:not|never|no|instead of|rather than|without)\b[^⟦]{0,30}$/i;

/** Who extends whom, by the code and the sentences of a plan; each once. */
export function listExtensions(plan: PlanDocuments): Extension[] {
  const fromCode = listProposals(plan).flatMap(({ source, name, bases, saidNew }) =>
    bases.map((base) => ({ source, name, base, inCode: !saidNew })),
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
  if (inSpan !== null)
    return [{ source, name: inSpan[1] ?? "", base: last(inSpan[2] ?? ""), inCode: false }];
  const before = sentence.words.split(`⟦${index}⟧`, 1)[0] ?? "";
  const lead = before.split("⟧").at(-1) ?? "";
  const subject = sentence.spans.slice(0, index).findLast((one) => typeName.test(one));
  const isType =
    typeName.test(span) ||
    (/^[a-z]\w*$/.test(span) && subject !== undefined && deriving.test(lead));
  if (!isType || !extending.test(lead) || negated.test(lead.replace(extending, ""))) return [];
  return [
    { source, name: subject === undefined ? null : last(subject), base: last(span), inCode: false },
  ];
}

const last = (name: string): string => name.split(/\.|::/).at(-1) ?? name;
