import type { Excerpt, RepositoryFacts } from "../codebase/repository-facts.ts";
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
    ...facts.excerpts.map((excerpt) => quoteExcerpt(excerpt, quoter)),
  ];
  return parts.join("\n\n");
}

/** With the numbers that its lines have in the whole file, so that they can be cited. */
export function quoteExcerpt(excerpt: Excerpt, quoter: SourceQuoter): string {
  const { path, startLine, endLine, lines, text } = excerpt;
  const fenced = quoter.quote(path, text, { numbered: true, from: startLine });
  const isWhole = startLine === 1 && endLine >= lines;
  return isWhole ? fenced : `${fenced}\n(lines ${startLine} to ${endLine} of ${lines})`;
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
