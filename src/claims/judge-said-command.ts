import type { Codebase } from "../codebase/codebase.ts";
import type { Ground, Judgement, PlanDocuments } from "./claim-rule.ts";
import { explainAbsence } from "./explain-absence.ts";
import { nearestName } from "./find-nearest.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { listScripts, type Named } from "./list-scripts.ts";
import { listSessions } from "./list-sessions.ts";
import { listTargets } from "./list-targets.ts";
import { evidenceAt } from "./read-lines.ts";
import type { Tone } from "./read-statements/judge-tone.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import { span } from "./write-text.ts";

export type SaidCommand = { words: readonly string[]; tone: Tone };

/** Commands of package managers that are no script of a manifest. */
const own =
  /^(?:install|i|ci|add|remove|uninstall|update|upgrade|publish|pack|link|init|create|exec|dlx|x|audit|outdated|why|ls|list|view|version|login|config|cache|dedupe|prune|workspaces?|global|set|import)$/;

/** Whether a command that prose names is one of the repository: a script, a target, a file, or one that is configured. */
export async function judgeSaidCommand(
  { words, tone }: SaidCommand,
  ground: Ground,
  plan: PlanDocuments,
): Promise<Judgement | null> {
  const line = words.join(" ");
  const configured = Object.values(ground.commands).find(
    (command) =>
      line === command || line.startsWith(`${command} `) || ` ${command} `.includes(` ${line} `),
  );
  const judged = await judgeByTool(words, ground.codebase);
  if (judged?.verdict === "true") return judged;
  if (configured !== undefined) return isTrue(null, "it is a configured command");
  const isNew = tone === "future" || tone === "absent" || isBrought(words, plan);
  if (isNew) return null;
  return judged ?? isOpen("whether it can be run is known only on a machine");
}

/** A script that the plan adds to a manifest, or a file that it creates. */
function isBrought(words: readonly string[], plan: PlanDocuments): boolean {
  const { code, paths } = listIntroduced(plan);
  const name = words.at(-1) ?? "";
  return (
    words.some((word) => paths.has(word)) ||
    code.includes(`"${name}":`) ||
    code.includes(`${name}:`)
  );
}

async function judgeByTool(
  words: readonly string[],
  codebase: Codebase,
): Promise<Judgement | null> {
  const [tool = "", ...rest] = words;
  const plain = rest.filter((word) => !word.startsWith("-"));
  if (/^(?:npm|pnpm|yarn|bun)$/.test(tool)) return await judgeScript(tool, plain, codebase);
  if (tool === "composer" && plain[0] !== undefined) {
    const named = await listScripts(codebase, "composer.json");
    const name = plain[0] === "run" || plain[0] === "run-script" ? plain[1] : plain[0];
    return name === undefined || named.length === 0 || own.test(name)
      ? null
      : await judgeNamed(name, named, codebase, "script");
  }
  if (tool === "make" || tool === "just") return await judgeTarget(tool, plain, codebase);
  const session = sessionOf(tool, rest);
  if (session !== null) return await judgeSession(tool, session, codebase);
  if (tool === "cargo") return judgeCargo(rest, codebase);
  return judgeFiles(tool, plain, codebase);
}

async function judgeScript(
  tool: string,
  plain: readonly string[],
  codebase: Codebase,
): Promise<Judgement | null> {
  const isRun = plain[0] === "run" || plain[0] === "run-script";
  const name = isRun ? plain[1] : plain[0];
  if (name === undefined) return null;
  if (!isRun && own.test(name)) return isTrue(null, `${tool} has it`);
  if (tool === "bun" && !isRun) return null;
  const named = await listScripts(codebase, "package.json");
  const script = !isRun && name === "t" ? "test" : name;
  if (!isRun && tool === "npm" && !/^(?:test|start|stop|restart)$/.test(script)) return null;
  const judged = await judgeNamed(script, named, codebase, "script");
  // `pnpm eslint` and `yarn eslint` run what a dependency brings.
  const isBinary = judged.verdict === "false" && !isRun && tool !== "npm";
  const isKnown = codebase.packages.some((one) =>
    one.dependencies.some((two) => two.name === script),
  );
  if (isBinary && isKnown) return isTrue(null, "a dependency of that name brings it");
  return judged;
}

async function judgeNamed(
  name: string,
  named: readonly Named[],
  codebase: Codebase,
  what: string,
): Promise<Judgement> {
  const found = named.find((one) => one.name === name);
  if (found !== undefined) return isTrue(await evidenceAt(found, codebase));
  const near = nearestName(
    name,
    named.map((one) => one.name),
  );
  const place = named.find((one) => one.name === near);
  const nearest =
    place === undefined
      ? ""
      : `; ${span(place.name)} at ${span(`${place.path}:${place.line}`)} is nearest`;
  return isFalse(`there is no ${what} ${span(name)}${nearest}`);
}

