import type { Dependency } from "../codebase/codebase.ts";
import { documentNames } from "../documents/name-document.ts";
import { placeOf } from "./at-place.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { familiesOf, isSameLibrary } from "./twins/dependency-families.ts";

/** `leaving` is what the plan says of what it takes away: a library that replaces another is no twin of it. */
type Said = Statement & { name: string; leaving: string };

/** A dependency that the plan would add is not for what another one is there for already. */
export const twinDependencyRule: ClaimRule<Said> = {
  kind: "twin-dependency",
  find: (plan) => {
    const leaving = listLeaving(plan);
    return plan.specs.flatMap((spec) =>
      spec.dependencies.map(({ name }) => ({
        source: documentNames.spec(spec.id),
        text: `No dependency is there yet for what \`${name}\` is to do`,
        name,
        leaving,
      })),
    );
  },
  check: async ({ name, leaving }, ground) => await judge(name, leaving, ground),
};

const takesAway =
  /\b(?:replac|remov|drop|migrat|instead of|swap|switch|retir|uninstall|in place of|away from)/i;

const listLeaving = (plan: PlanDocuments): string =>
  [
    ...readPlanProse(plan).sentences.map(({ words, spans }) => `${words} ${spans.join(" ")}`),
    ...plan.specs.flatMap((spec) => spec.dependencies.map(({ reason }) => reason)),
  ]
    .filter((text) => takesAway.test(text))
    .join("\n");

async function judge(name: string, leaving: string, ground: Ground): Promise<Judgement> {
  const all = ground.codebase.packages.flatMap((one) => one.dependencies);
  const own = all.find((one) => isSameLibrary(one.name, name, one.ecosystem));
  if (own !== undefined)
    return isTrue(await evidenceOf(own, ground), `\`${own.name}\` is among the dependencies`);
  const found = all.flatMap((there) => {
    const family = familiesOf(name, there.ecosystem).find(({ has }) => has(there.name));
    return family === undefined ? [] : [{ there, purpose: family.purpose }];
  });
  const twin = found.find(({ there }) => there.use !== "peer") ?? found[0];
  if (twin === undefined) return isTrue(null);
  const { there, purpose } = twin;
  const at = await evidenceOf(there, ground);
  const note = `\`${there.name}\` is there for ${purpose} at ${placeOf({ path: there.manifest, line: there.line })}`;
  if (leaving.includes(there.name)) return isOpen(`${note}; the plan seems to take it away`, at);
  return isFalse(`${note}; use it`, at);
}

async function evidenceOf({ manifest, line }: Dependency, ground: Ground) {
  const text = await ground.codebase.text(manifest);
  const quote = text?.split("\n")[line - 1]?.trim() ?? "";
  return { path: manifest, startLine: line, endLine: line, quote };
}
