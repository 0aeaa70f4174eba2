import type { Codebase, SourceFile } from "../codebase/codebase.ts";
import { nameTest } from "../codebase/conventions/name-test.ts";
import type { BaseClass } from "../codebase/found.ts";
import { isTestPath } from "../codebase/judge-path.ts";
import type { Ground } from "./claim-rule.ts";

/** Settings of one environment beside those of another: `settings/test.py` beside `settings/production.py` holds no tests. */
const environments = ["production", "prod", "development", "dev", "staging"];

const otherwiseTest =
  /(?:^|\/)(?:testdata|[\w-]+[-_]tests?|playground|fixtures|__fixtures__|__mocks__|__snapshots__)\//i;

/** A folder `testing` of a library holds what others write their tests with: it is shipped, and no test. */
const isTestKit = (path: string): boolean =>
  /(?:^|\/)testing\//.test(path) &&
  !isTestPath(path) &&
  !otherwiseTest.test(path) &&
  nameTest(path) === null;

/** Whether a file is part of what is shipped. */
export function isProduct({ role, path }: SourceFile, codebase: Codebase): boolean {
  if (role !== "test") return role === "source";
  if (isTestKit(path)) return true;
  const [, folder, ending] = /^(.*\/)?test\.(\w+)$/.exec(path) ?? [];
  return (
    ending !== undefined &&
    environments.some((name) => codebase.file(`${folder ?? ""}${name}.${ending}`) !== null)
  );
}

/** Bases of the product: what tests and their samples extend among themselves is no pattern of it. */
export const shippedBases = (ground: Ground): BaseClass[] =>
  ground.baseClasses().filter(({ name, path, line }) => {
    const file = ground.codebase.file(path);
    const own = file?.symbols.find((one) => one.name === name && one.line === line);
    // A class within a class is the base of what is in there.
    const isInner = file?.symbols.some((one) => one.kind === "class" && one.name === own?.owner);
    return file !== null && isProduct(file, ground.codebase) && isInner !== true;
  });

/** Examples, benchmarks and documents: what stands there is shown, and is no custom of the product's own folders. */
const shown =
  /(?:^|\/)(?:examples?|samples?|demos?|docs?|docs_src|benchmarks?|bench|templates?|tutorials?|playground|website)\//i;

export const isShown = (path: string): boolean => shown.test(path);
