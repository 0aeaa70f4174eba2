import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import { readBases } from "../codebase/outline/read-bases.ts";
import { documentNames } from "../documents/name-document.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { Ground, Judgement, PlanDocuments } from "./claim-rule.ts";
import { compareSignatures, type Difference, sameType } from "./compare-signatures.ts";
import { placeOf } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { judgeName } from "./judge-name.ts";
import { parseSignature, type Signature } from "./parse-signature.ts";
import { evidenceAt } from "./read-lines.ts";
import { type Declared, readDeclarations } from "./read-overloads.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import {
  listSaidNames,
  readSignatureName,
  type SaidName,
} from "./read-statements/list-said-names.ts";
import { span } from "./write-text.ts";

type SignatureStatement = SaidName & { isInterface: boolean };

/** Signatures of a design's interfaces and of prose, compared by parsed shape with the declarations of that name. */
export const signatureRule: OpenRule<SignatureStatement> = {
  kind: "signature",
  find: (plan) => [
    ...listInterfaces(plan),
    ...listSaidNames(plan)
      .filter((said) => said.signature !== null)
      .map((said) => ({ ...said, isInterface: false })),
  ],
  check: async (statement, ground, plan) => await judgeSignature(statement, ground, plan),
};

const listInterfaces = ({ design }: PlanDocuments): SignatureStatement[] =>
  (design?.interfaces ?? []).flatMap(({ name, signature, description }) => {
    const written = classifySpan(name);
    const parts = readSignatureName(signature);
    const isNamed = written.kind === "symbol";
    const own = isNamed ? written.name : (parts?.name ?? "");
    if (
      own === "" ||
      !new RegExp(`(?<![\\w$])${own.replace(/\$/g, "\\$")}(?![\\w$])`).test(signature)
    )
      return [];
    return [
      {
        source: documentNames.design,
        text: `${span(name)} is new, or is ${span(signature)}`,
        owner: (isNamed ? written.owner : null) ?? parts?.owner ?? null,
        name: own,
        written: own,
        kind: null,
        place: null,
        tone: /\b(?:existing|unchanged|as it is|already)\b/i.test(description)
          ? "present"
          : "maybe",
        isCall: true,
        isNamed: true,
        isExisting: false,
        isOutside: false,
        signature: { text: signature, isDeclaration: true },
        isInterface: true,
      },
    ];
  });

async function judgeSignature(
  said: SignatureStatement,
  ground: Ground,
  plan: PlanDocuments,
): Promise<Judgement | null> {
  const { codebase } = ground;
  if (said.isInterface && said.owner === null && codebase.symbolsNamed(said.name).length === 0)
    return said.tone === "present"
      ? (await judgeName(said, ground, withoutInterfaces(plan))).judgement
      : isTrue(null, "it is new");
  const { judgement, fits } = await judgeName(said, ground, plan);
  if (judgement === null && said.isInterface) return isTrue(null, "it is new");
  if (judgement?.verdict !== "true" || fits.length === 0) return judgement;
  const declared = await Promise.all(
    fits.slice(0, 500).map((one) => readDeclarations(one, codebase)),
  );
  const compared = declared.flat().map((one) => compareWith(said, one, codebase));
  const same = compared.find(({ differences }) => differences?.length === 0);
  if (same !== undefined) return isTrue(await evidenceAt(same.symbol, codebase));
  const nearest = compared
    .filter(({ differences }) => differences !== null)
    .toSorted((one, other) => (one.differences?.length ?? 0) - (other.differences?.length ?? 0))[0];
  if (nearest === undefined) return judgeUnread(said, fits, judgement);
  return await judgeDifference(said, nearest, { ground, plan });
}

/** What is no function has no parameters to compare, but what it extends. */
function judgeUnread(
  { signature }: SignatureStatement,
  fits: readonly CodeSymbol[],
  judgement: Judgement,
): Judgement {
  const isType = (one: CodeSymbol): boolean =>
    ["class", "interface", "type", "enum", "module"].includes(one.kind);
  const types = fits.filter(isType);
  const first = types[0];
  if (first === undefined) return isOpen("its parameters could not be read", judgement.evidence);
  const said = readSaidBases(signature?.text ?? "");
  const lacking = said.filter(
    (base) => !types.some((one) => one.bases.map(lastPart).includes(base)),
  );
  if (lacking.length === 0) return judgement;
  const real = first.bases.length === 0 ? "nothing" : first.bases.map(span).join(", ");
  return isFalse(`${span(first.name)} at ${placeOf(first)} extends ${real}`, judgement.evidence);
}

