import type { Codebase, CodeSymbol } from "../codebase.ts";
import type { BaseClass } from "../found.ts";
import { order } from "./count-by.ts";
import { resolveType } from "./resolve-type.ts";

type Extension = { base: CodeSymbol; subclass: CodeSymbol };

/**
 * Classes and interfaces of this repository that others of it extend or implement, those with most subclasses first; ties in the order
 * of paths and lines. What is declared elsewhere is no base of ours, whatever its name. Members: abstract ones first, then those that
 * subclasses give anew (most often first), then the rest.
 */
export function findBaseClasses(codebase: Codebase): BaseClass[] {
  const bases = new Map<string, { base: CodeSymbol; subclasses: CodeSymbol[] }>();
  for (const { base, subclass } of findExtensions(codebase)) {
    const key = `${base.path}\n${base.line}\n${base.name}`;
    const known = bases.get(key) ?? { base, subclasses: [] };
    if (!known.subclasses.includes(subclass)) known.subclasses.push(subclass);
    bases.set(key, known);
  }
  return [...bases.values()]
    .map(({ base, subclasses }) => describe(codebase, base, subclasses))
    .sort(
      (left, right) =>
        right.subclasses.length - left.subclasses.length ||
        order(left.path, right.path) ||
        left.line - right.line,
    );
}

function findExtensions(codebase: Codebase): Extension[] {
  return codebase.files.flatMap((file) => {
    if (file.role !== "source" && file.role !== "test") return [];
    return file.symbols.flatMap((subclass) =>
      subclass.bases.flatMap((name): Extension[] => {
        const base = resolveType(codebase, name, file.path);
        return base === null || isSame(base, subclass) ? [] : [{ base, subclass }];
      }),
    );
  });
}

const isSame = (left: CodeSymbol, right: CodeSymbol): boolean =>
  left.path === right.path && left.line === right.line && left.name === right.name;

function describe(
  codebase: Codebase,
  base: CodeSymbol,
  subclasses: readonly CodeSymbol[],
): BaseClass {
  const given = new Map<string, number>();
  for (const subclass of subclasses) {
    for (const { name } of membersOf(codebase, subclass)) {
      given.set(name, (given.get(name) ?? 0) + 1);
    }
  }
  const members = membersOf(codebase, base).sort(
    (left, right) =>
      Number(isAbstract(right)) - Number(isAbstract(left)) ||
      (given.get(right.name) ?? 0) - (given.get(left.name) ?? 0) ||
      left.line - right.line,
  );
  return {
    name: base.name,
    path: base.path,
    line: base.line,
    signature: base.signature,
    members: [...new Set(members.map(({ name }) => name))],
    subclasses: subclasses.map(({ name, path, line }) => ({ name, path, line })),
  };
}

const constructors = /^(?:constructor|__init__|__construct|initialize|new)$/;

function membersOf(codebase: Codebase, owner: CodeSymbol): CodeSymbol[] {
  const symbols = codebase.file(owner.path)?.symbols ?? [];
  return symbols.filter(
    ({ owner: name, line, endLine, ...member }) =>
      name === owner.name &&
      line >= owner.line &&
      endLine <= owner.endLine &&
      member.name !== owner.name &&
      !constructors.test(member.name),
  );
}

/** Whether its own words say that a subclass must give it. */
const isAbstract = ({ signature }: CodeSymbol): boolean =>
  /(?:^|\s)abstract(?:method)?\b|\babstractmethod\b|(?:^|\s)virtual\b.*=\s*0$/.test(signature);
