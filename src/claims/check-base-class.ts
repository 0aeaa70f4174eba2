import type { CodeSymbol } from "../codebase/codebase.ts";
import type { BaseClass } from "../codebase/found.ts";
import { suggestWord } from "../documents/suggest-word.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { isProduct, shippedBases } from "./is-product.ts";
import { listExtensions } from "./read-statements/list-extensions.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { searchWord } from "./search-word.ts";
import { isType } from "./twins/index-names.ts";
import { listProposals } from "./twins/list-proposals.ts";
import { readTypeName, wordsOf } from "./twins/name-words.ts";

/** `base` null: the plan gives the class no base of this repository. */
type Said = Statement & {
  name: string | null;
  base: string | null;
  inCode: boolean;
  isPlain: boolean;
};

/** "`SlackCollector` extends `BaseCollector`": the base is there, and it is the one that classes of its kind extend. */
export const baseClassRule: OpenRule<Said> = {
  kind: "base-class",
  find: (plan) => {
    const own = new Set(listProposals(plan).map(({ name }) => name));
    const said = listExtensions(plan).filter(({ base }) => !own.has(base));
    return [
      ...said.map((one) => {
        const subject = one.name === null ? "A class" : `\`${one.name}\``;
        return { ...one, text: `${subject} extends \`${one.base}\`` };
      }),
      ...listRootless(plan),
    ];
  },
  check: async ({ name, base, inCode, isPlain }, ground, plan) => {
    if (base === null) return judgeRootless(name ?? "", ground, plan);
    const isUnknown = isPlain && !ground.codebase.symbolsNamed(name ?? "").some(isType);
    if (isUnknown && !/^_*[A-Z]/.test(base)) return null;
    const isNew = listProposals(plan).some((one) => one.name === name);
    return (
      (await judge({ name: isUnknown ? null : name, base, isNew }, ground)) ??
      judgeUnknown(base, inCode, ground, plan)
    );
  },
};

/** Classes whose code is shown in the plan without a base. */
const listRootless = (plan: PlanDocuments): Said[] =>
  listProposals(plan)
    .filter(
      ({ kind, bases, members, saidNew }) =>
        kind === "type" && bases.length === 0 && members.length > 0 && !saidNew,
    )
    .map(({ source, name }) => ({
      source,
      name,
      base: null,
      inCode: true,
      isPlain: false,
      text: `\`${name}\` needs no base of this repository`,
    }));

const evidenceOf = ({
  path,
  line,
  signature,
}: Pick<CodeSymbol, "path" | "line" | "signature">) => ({
  path,
  startLine: line,
  endLine: line,
  quote: signature,
});

/** Null where nothing here knows the base. */
async function judge(
  { name, base, isNew }: { name: string | null; base: string; isNew: boolean },
  ground: Ground,
): Promise<Judgement | null> {
  const named = name === null ? [] : ground.codebase.symbolsNamed(name).filter(isType);
  // What a test or a sample calls so is not the class that a plan brings.
  const known = isNew ? named.filter(({ path }) => isShipped(path, ground)) : named;
  const bases = ground.codebase.symbolsNamed(base).filter(isType);
  const own = known.find((symbol) => reaches(symbol, base, ground, new Set()));
  if (own !== undefined) return isTrue(evidenceOf(own));
  const first = known.find((symbol) => symbol.bases.length > 0) ?? known[0];
  const based = known.filter((symbol) => symbol.bases.length > 0);
  if (first !== undefined && based.length > 0 && known.every((one) => saysBases(one, ground))) {
    if (await mayReach(based, base, ground))
      return isOpen(`its bases come from elsewhere: ${list(first.bases)}`, evidenceOf(first));
    return isFalse(
      `\`${name}\` at ${placeOf(first)} extends ${list(first.bases)}`,
      evidenceOf(first),
    );
  }
  if (first !== undefined)
    return isOpen(
      `\`${name}\` at ${placeOf(first)} names no base that could be read`,
      evidenceOf(first),
    );
  const [there] = bases;
  if (there !== undefined) return judgeFamily(name, base, there, ground);
  return await judgeForeign(base, ground);
}