const lastPart = (name: string): string => name.split(/\.|::|\\/).at(-1) ?? name;

/** `class A extends B implements C`, `class A(B, metaclass=D)`. */
function readSaidBases(text: string): string[] {
  const list =
    /\b(?:extends|implements)\s+([^{]+)/.exec(text)?.[1] ??
    /^\s*class\s+\w+\(([^)]*)\)/.exec(text)?.[1] ??
    "";
  return readBases(list.replace(/\b(?:extends|implements|with)\b/g, ","))
    .filter((base) => !base.includes("="))
    .map(lastPart);
}

/** What the design calls existing is not new because it is listed. */
const withoutInterfaces = (plan: PlanDocuments): PlanDocuments => ({
  ...plan,
  design: plan.design === null ? null : { ...plan.design, interfaces: [] },
});

type Compared = { symbol: CodeSymbol; head: string; differences: Difference[] | null };

function compareWith(
  said: SignatureStatement,
  { symbol, head }: Declared,
  codebase: Codebase,
): Compared {
  const language = codebase.file(symbol.path)?.language ?? null;
  const written = said.signature;
  const isFunction = !["class", "interface", "type", "enum", "module"].includes(symbol.kind);
  const real = isFunction ? parseSignature(head, said.name, language) : null;
  const claimed = written === null ? null : parseSignature(written.text, said.name, language);
  if (real === null || claimed === null || written === null)
    return { symbol, head, differences: null };
  const manner = written.isDeclaration ? "declaration" : "call";
  const differences = compareSignatures(claimed, real, manner, language);
  return {
    symbol,
    head,
    differences: differences.map((one) => soften(one, claimed, real, codebase)),
  };
}

/** A name for a type made of others may be given instead of it: that cannot be told from the two texts. */
function soften(
  one: Difference,
  claimed: Signature,
  real: Signature,
  codebase: Codebase,
): Difference {
  if (one.unsure || !/^(?:`\w+` is `|it gives)/.test(one.words)) return one;
  const pairs = real.parameters.map((each, index): [string | null, string | null] => [
    each.type,
    claimed.parameters[index]?.type ?? null,
  ]);
  pairs.push([real.result, claimed.result]);
  return { ...one, unsure: pairs.some(([left, right]) => isAliased(left, right, codebase)) };
}

/** Exactly one of the two is an alias of this repository, and the other is made of types that are known. */
function isAliased(left: string | null, right: string | null, codebase: Codebase): boolean {
  if (left === null || right === null || sameType(left, right)) return false;
  const isAlias = (type: string): boolean =>
    codebase.symbolsNamed(type.trim()).some(({ kind }) => kind === "type");
  if (isAlias(left) === isAlias(right)) return false;
  const words = (isAlias(left) ? right : left).match(/[\p{L}_]\w*/gu) ?? [];
  return words.every((word) => primitive.test(word) || codebase.symbolsNamed(word).length > 0);
}

const primitive =
  /^(?:string|number|boolean|bigint|symbol|null|undefined|void|never|unknown|any|object|Record|Map|Set|Array|Promise|Partial|Readonly\w*|str|int|float|bool|bytes|dict|list|tuple|set|None|u\d+|i\d+|f\d+|usize|isize|String|Vec|Option|Result|Box|error|byte|rune|u?int\d*|float\d+|map|func|fn)$/;

async function judgeDifference(
  said: SignatureStatement,
  { symbol, differences, head }: Compared,
  { ground, plan }: { ground: Ground; plan: PlanDocuments },
): Promise<Judgement> {
  const { codebase } = ground;
  const evidence = await evidenceAt(symbol, codebase);
  const words = (differences ?? []).map((one) => one.words).join("; ");
  const signature = symbol.signature === "" ? (head.split("\n")[0] ?? "") : symbol.signature;
  const note = `${words}; ${placeOf(symbol)} has ${span(signature)}`;
  const changed = plan.specs.some((spec) => spec.files.some((file) => file.path === symbol.path));
  if (changed && (said.isInterface || said.tone !== "present"))
    return isOpen(`${note}, which the plan may change`, evidence);
  if (said.tone === "future" || (differences ?? []).every((one) => one.unsure))
    return isOpen(note, evidence);
  return isFalse(note, evidence);
}