async function judgeTarget(
  tool: string,
  plain: readonly string[],
  codebase: Codebase,
): Promise<Judgement | null> {
  const targets = await listTargets(codebase, tool);
  if (targets === null) return isFalse(`there is no ${tool === "make" ? "Makefile" : "justfile"}`);
  let last: Judgement | null = null;
  for (const target of plain.filter((word) => !word.includes("="))) {
    const { named, mayHave } = targets;
    const judged = await judgeNamed(target, named, codebase, tool === "make" ? "target" : "recipe");
    last = judged;
    if (judged.verdict === "true") continue;
    return mayHave(target)
      ? isOpen(`${judged.note}, but the file includes others or has patterns`)
      : judged;
  }
  return last ?? isTrue(null);
}

/** `tox -e lint`, `tox run -elint`, `nox --session lint`: what follows the flag. */
function sessionOf(tool: string, rest: readonly string[]): string | null {
  const flag = { tox: /^(?:-e|--env)(?:=|$)?/, nox: /^(?:-[se]|--sessions?)(?:=|$)?/ }[tool];
  if (flag === undefined) return null;
  const index = rest.findIndex((word) => flag.test(word));
  const own = rest[index]?.replace(flag, "") ?? "";
  return (own === "" ? rest[index + 1] : own) ?? null;
}

async function judgeSession(
  tool: string,
  session: string,
  codebase: Codebase,
): Promise<Judgement | null> {
  const sessions = await listSessions(codebase, tool);
  if (sessions === null || !/^[\w.,-]+$/.test(session)) return null;
  const what = tool === "tox" ? "environment" : "session";
  const names = session.split(",");
  const lacking = names.find((name) => !sessions.admits(name));
  if (lacking !== undefined) return await judgeNamed(lacking, sessions.named, codebase, what);
  const found = sessions.named.find(({ name }) => name === names[0]);
  return isTrue(found === undefined ? null : await evidenceAt(found, codebase));
}

/** `cargo test -p name`, `cargo run --bin name`: the package or file must be there. */
function judgeCargo(rest: readonly string[], codebase: Codebase): Judgement | null {
  if (!codebase.packages.some((one) => one.ecosystem === "cargo"))
    return isFalse("there is no `Cargo.toml`");
  const flag = rest.findIndex((word) => word === "-p" || word === "--package");
  const name = flag < 0 ? undefined : rest[flag + 1];
  if (name === undefined) return isTrue(null);
  const names = codebase.packages.filter((one) => one.ecosystem === "cargo").map((one) => one.name);
  if (names.includes(name)) return isTrue(null);
  const near = nearestName(name, names);
  return isFalse(
    `there is no package ${span(name)}${near === null ? "" : `; ${span(near)} is nearest`}`,
  );
}

const runsFiles = /^(?:python3?|node|bash|sh|pytest|go|jest|vitest|deno|tsc)$/;

/** A script that is run by its path, a test that is named by it, a package of Go: what is named must be there. */
function judgeFiles(tool: string, plain: readonly string[], codebase: Codebase): Judgement | null {
  const named = plain
    .map((word) =>
      word
        .replace(/::.*$/, "")
        .replace(/^\.\//, "")
        .replace(/\/(?:\.\.\.)?$/, ""),
    )
    .filter((word) => /\//.test(word) || /\.(?:[cm]?[jt]s|py|sh|rb|php)$/.test(word))
    .filter((word) => !/[*{}$<>@:]/.test(word) && !word.startsWith("..") && !word.startsWith("/"));
  const missing = named.find((path) => codebase.file(path) === null && !codebase.hasFolder(path));
  if (missing !== undefined) {
    if (!runsFiles.test(tool)) return null;
    // A folder that is not there may be one of another checkout, where the words say to go.
    const isHere = !missing.includes("/") || codebase.hasFolder(missing.split("/")[0] ?? "");
    const absence = explainAbsence(missing, codebase);
    return isHere ? isFalse(absence) : isOpen(absence);
  }
  if (named.length > 0) return isTrue(null);
  const isDeclared = codebase.packages.some((one) =>
    one.dependencies.some((two) => two.name === tool),
  );
  if (isDeclared) return isTrue(null, "a manifest names it");
  if (tool === "go" && codebase.packages.some((one) => one.ecosystem === "go")) return isTrue(null);
  return null;
}
