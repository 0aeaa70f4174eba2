import type { Codebase, Dependency } from "../codebase/codebase.ts";
import type { DependencyStatement } from "./check-dependency.ts";
import type { Judgement, PlanDocuments } from "./claim-rule.ts";
import { compareVersions } from "./compare-versions.ts";
import { isSlip, nearestName } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { evidenceAt, lineOfWord } from "./read-lines.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import { span } from "./write-text.ts";

/** Python, NuGet and the like do not tell `A_b` from `a-b`. */
const fold = (name: string): string =>
  name
    .replace(/\[.*\]$/, "")
    .toLowerCase()
    .replace(/[_.]/g, "-");

/** Whether a manifest asks for it, and in a version that is said. */
export async function judgeDependency(
  statement: DependencyStatement,
  codebase: Codebase,
  plan: PlanDocuments,
): Promise<Judgement | null> {
  const { name, range, tone } = statement;
  const all = codebase.packages.flatMap((one) => one.dependencies);
  const found = all.filter((one) => isOf(one, name));
  if (found.length === 0) return await judgeAbsent(statement, all, codebase, plan);
  const first = found[0];
  if (first === undefined) return null;
  const compared = found.map((one) => compareVersions(range, one));
  // One that is pinned is the one that is installed, whatever others admit, and though others name no version at all.
  const pinned = found.find((one, index) => compared[index] === "apart" && isPin(one.range));
  const fits = found.filter((_one, index) => compared[index] === "fits");
  const fitting =
    fits.find((one) => saysVersion(one)) ?? (pinned === undefined ? fits[0] : undefined);
  if (fitting !== undefined)
    return isTrue(await evidenceAt(whereOf(fitting), codebase), describe(fitting));
  const evidence = await evidenceAt(whereOf(first), codebase);
  const isUnsure = compared.some((one) => one !== "apart");
  if (isUnsure && pinned === undefined)
    return isOpen(`${describe(first)}; the ranges cannot be compared`, evidence);
  // A plan may raise a version, and says so.
  if (tone === "future" || raises(statement, plan))
    return isOpen(`${describe(first)}; the plan changes it`, evidence);
  const other = isUnsure && pinned !== undefined ? pinned : first;
  return isFalse(describe(other), await evidenceAt(whereOf(other), codebase));
}

const saysVersion = ({ range, locked }: Dependency): boolean => range !== "" || locked !== null;

const isPin = (range: string): boolean => /^={1,3}\s*v?\d[\w.+-]*$/.test(range.trim());

const isOf = ({ name, ecosystem }: Dependency, wanted: string): boolean =>
  name === wanted ||
  (ecosystem !== "npm" && ecosystem !== "go" && fold(name) === fold(wanted)) ||
  (ecosystem === "maven" && name.split(":").at(-1) === wanted);

const whereOf = ({ manifest, line }: Dependency): { path: string; line: number } => ({
  path: manifest,
  line,
});

function describe({ manifest, line, range, locked }: Dependency): string {
  const asked = range === "" ? "names no version" : `asks for ${span(range)}`;
  const held = locked === null ? "" : `, ${span(locked)} is locked`;
  return `${span(`${manifest}:${line}`)} ${asked}${held}`;
}

/** A manifest may name it where no dependency stands: a plugin of the build, an override. */
async function findMention(
  name: string,
  codebase: Codebase,
): Promise<{ path: string; line: number } | null> {
  const paths = codebase.files.map(({ path }) => path).filter((path) => manifests.test(path));
  for (const path of paths.slice(0, 300)) {
    const line = lineOfWord((await codebase.text(path)) ?? "", name);
    if (line !== null) return { path, line };
  }
  return null;
}

const manifests =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.(?:py|cfg)|[\w-]*requirements[\w-]*\.(?:txt|in)|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|Gemfile|\w+\.gemspec|composer\.json|\w[\w.]*\.csproj|Directory\.Packages\.props)$/;

const changedManifests = ({ specs }: PlanDocuments): string[] =>
  specs.flatMap((spec) =>
    spec.files.map((file) => file.path).filter((path) => manifests.test(path)),
  );

/** An edit of a manifest that brings this very version. */
const raises = ({ name, range }: DependencyStatement, plan: PlanDocuments): boolean => {
  const { code } = listIntroduced(plan);
  return code.split("\n").some((line) => line.includes(name) && line.includes(range));
};

/** What is not there: to be added, where the plan changes a manifest or says so; a slip of the pen; or simply not there. */
async function judgeAbsent(
  { name, tone, isListed }: DependencyStatement,
  all: readonly Dependency[],
  codebase: Codebase,
  plan: PlanDocuments,
): Promise<Judgement | null> {
  const own = codebase.packages.find((one) => one.name === name);
  if (own !== undefined)
    return isTrue(
      await evidenceAt({ path: own.manifest, line: 1 }, codebase),
      "a package of this repository",
    );
  const names = [...new Set(all.map((one) => one.name))];
  const near = nearestName(name, names);
  const place = all.find((one) => one.name === near);
  const nearest =
    place === undefined
      ? ""
      : `; ${span(place.name)} at ${span(`${place.manifest}:${place.line}`)} is nearest`;
  const absence = `no manifest names it${nearest}`;
  const mention = await findMention(name, codebase);
  if (mention !== null)
    return isOpen(
      "it stands there, and not among the dependencies",
      await evidenceAt(mention, codebase),
    );
  if (names.some((other) => isSlip(name, other))) return isFalse(absence);
  const listing = plan.specs.some((spec) => spec.dependencies.some((one) => one.name === name));
  if (tone === "absent" || (!isListed && tone === "future")) return null;
  const changed = changedManifests(plan);
  if (changed.length > 0 && (isListed || listing))
    return isOpen(`it is new: ${span(changed[0] ?? "")} is changed by the plan`);
  if (tone === "future") return isFalse("no manifest names it, and no spec changes one");
  if (!isListed && listing) return null;
  if (codebase.packages.length === 0) return isOpen("the repository has no manifest");
  return isFalse(absence);
}
