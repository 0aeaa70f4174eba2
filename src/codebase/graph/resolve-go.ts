import { chooseProviders } from "./choose-providers.ts";
import type { Mentions } from "./mentions.ts";
import { type PathIndex, remember } from "./path-index.ts";
import { type Resolve, within } from "./place.ts";
import type { Settings } from "./settings.ts";

/** Go: an import means a folder below a module of the repository, and of its files those that declare what is used. */
export function resolveGo(index: PathIndex, settings: Settings, mentions: Mentions): Resolve {
  const modules = settings.packages
    .filter((one) => one.ecosystem === "go")
    .sort((left, right) => right.name.length - left.name.length);
  const filesOf = remember((specifier) => {
    const module = modules.find(
      ({ name }) => specifier === name || specifier.startsWith(`${name}/`),
    );
    const folder =
      module === undefined
        ? within("vendor", specifier)
        : within(module.folder, specifier.slice(module.name.length + 1));
    return index
      .filesIn(folder)
      .filter(({ path }) => path.endsWith(".go") && !path.endsWith("_test.go"));
  });
  return (file, { specifier, names }) => {
    const files = filesOf(specifier.replace(/^["`]|["`]$/g, ""));
    return files.length === 0 ? [] : chooseProviders(file, files, names, mentions);
  };
}
