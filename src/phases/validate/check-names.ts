import { findSymbol } from "../../codebase/find-symbol.ts";
import { documentNames } from "../../documents/name-document.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { BaseFiles } from "./base-files.ts";
import { pathsToCome } from "./check-files.ts";
import { type Finding, firstLine } from "./claim.ts";

const mostNames = 80;

/**
 * Whether the names in code spans of the texts are declared, and their paths there. A name that the documents themselves introduce is
 * not a claim; one that nothing declares is unproven, because prose may speak of what is to come.
 */
export async function checkNames(
  design: Design,
  specs: readonly BuildSpec[],
  base: BaseFiles,
): Promise<Finding[]> {
  const introduced = introducedText(design, specs);
  const coming = pathsToCome(specs);
  const seen = new Set<string>();
  const claims: Finding[] = [];
  for (const { source, text } of listTexts(design, specs)) {
    for (const name of codeSpans(text)) {
      if (seen.has(name) || seen.size >= mostNames) continue;
      seen.add(name);
      const claim = isPath(name, base)
        ? await checkPath(name, source, coming, base)
        : await checkSymbol(name, source, introduced, base);
      if (claim !== null) claims.push(claim);
    }
  }
  return claims;
}

type Text = { source: string; text: string };

/** Prose of the documents; lists that have checks of their own are left out. */
function listTexts(design: Design, specs: readonly BuildSpec[]): Text[] {
  const { interfaces: _new, components, ...prose } = design;
  const said = { ...prose, responsibilities: components.map((one) => one.responsibility) };
  const texts: Text[] = stringsIn(said).map((text) => ({ source: documentNames.design, text }));
  for (const spec of specs) {
    const { context, files, dependencies: _others, ...rest } = spec;
    const own = {
      ...rest,
      patterns: context.map((one) => one.pattern),
      purposes: files.map((one) => one.purpose),
    };
    const source = documentNames.spec(spec.id);
    texts.push(...stringsIn(own).map((text) => ({ source, text })));
  }
  return texts;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** Code spans of one line; fenced blocks are examples and are skipped. */
function codeSpans(text: string): string[] {
  const plain = text.replace(/^ {0,3}(```|~~~)[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm, "");
  return [...plain.matchAll(/(?<!`)`([^`\n]{2,120})`(?!`)/g)].map((match) =>
    (match[1] ?? "").trim(),
  );
}

const place = /^([^\s:]+?)(?::(\d+)(?:-\d+)?)?$/;

/** With a folder and an ending, or below a folder that is there. */
function isPath(name: string, base: BaseFiles): boolean {
  const path = place.exec(name)?.[1] ?? "";
  if (base.hasFile(path) && (path.includes("/") || path.includes("."))) return true;
  if (!/^[\w.@-]+(?:\/[\w.@-]+)+$/.test(path)) return false;
  return base.hasFolder(path.split("/")[0] ?? "");
}

async function checkPath(
  name: string,
  source: string,
  coming: ReadonlySet<string>,
  base: BaseFiles,
): Promise<Finding | null> {
  const [, path = "", line] = place.exec(name) ?? [];
  if (coming.has(path)) return null;
  const claim = { kind: "file-exists", text: `\`${name}\` is there`, source } as const;
  const text = await base.text(path);
  const lines = text?.split("\n").length ?? 0;
  if (text !== null && line !== undefined && Number(line) > lines)
    return { ...claim, verdict: "false", evidence: null, note: `the file has ${lines} lines` };
  if (base.hasFile(path) || base.hasFolder(path))
    return { ...claim, verdict: "true", evidence: firstLine(path, text), note: "" };
  return {
    ...claim,
    verdict: "unproven",
    evidence: null,
    note: "there is no such path at the base",
  };
}

const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\p{N}_$]*)*(?:\(\))?$/u;
/** A plain lower-case word may be a value, an option or a command; only what looks like a name is one. */
const looksNamed = /[\p{Ll}\p{N}]\p{Lu}|^\p{Lu}\p{Ll}|_|\(\)$|::|#/u;

async function checkSymbol(
  name: string,
  source: string,
  introduced: string,
  base: BaseFiles,
): Promise<Finding | null> {
  if (!identifier.test(name) || !looksNamed.test(name)) return null;
  const found = await findSymbol(base.snapshot, name);
  const claim = { kind: "symbol", text: `\`${name}\` is declared`, source } as const;
  if (found !== null) {
    const { path, line, text } = found;
    const evidence = { path, startLine: line, endLine: line, quote: text };
    return { ...claim, verdict: "true", evidence, note: "" };
  }
  if (introduced.includes(name.replace(/\(\)$/, ""))) return null;
  return {
    ...claim,
    verdict: "unproven",
    evidence: null,
    note: "no declaration of that name was found",
  };
}

/** Where the documents say what is new: interfaces, what edits put in, files to come, dependencies. */
function introducedText(design: Design, specs: readonly BuildSpec[]): string {
  return [
    ...design.interfaces.flatMap(({ name, signature }) => [name, signature]),
    ...specs.flatMap((spec) => [
      ...spec.files.flatMap((file) => file.edits.map((edit) => edit.after)),
      ...spec.dependencies.map((one) => one.name),
      ...spec.tests.map((one) => one.id),
    ]),
    ...pathsToCome(specs),
  ].join("\n");
}
