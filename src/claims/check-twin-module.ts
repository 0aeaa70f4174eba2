import type { SourceFile } from "../codebase/codebase.ts";
import { documentNames } from "../documents/name-document.ts";
import type { ClaimRule, Ground, Judgement, Statement } from "./claim-rule.ts";
import { firstLine, isFalse, isOpen, isTrue } from "./finding.ts";
import { findModuleTwin } from "./twins/find-module-twin.ts";

/** `leaving` are the files that the plan deletes or moves. */
type Said = Statement & { path: string; leaving: readonly string[] };

/** A file that the plan would create is not there already in another place. */
export const twinModuleRule: ClaimRule<Said> = {
  kind: "twin-module",
  find: ({ specs }) => {
    const files = specs.flatMap((spec) =>
      spec.files.map((file) => ({ ...file, source: documentNames.spec(spec.id) })),
    );
    const leaving = files.flatMap(({ path, action }) =>
      action === "delete" || action === "move" ? [path] : [],
    );
    return files.flatMap(({ path, action, source }) =>
      action === "create"
        ? [{ source, text: `No file does yet what \`${path}\` is to do`, path, leaving }]
        : [],
    );
  },
  check: async ({ path, leaving }, ground) => await judge(path, leaving, ground),
};

async function judge(path: string, leaving: readonly string[], ground: Ground): Promise<Judgement> {
  const twin = findModuleTwin(path, ground.codebase);
  if (twin === null || leaving.includes(twin.file.path)) return isTrue(null);
  const { file, why, sure } = twin;
  const at = await evidenceOf(file, ground);
  const note = `\`${file.path}\` is there: ${why}`;
  return sure ? isFalse(`${note}; extend it`, at) : isOpen(`perhaps: ${note}`, at);
}

const evidenceOf = async ({ path }: SourceFile, ground: Ground) =>
  firstLine(path, await ground.codebase.text(path));
