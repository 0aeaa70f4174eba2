import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { checkPlanClaims } from "../../src/claims/check-plan-claims.ts";
import { openGround } from "../../src/claims/open-ground.ts";
import { openCodebase } from "../../src/cli/open-codebase.ts";
import { planWith } from "./plan-with.ts";
import { createRandom } from "./random.ts";

// What people really added, told as a plan to the commit before it: all of it was new, so that whatever is called a twin, or said to be in
// the wrong place, is a false alarm or a finding that its reviewers let pass. `node bench/claims/history.ts --repo DIR [--commits N]`

const { values } = parseArgs({
  options: {
    repo: { type: "string", default: "." },
    commits: { type: "string", default: "20" },
  },
});

const git = (...parameters: string[]): string =>
  execFileSync("git", ["-C", values.repo, ...parameters], { encoding: "utf8", maxBuffer: 1e9 });

const code = /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|sql)$/;
const dull =
  /(?:^|\/)(?:vendor|node_modules|dist|fixtures?|__fixtures__|__snapshots__|testdata)\/|\.d\.ts$/;

type Added = { commit: string; paths: string[] };

/** Commits that added a few files of code, newest first. */
function listAdded(most: number): Added[] {
  const log = git(
    "log",
    "--no-merges",
    "--diff-filter=A",
    "--name-only",
    "--no-renames",
    "--format=%x00%H",
    "-n",
    "6000",
  );
  return log
    .split("\0")
    .map((part) => part.split("\n").filter((line) => line !== ""))
    .map(([commit = "", ...paths]) => ({
      commit,
      paths: paths.filter((path) => code.test(path) && !dull.test(path)),
    }))
    .filter(({ paths }) => paths.length > 0 && paths.length < 12)
    .slice(0, most);
}

const languages: Readonly<Record<string, string>> = { py: "python", rb: "ruby", rs: "rust" };

/** The files of a commit as a plan would bring them: paths to create, and their text in fences. */
function planOf({ commit, paths }: Added) {
  const files = paths.map((path) => ({
    path,
    action: "create" as const,
    to: null,
    purpose: "what is new",
    edits: [],
  }));
  const left = git("diff", "--name-status", "--no-renames", "--diff-filter=D", `${commit}^`, commit)
    .split("\n")
    .flatMap((line) => line.split("\t")[1] ?? []);
  const gone = left.map((path) => ({
    path,
    action: "delete" as const,
    to: null,
    purpose: "goes",
    edits: [],
  }));
  const fences = paths.map((path) => {
    const ending = path.split(".").at(-1) ?? "";
    const text = git("show", `${commit}:${path}`).replaceAll("```", "").slice(0, 20_000);
    return `What is new:\n\n\`\`\`${languages[ending] ?? ending}\n${text}\n\`\`\``;
  });
  return planWith(
    { spec: { objective: fences.join("\n\n"), files: [...files, ...gone] } },
    createRandom(1),
  );
}

const told = new Map<string, { true: number; false: number; unproven: number }>();
for (const added of listAdded(Number(values.commits))) {
  const opened = await openCodebase({ repo: values.repo, commit: `${added.commit}^` });
  if (!opened.ok) continue;
  let plan: ReturnType<typeof planOf>;
  try {
    plan = planOf(added);
  } catch {
    continue;
  }
  const findings = await checkPlanClaims(plan, openGround(opened.value.codebase, {}));
  for (const { kind, verdict, text, note } of findings) {
    if (!/^(?:twin|test-path|base-class)/.test(kind)) continue;
    const count = told.get(kind) ?? { true: 0, false: 0, unproven: 0 };
    count[verdict] += 1;
    told.set(kind, count);
    if (verdict === "false") console.log(`${added.commit.slice(0, 8)} ${kind}: ${text} — ${note}`);
  }
}
console.table(Object.fromEntries(told));
