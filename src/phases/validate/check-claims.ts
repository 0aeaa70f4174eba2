import type { Commands } from "../../codebase/repository-facts.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { BaseFiles } from "./base-files.ts";
import { checkCommands } from "./check-commands.ts";
import { checkComponents, checkFiles } from "./check-files.ts";
import { checkNames } from "./check-names.ts";
import { checkContext, checkEdits } from "./check-quotes.ts";
import type { Checked, Finding } from "./claim.ts";

/** Everything a program can say about a plan without a model, with the specs put right where that needs no judgement. */
export async function checkClaims(
  design: Design,
  specs: readonly BuildSpec[],
  base: BaseFiles,
  commands: Commands,
): Promise<Checked<BuildSpec[]>> {
  const claims: Finding[] = [];
  const changes: string[] = [];
  const value: BuildSpec[] = [];
  for (const spec of specs) {
    const context = await checkContext(spec, base);
    claims.push(
      ...(await checkFiles(spec, specs, base)),
      ...context.claims,
      ...(await checkEdits(context.value, specs, base)),
      ...checkCommands(spec, commands),
    );
    changes.push(...context.changes);
    value.push(context.value);
  }
  claims.push(...(await checkComponents(design, specs, base)));
  claims.push(...(await checkNames(design, specs, base)));
  return { claims, value, changes };
}
