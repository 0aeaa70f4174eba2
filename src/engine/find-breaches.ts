import { checkChangeAgainstConstraints } from "../constraints/check-change.ts";
import type { Breach, Constraint } from "../constraints/constraint.ts";
import { parseConstraints } from "../constraints/parse-constraints.ts";
import { findCheckable } from "../constraints/recognise-rule.ts";
import { documentNames } from "../documents/name-document.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import { codebaseAt } from "./codebase-at.ts";
import type { House } from "./house.ts";

type Built = {
  base: string;
  head: string;
  /** Text of the constraints document at the base; null where there is none. */
  constraints: string | null;
  spec: BuildSpec;
  /** Folder of the harness's own documents. */
  except: string;
};

/** What a build breaks of the base's constraints and of its spec's own, as far as a program can tell. */
export async function findBreaches(
  house: House,
  { base, head, constraints, spec, except }: Built,
): Promise<Breach[]> {
  const own = parseConstraints(constraints ?? "", house.config.documents.constraints);
  const checkable = findCheckable([...own, ...constraintsOf(spec)]);
  if (checkable.length === 0) return [];
  const changed = (await house.workspace.changed(base, head)).filter(
    ({ path, status }) => status !== "deleted" && !path.startsWith(`${except}/`),
  );
  const [before, after] = [await codebaseAt(house, base), await codebaseAt(house, head)];
  const asked = checkable.map(({ constraint }) => constraint);
  return await checkChangeAgainstConstraints(asked, { before, after }, changed);
}

/** Lines of a spec have ids of their own, which no line of the document has. */
const constraintsOf = ({ id, constraints }: BuildSpec): Constraint[] =>
  constraints.map((text, index) => ({
    id: `${id}-K-${index + 1}`,
    text,
    path: documentNames.spec(id),
    line: 1,
    heading: null,
    provenance: null,
  }));
