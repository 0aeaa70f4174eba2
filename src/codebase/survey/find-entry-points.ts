import type { Codebase } from "../codebase.ts";
import { grepSources } from "../conventions/convention.ts";
import { order } from "../conventions/count-by.ts";
import type { EntryPoint } from "./survey.ts";

const most = 20;
/** Programs that show or measure the product are not where it begins. */
const aside =
  /^(?:.*\/)?(?:examples?|docs?|bench(?:mark)?s?|samples?|demos?|extra|contrib|docker|ci|\.[\w-]+)\//i;

/** Where programs begin and where other packages come in: entries of manifests, main functions, scripts that run by themselves. */
export async function findEntryPoints(codebase: Codebase): Promise<EntryPoint[]> {
  const found = [
    ...findEntries(codebase),
    ...findMains(codebase),
    ...(await findScripts(codebase)),
  ];
  const first = new Map<string, EntryPoint>();
  for (const entry of found) if (!first.has(entry.path)) first.set(entry.path, entry);
  // Stable: within each of the two, the order of finding stays.
  return [...first.values()]
    .sort((left, right) => Number(aside.test(left.path)) - Number(aside.test(right.path)))
    .slice(0, most);
}

const findEntries = (codebase: Codebase): EntryPoint[] =>
  codebase.packages.flatMap(({ name, entries }) =>
    entries
      .filter((path) => codebase.file(path)?.role === "source")
      .map((path) => ({ path, line: 1, why: `entry of the package ${name}` })),
  );

const findMains = (codebase: Codebase): EntryPoint[] =>
  ["main", "Main"]
    .flatMap((name) => codebase.symbolsNamed(name))
    .filter(({ path, kind, owner }) => {
      const file = codebase.file(path);
      const isFunction = kind === "function" || kind === "method";
      const isOwned = owner !== null && file?.language !== "java" && file?.language !== "c-sharp";
      return file?.role === "source" && isFunction && !isOwned;
    })
    .map(({ path, line }) => ({ path, line, why: "declares main" }))
    .sort((left, right) => order(left.path, right.path));

async function findScripts(codebase: Codebase): Promise<EntryPoint[]> {
  const lines = await grepSources(codebase, "^#!|^if __name__ == .__main__.|import\\.meta\\.main");
  return lines
    .filter(({ text, line }) => !text.startsWith("#!") || line === 1)
    .filter(({ text }) => !/^\s*(?:\/\/|\*)/.test(text))
    .map(({ path, line, text }) => ({
      path,
      line,
      why: text.startsWith("#!") ? "runs as a script" : "runs when it is called itself",
    }));
}
