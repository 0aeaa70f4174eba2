import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureRegions } from "./measure-regions.ts";

// `npm run bench:ctx -- --ctxbench DIR --mirror DIR`: the built command on tasks of real repositories, scored by the benchmark's own scorer
// and compared with its baselines: the paired difference in R@10 with its 95 % interval.

const usage = `npm run bench:ctx -- --ctxbench DIR --mirror DIR [--split dev] [--only full,title,issue,b,regions] [--limit N]

  --ctxbench  folder with score.mjs, its tasks and its baselines
  --mirror    folder with full clones: <owner>+<name>/repo`;

const { values } = parseArgs({
  options: {
    ctxbench: { type: "string" },
    mirror: { type: "string" },
    split: { type: "string", default: "dev" },
    only: { type: "string", default: "full,title,issue,b,regions" },
    limit: { type: "string" },
    jobs: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});

type Form = { name: string; scorer: string[]; command: string; baseline: string };

const root = join(import.meta.dirname, "../..");
const cli = `${process.execPath} ${join(root, "dist/cli.mjs")} context`;
const forms: readonly Form[] = [
  { name: "full", scorer: ["--form", "full"], command: cli, baseline: "full" },
  { name: "title", scorer: ["--form", "title"], command: cli, baseline: "title" },
  { name: "issue", scorer: ["--form", "issue"], command: cli, baseline: "full" },
  { name: "b", scorer: ["--track", "b"], command: `${cli} --variants`, baseline: "b" },
];

function build(): void {
  const built = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stderr);
}

async function score(form: Form, ctxbench: string, mirror: string): Promise<void> {
  const compare = join(ctxbench, `baseline-${values.split}-${form.baseline}.json`);
  const parameters = [
    join(ctxbench, "score.mjs"),
    ...["--cmd", form.command, "--split", values.split, "--mirror", mirror, "--jobs", values.jobs],
    ...["--name", "archwright", ...form.scorer],
    ...(existsSync(compare) ? ["--compare", compare] : []),
    ...(values.limit === undefined ? [] : ["--limit", values.limit]),
  ];
  process.stdout.write(`\n## ${form.name}\n`);
  await new Promise<void>((done, refuse) => {
    const child = spawn(process.execPath, parameters, { stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", refuse);
    child.on("close", (code) =>
      code === 0 ? done() : refuse(new Error(`the scorer ended with ${code}`)),
    );
  });
}

if (values.help || values.ctxbench === undefined || values.mirror === undefined) {
  process.stdout.write(`${usage}\n`);
  process.exitCode = values.help ? 0 : 2;
} else {
  build();
  const wanted = values.only.split(",");
  for (const form of forms.filter(({ name }) => wanted.includes(name)))
    await score(form, values.ctxbench, values.mirror);
  if (wanted.includes("regions")) {
    process.stdout.write("\n## Share of the changed lines that a reader sees\n\n");
    await measureRegions(join(values.ctxbench, `tasks-${values.split}.json`), values.mirror);
  }
}
