import type { RepositoryFacts } from "../codebase/context-selector.ts";
import type { SourceQuoter } from "./quote-source.ts";

/** The repository as a part of a prompt: commands as trusted configuration, everything that stands in files as fenced data. */
export function describeRepository(facts: RepositoryFacts, quoter: SourceQuoter): string {
  const tree = facts.omitted > 0 ? [...facts.tree, `[${facts.omitted} more files]`] : facts.tree;
  const parts = [
    `Commit ${facts.commit}.`,
    describeCommands(facts),
    quoter.quote("file tree", tree.join("\n")),
    ...(facts.conventions.length > 0
      ? [quoter.quote("conventions found by a program", facts.conventions.join("\n"))]
      : []),
    ...(facts.readme ? [quoter.quote(facts.readme.path, facts.readme.text)] : []),
    ...facts.manifests.map(({ path, text }) => quoter.quote(path, text)),
    ...facts.excerpts.map(({ path, text, truncated }) => {
      const fenced = quoter.quote(path, text, { numbered: true });
      return truncated ? `${fenced}\n(only the beginning of \`${path}\`)` : fenced;
    }),
  ];
  return parts.join("\n\n");
}

function describeCommands(facts: RepositoryFacts): string {
  const names = Object.entries(facts.commands);
  if (names.length === 0)
    return "No commands are configured or detected: no criterion can name one under `verify`.";
  return [
    "Commands that the harness can run; `verify` may name these and no others:",
    ...names.map(([name, command]) => `- ${name}: ${JSON.stringify(command)}`),
  ].join("\n");
}
