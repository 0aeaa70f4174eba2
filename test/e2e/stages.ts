import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Called, createScene, type Scene } from "./scene.ts";

/** All test files in one process, where this Node can: starting one for each is most of their time. */
const together = process.allowedNodeEnvironmentFlags.has("--test-isolation")
  ? " --test-isolation=none"
  : "";
const runTests = `node --disable-warning=ExperimentalWarning --test${together}`;

/** Commands of the sample without the package manager around them. */
const leanCommands = `commands:
  compile: node scripts/check-sources.mjs
  unit: ${runTests} test/*.test.ts
  all: node scripts/check-sources.mjs
  csv-format: ${runTests} test/format-csv.test.ts
  csv-safety: ${runTests} test/csv-safety.test.ts
`;

/** A turn of the builder in a scripted reply. */
export type Turn = { text?: string; calls?: { tool: string; input: Record<string, unknown> }[] };

/** A scene whose commands are quick; nothing has been asked for yet. */
export const leanScene = (prepare: (repository: string) => void = () => {}): Promise<Scene> =>
  createScene((repository) => {
    writeFileSync(join(repository, ".github/archwright.yml"), leanCommands);
    prepare(repository);
  });

/** The call that asks for the design of the sample request. */
export const designCall = (scene: Scene): string[] => [
  "design",
  "--issue",
  scene.request,
  "--config",
  join(scene.folder, "archwright.yml"),
  "--model",
  "scripted:test",
  "--isolation",
  "none",
];

/** A scene that waits for the approval of its validated plan. */
export async function plannedScene(prepare?: (repository: string) => void): Promise<Scene> {
  const scene = await leanScene(prepare);
  expectExit(await scene.archwright(designCall(scene)), 0);
  expectExit(await scene.step(["validate"]), 0);
  return scene;
}

/** A scene whose plan is approved; its first build would be right, and so would its review. */
export async function approvedScene(prepare?: (repository: string) => void): Promise<Scene> {
  const scene = await plannedScene(prepare);
  workAtOnce(scene);
  expectExit(await scene.step(["approve", await planHash(scene)]), 0);
  return scene;
}

/** A scene with a right build that waits for its review. */
export async function builtScene(): Promise<Scene> {
  const scene = await approvedScene();
  expectExit(await scene.step(["build"]), 0);
  return scene;
}

/** The hash of the plan in force, as the ledger tells it. */
export async function planHash(scene: Scene): Promise<string> {
  const posted = (await scene.events()).findLast(({ type }) => type === "PlanPosted");
  const plan = posted?.plan as { hash: string } | undefined;
  if (!plan) throw new Error("no plan was posted");
  return plan.hash;
}

/** The sample falls short first on purpose; here the first attempt does all that the fix round did. */
export function workAtOnce(scene: Scene): void {
  let fix: Turn[] = [];
  scene.edit<Turn[]>("build.BUILD_01.fix.json", (turns) => {
    fix = turns.filter(({ calls }) => calls !== undefined);
  });
  scene.edit<Turn[]>("build.BUILD_01.S-1.json", (turns) => {
    turns.splice(-1, 0, ...fix.slice(0, 2));
  });
  scene.edit<Turn[]>("build.BUILD_01.S-3.json", (turns) => {
    turns.splice(-1, 0, ...fix.slice(2));
    const text = JSON.stringify(turns).replace("2,24.50,49.0,EUR", "2,24.50,49.00,EUR");
    return JSON.parse(text);
  });
  scene.edit("review.BUILD_01.json", (reply) => {
    writeFileSync(join(scene.replies, "review.BUILD_01.1.json"), JSON.stringify(reply));
  });
}

/** Stages must be as they are said to be, or the tests that stand on them show nothing. */
function expectExit(called: Called, code: number): void {
  if (called.code === code) return;
  throw new Error(`exit code ${called.code}, not ${code}\n${called.stdout}\n${called.stderr}`);
}