/** Whether all bases stand in the declaration: elsewhere a class may be opened again, or fulfil an interface without a word. */
const saysBases = ({ bases, path }: CodeSymbol, { codebase }: Ground): boolean =>
  bases.length > 0 ||
  ["python", "java", "javascript", "php"].includes(codebase.file(path)?.language ?? "");

function isShipped(path: string, { codebase }: Ground): boolean {
  const file = codebase.file(path);
  return file !== null && isProduct(file, codebase);
}

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** Whether a type extends another, at once or through others. */
function reaches(symbol: CodeSymbol, base: string, ground: Ground, seen: Set<string>): boolean {
  return symbol.bases.some((written) => {
    const name = written.split(/\.|::/).at(-1) ?? written;
    if (name === base) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return ground.codebase
      .symbolsNamed(name)
      .some((next) => isType(next) && reaches(next, base, ground, seen));
  });
}

/** A base that is not declared here may itself extend what is claimed; where only a base's own base is from elsewhere, the code would name it. */
async function mayReach(
  known: readonly CodeSymbol[],
  base: string,
  ground: Ground,
): Promise<boolean> {
  const symbols = (name: string) =>
    ground.codebase.symbolsNamed(name.split(/\.|::/).at(-1) ?? name);
  if (symbols(base).some(isType)) return false;
  // What a class includes (Ruby) or is nested in is no type, and declared all the same.
  const isDeclared = (name: string): boolean =>
    builtIn.test(name) || symbols(name).some((one) => isType(one) || one.kind === "module");
  if (known.some((symbol) => symbol.bases.some((name) => !isDeclared(name)))) return true;
  return builtIn.test(base) || (await searchWord(ground.codebase, base)) !== null;
}

/** Classes of one role that nearly all extend one base: a new one of them is expected to. */
function familyOf(name: string, members: readonly string[], ground: Ground): BaseClass | null {
  const { role, subject, marked } = readTypeName(name);
  // What is itself a base by its name need not stand below another.
  if (subject.length === 0 || marked) return null;
  const found = shippedBases(ground).find((one) => {
    // `ReferrerPolicy` is the base of the policies of one thing: only what has its members is one of them.
    const isNarrow = readTypeName(one.name).subject.length > 0;
    if (isNarrow && !one.members.some((member) => members.includes(member))) return false;
    const of = one.subclasses.filter((sub) => readTypeName(sub.name).role === role);
    return (
      readTypeName(one.name).role === role && of.length > 1 && of.length * 2 > one.subclasses.length
    );
  });
  return found ?? null;
}

function judgeFamily(
  name: string | null,
  base: string,
  there: CodeSymbol,
  ground: Ground,
): Judgement {
  const family = name === null ? null : familyOf(name, [], ground);
  // A base of the very role is one of the family by its name, whatever it extends itself.
  const isKin = name !== null && readTypeName(base).role === readTypeName(name).role;
  if (family === null || family.name === base || isKin) return isTrue(evidenceOf(there));
  const inside =
    there.bases.includes(family.name) || family.subclasses.some((sub) => sub.name === base);
  if (
    inside ||
    reaches(there, family.name, ground, new Set()) ||
    !isOnlyFamily(name ?? "", family, ground)
  )
    return isTrue(evidenceOf(there));
  return isFalse(describeFamily(family), evidenceOf(family));
}

const describeFamily = (family: BaseClass): string => {
  const shown = family.subclasses.slice(0, 3).map((sub) => `\`${sub.name}\` at ${placeOf(sub)}`);
  const members = family.members
    .slice(0, 4)
    .map((member) => `\`${member}\``)
    .join(", ");
  const with_ = members === "" ? "" : ` with ${members}`;
  return `extend \`${family.name}\` at ${placeOf(family)}${with_}, as ${shown.join(", ")} do`;
};

/** Whether all but a few of the classes with this role extend the base of the family. */
function isOnlyFamily(name: string, family: BaseClass, ground: Ground): boolean {
  const { role } = readTypeName(name);
  const peers = ground.codebase.files
    .filter((file) => isProduct(file, ground.codebase))
    .flatMap((file) => file.symbols.filter((symbol) => isType(symbol) && symbol.owner === null))
    .filter((symbol) => symbol.name !== family.name && readTypeName(symbol.name).role === role);
  const strangers = peers.filter((symbol) => !reaches(symbol, family.name, ground, new Set()));
  return strangers.length * 10 <= peers.length;
}

function judgeRootless(name: string, ground: Ground, plan: PlanDocuments): Judgement {
  const members = listProposals(plan).find((one) => one.name === name)?.members ?? [];
  const [there] = ground.codebase.symbolsNamed(name).filter(isType);
  const family = there === undefined ? familyOf(name, members, ground) : null;
  if (family === null || !isOnlyFamily(name, family, ground))
    return isTrue(there ? evidenceOf(there) : null);
  return isFalse(describeFamily(family), evidenceOf(family));
}

/** Of the language, or of a library that the code names. */
async function judgeForeign(base: string, ground: Ground): Promise<Judgement | null> {
  if (builtIn.test(base)) return isTrue(null, "of the language or its library");
  const place = await searchWord(ground.codebase, base);
  if (place === null) return null;
  return isTrue(evidenceAt(place), "declared outside of this repository");
}

/** Without the words that any base may have. */
const tellingWords = (name: string): string[] =>
  wordsOf(name).filter((word) => !/^(?:base|abstract|interface|protocol|mixin)$/.test(word));

/** The base that was probably meant: spelled nearly so, or with most of its words. */
function nearestBase(base: string, inCode: boolean, ground: Ground): BaseClass | undefined {
  const bases = ground.baseClasses();
  const spelled = suggestWord(
    base,
    bases.map(({ name }) => name),
  );
  const words = tellingWords(base);
  const isNear = ({ name }: BaseClass): boolean => {
    const others = tellingWords(name);
    const shared = others.filter((word) => words.includes(word)).length;
    const most = Math.max(words.length, others.length);
    // Of code more than half has to agree: a library that is new here has words of its own.
    return shared > 0 && (inCode ? shared * 2 > most : shared * 2 >= most);
  };
  return bases.find(({ name }) => name === spelled) ?? bases.find(isNear);
}

/** No text of the repository has the name: a mistake, unless the plan itself brings it or a library that may. */
function judgeUnknown(
  base: string,
  inCode: boolean,
  ground: Ground,
  plan: PlanDocuments,
): Judgement {
  const near = nearestBase(base, inCode, ground);
  const instead = near === undefined ? "" : `; nearest is \`${near.name}\` at ${placeOf(near)}`;
  const isBrought =
    listIntroduced(plan).names.has(base) ||
    plan.specs.some(({ dependencies }) => dependencies.length > 0) ||
    readPlanProse(plan).fences.some(({ text }) =>
      new RegExp(`\\b(?:import|from|use|require|using)\\b.*\\b${base}\\b`).test(text),
    );
  const at = near === undefined ? null : evidenceOf(near);
  // An excerpt leaves its imports out: a library that is used for the first time is no mistake.
  if (inCode && near === undefined) return isOpen(`nothing here declares or names \`${base}\``);
  if (isBrought) return isOpen(`nothing here declares \`${base}\`; the plan may bring it`, at);
  return isFalse(`nothing here declares or names \`${base}\`${instead}`, at);
}

const builtIn = new RegExp(
  `^(?:${[
    "object Object ABC Protocol Generic Enum IntEnum StrEnum Flag NamedTuple TypedDict UserDict UserList dict list str int tuple set",
    "Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError DOMException",
    "BaseException Exception ValueError KeyError IndexError LookupError AttributeError RuntimeError OSError IOError ImportError NotImplementedError TimeoutError ConnectionError PermissionError FileNotFoundError AssertionError ArithmeticError StopIteration Warning UserWarning DeprecationWarning",
    "Throwable RuntimeException IOException IllegalArgumentException IllegalStateException UnsupportedOperationException NullPointerException SecurityException TimeoutException ArgumentException InvalidOperationException StandardError ArgumentError",
    "Thread Runnable Callable Comparable Comparator Iterable Iterator Closeable AutoCloseable Serializable Cloneable Record",
    "EventEmitter EventTarget Map Set WeakMap Array Promise HTMLElement Readable Writable Transform Duplex Component PureComponent",
    "Clone Copy Debug Display Default Send Sync Future From Into Iterator Drop Deref Write Read",
    "BaseModel Model TestCase IDisposable IEnumerable Stringer",
  ]
    .join(" ")
    .replaceAll(" ", "|")})$`,
);
